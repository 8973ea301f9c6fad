import { invalidOptionError } from './invalid-option-error.js';
import type { OptionRule } from './option-table.js';

/** @internal Reads the principal from a request that the guards have let pass. */
export type ReadPrincipal = (request: unknown) => unknown;

/** @internal The default: what a guard put on `request.user`. */
export function readUser(request: unknown): unknown {
  return (request as { readonly user?: unknown }).user;
}

/**
 * The function that reads the principal. It must not be `async`: a promise would be taken for a principal.
 *
 * @internal
 */
export const PRINCIPAL_OPTION: OptionRule<ReadPrincipal, unknown> = Object.freeze({
  defaultValue: readUser,
  check: (option: string, value: unknown): ReadPrincipal => {
    if (typeof value !== 'function') {
      throw invalidOptionError(
        option,
        'must be a function of the request, for example (request) => request.session.user',
        'Leave it out for request.user.',
      );
    }
    if (!isAsync(value)) return value as ReadPrincipal;
    throw invalidOptionError(
      option,
      'is async',
      'Load the account in a guard, and return it from where the guard put it.',
    );
  },
});

/** @internal Whether a function is `async`. */
export function isAsync(value: object): boolean {
  return Object.prototype.toString.call(value) === '[object AsyncFunction]';
}
