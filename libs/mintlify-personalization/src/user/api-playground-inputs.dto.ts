import type { ApiPlaygroundInputs } from '../ports/mintlify-user.js';
import { refuseHeaderBreaks } from './text-rules.js';
import { HoldsStringsOnly, IfPresent, IsJsonObject } from './user-decorators.js';

/**
 * The `apiPlaygroundInputs` of a user, as a class for class-validator.
 *
 * The docs prefill their API playground with these values. `header`, `query` and `cookie` only fill fields of the
 * operation's OpenAPI security scheme (`spec/handshakes.md`, section 1). The visitor's browser can read all of them.
 *
 * @example
 * ```ts
 * const inputs: ApiPlaygroundInputsDto = { header: { 'X-Api-Version': '2026-11' }, server: { region: 'eu' } };
 * ```
 */
export class ApiPlaygroundInputsDto implements ApiPlaygroundInputs {
  /** Request headers by name. Names and strings must not contain CR, LF or NUL (RFC 9110, section 5.5). */
  @IfPresent()
  @IsJsonObject(refuseHeaderBreaks)
  header?: Record<string, unknown>;

  /** Query parameters by name. */
  @IfPresent()
  @IsJsonObject()
  query?: Record<string, unknown>;

  /** Cookies by name. Names and strings must not contain CR, LF or NUL (RFC 6265, section 4.2.1). */
  @IfPresent()
  @IsJsonObject(refuseHeaderBreaks)
  cookie?: Record<string, unknown>;

  /** Path parameters by name. */
  @IfPresent()
  @IsJsonObject()
  path?: Record<string, unknown>;

  /** OpenAPI server variables by name: only strings. */
  @IfPresent()
  @IsJsonObject()
  @HoldsStringsOnly()
  server?: Record<string, string>;
}
