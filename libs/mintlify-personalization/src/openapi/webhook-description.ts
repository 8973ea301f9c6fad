import { COMMON_CODES, errorResponses } from './error-description.js';
import { describeController, describeRoute, type ControllerWith } from './swagger-metadata.js';

/**
 * Describes the route of a signed webhook. All of them share one description: they are for servers of the sender, which
 * know what they send.
 *
 * @internal
 * @returns the controller
 */
export function describeWebhook<T extends ControllerWith<'receive'>>(controller: T): T {
  describeController(controller, ['docs']);
  describeRoute(controller, 'receive', {
    summary: 'Answer a signed webhook',
    description:
      'For the servers of the docs platform alone, which sign each body. Sends what they ask for about a visitor.',
    body: { description: 'As the platform sends it.', required: true, schema: { type: 'object' } },
    responses: {
      200: {
        description: 'The user, as the claim mapper gave it.',
        content: { 'application/json': { schema: { type: 'object' } } },
      },
      204: { description: 'There is no such visitor.' },
      413: { description: 'The body is too large.' },
      415: { description: 'The body is not `application/json`, or is compressed.' },
      ...errorResponses([...COMMON_CODES, 'invalid_signature', 'webhook_timeout']),
      400: { description: 'The body is not what the platform sends: the message says why.' },
      401: { description: 'The signature is missing, too old or wrong.' },
    },
  });
  return controller;
}
