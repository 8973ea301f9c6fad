import type { ModuleRef } from '@nestjs/core';
import { MintlifyPersonalizationError } from '../errors.js';
import { invalidOptionError } from './invalid-option-error.js';
import { readOption } from './option-reader.js';

/** @internal A provider of the host app that implements one of the interfaces in `ports/`. */
export interface HostProvider<T extends object> {
  readonly token: symbol;
  /** The option that sets it. */
  readonly option: string;
  /** The method that it must have. */
  readonly method: keyof T & string;
}

/**
 * Finds a provider of the host app. Not by injection: a request-scoped provider would make the services that inject it
 * request-scoped too, and their caches with them.
 *
 * @internal
 * @returns `undefined` if the option is not set
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
      `${option} is request-scoped or transient, or injects a provider that is. Make it a singleton, ` +
        'and read what belongs to a request from the parameters.',
      { cause },
    );
  }
  if (provider === null || provider === undefined) return undefined;
  if (readOption(option, () => typeof provider[method]) === 'function') return provider as T;
  throw invalidOptionError(option, `has no ${method}() method`, 'Implement the interface of that name.');
}
