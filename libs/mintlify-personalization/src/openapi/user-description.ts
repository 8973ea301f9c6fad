import { DEFAULT_USER_LIMITS } from '../options/app-options.js';
import { ApiPlaygroundInputsDto } from '../user/api-playground-inputs.dto.js';
import { MintlifyUserDto } from '../user/mintlify-user.dto.js';
import { describeProperties, type Property } from './swagger-metadata.js';

/**
 * Describes the DTOs of the User format (`spec/handshakes.md`, section 1), with the default limits.
 *
 * @internal
 */
export function describeUser(): void {
  const { maxGroups, maxGroupLength, maxContentKeys } = DEFAULT_USER_LIMITS;
  describeProperties(MintlifyUserDto, {
    expiresAt: {
      type: 'integer',
      format: 'int64',
      description: 'How long the docs keep the data: seconds since the epoch.',
      example: 1_893_456_000,
    },
    groups: {
      type: 'array',
      items: { type: 'string', minLength: 1, maxLength: maxGroupLength },
      maxItems: maxGroups,
      description: "Matched against `groups` in the pages' front matter.",
      example: ['admin'],
    },
    content: {
      type: 'object',
      additionalProperties: true,
      maxProperties: maxContentKeys,
      description: 'The `user` variable in the pages. Every script on the docs can read it.',
      example: { firstName: 'Ada', plan: 'team' },
    },
    apiPlaygroundInputs: {
      type: () => ApiPlaygroundInputsDto,
      description: "Prefills the API playground. The visitor's browser can read it.",
    },
  });
  describeProperties(ApiPlaygroundInputsDto, {
    header: record('Request headers by name.', { 'X-Api-Version': '2026-11' }),
    query: record('Query parameters by name.', { locale: 'en' }),
    cookie: record('Cookies by name.', { region: 'eu' }),
    path: record('Path parameters by name.', { organization: 'acme' }),
    server: {
      type: 'object',
      additionalProperties: { type: 'string' },
      description: 'OpenAPI server variables by name.',
      example: { region: 'eu' },
    },
  });
}

function record(description: string, example: Record<string, string>): Property {
  return { type: 'object', additionalProperties: true, description, example };
}
