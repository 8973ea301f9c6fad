import { DOCS_URL, LOGIN_CODES, QUERY, URL_OF_DOCS } from './docs-login-description.js';
import { errorResponses, stringHeader } from './error-description.js';
import { describeController, describeRoute, type ControllerWith, type JsonBody } from './swagger-metadata.js';

const BODY: JsonBody = {
  description: 'Whose docs to show, and why. A form sends the same fields.',
  required: true,
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['subject', 'reason'],
    properties: {
      subject: {
        type: 'string',
        minLength: 1,
        maxLength: 256,
        description: 'The id of the account.',
        example: 'account-1',
      },
      reason: {
        type: 'string',
        minLength: 1,
        maxLength: 500,
        description: 'Why, in one line. It stands in the audit event.',
        example: 'Ticket 7: billing page is missing',
      },
      ...Object.fromEntries(QUERY.map(({ name, description, schema }) => [name, { ...schema, description }])),
    },
  },
};

/**
 * Describes the route that shows the docs as another person.
 *
 * @internal
 * @returns the controller
 */
export function describeViewAs<T extends ControllerWith<'viewAs'>>(controller: T): T {
  describeController(controller, ['docs']);
  describeRoute(controller, 'viewAs', {
    summary: 'View the docs as another person',
    description:
      'Sends the URL of the docs as that person sees them, for 15 minutes at most, without what fills in the API ' +
      'playground. For pages of the configured origins only. A form is redirected there.',
    body: BODY,
    responses: {
      200: URL_OF_DOCS,
      303: {
        description: 'Redirects a form to the docs. The body is empty.',
        headers: { Location: stringHeader('The docs page, with the token in its fragment.', DOCS_URL) },
      },
      413: { description: 'The body is too large.' },
      415: { description: 'The body is neither `application/json` nor a form.' },
      ...errorResponses([
        ...LOGIN_CODES,
        'origin_not_allowed',
        'view_as_denied',
        'view_as_policy_failed',
        'view_as_policy_timeout',
      ]),
      400: { description: 'The body is wrong: the message names the field.' },
    },
  });
  return controller;
}
