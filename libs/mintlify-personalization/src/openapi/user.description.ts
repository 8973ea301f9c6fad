import type * as Swagger from '@nestjs/swagger';
import { DEFAULT_USER_LIMITS } from '../options/resolved-options.js';
import { ApiPlaygroundInputsDto } from '../user/api-playground-inputs.dto.js';
import { MintlifyUserDto } from '../user/mintlify-user.dto.js';
import { decorateFields } from './decorate.js';

/** @internal The schemas of the DTOs, with the default limits. */
export function describeUser({ ApiPropertyOptional }: typeof Swagger): void {
  const { maxGroups, maxGroupLength, maxContentKeys } = DEFAULT_USER_LIMITS;
  decorateFields(MintlifyUserDto.prototype, {
    expiresAt: ApiPropertyOptional({
      type: 'integer',
      format: 'int64',
      description: 'How long the docs keep the data: seconds since the epoch.',
      example: 1_893_456_000,
    }),
    groups: ApiPropertyOptional({
      type: 'array',
      items: { type: 'string', minLength: 1, maxLength: maxGroupLength },
      maxItems: maxGroups,
      description: "Matched against `groups` in the pages' front matter.",
      example: ['admin'],
    }),
    content: ApiPropertyOptional({
      type: 'object',
      additionalProperties: true,
      maxProperties: maxContentKeys,
      description: 'The `user` variable in the pages. Every script on the docs can read it.',
      example: { firstName: 'Ada', plan: 'team' },
    }),
    apiPlaygroundInputs: ApiPropertyOptional({
      type: () => ApiPlaygroundInputsDto,
      description: "Prefills the API playground. The visitor's browser can read it.",
    }),
  });

  const record = (description: string, example: Record<string, string>): PropertyDecorator =>
    ApiPropertyOptional({ type: 'object', additionalProperties: true, description, example });
  decorateFields(ApiPlaygroundInputsDto.prototype, {
    header: record('Request headers by name.', { 'X-Api-Version': '2026-11' }),
    query: record('Query parameters by name.', { locale: 'en' }),
    cookie: record('Cookies by name.', { region: 'eu' }),
    path: record('Path parameters by name.', { organisation: 'acme' }),
    server: ApiPropertyOptional({
      type: 'object',
      additionalProperties: { type: 'string' },
      description: 'OpenAPI server variables by name.',
      example: { region: 'eu' },
    }),
  });
}
