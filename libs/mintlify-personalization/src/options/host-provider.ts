import type { ModuleRef } from '@nestjs/core';
import { MintlifyPersonalizationError } from '../errors.js';
import { invalidOptionError } from './invalid-option-error.js';
import { readOption } from './option-reader.js';

/** @internal What the host app provides: its implementation of one of the ports of this library. */
export interface HostProvider<T extends object> {
  readonly token: symbol;
  /** The option that sets it. */
  readonly option: string;
  /** What it must be able to do. */
  readonly method: keyof T & string;
}

/**
 * Finds what the host app provides for a port. Not by injection: a request-scoped provider would make its user, and all
 * that the user keeps, a new one for each request.
 *
 * @internal
 * @returns `undefined` where the option is not set
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function resolveHostProvider<T extends object>(
  moduleRef: ModuleRef,
  { token, option, method }: HostProvider<T>,
): T | undefined {
  let provider: Partial<T> | null | undefined;
  try {
    provider = moduleRef.get<Partial<T> | null>(token, { strict: true });
  } catch (cause) {
    throw new MintlifyPersonalizationError(
      'invalid_option',
      `${option} is request-scoped or transient, or injects what is. It serves all requests: make it a singleton, ` +
        'and read what belongs to a request from the parameters.',
      { cause },
    );
  }
  if (provider === null || provider === undefined) return undefined;
  if (readOption(option, () => typeof provider[method]) === 'function') return provider as T;
  throw invalidOptionError(option, `has no ${method}() method`, 'Implement the interface of that name.');
}
