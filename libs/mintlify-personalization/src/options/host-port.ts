import type { ModuleRef } from '@nestjs/core';
import { MintlifyPersonalizationError } from '../errors.js';

/** @internal A port of this library that the host app implements. */
export interface HostPort<T extends object> {
  readonly token: symbol;
  /** The option that sets it. */
  readonly option: string;
  /** What it must be able to do. */
  readonly method: keyof T & string;
}

/**
 * Gets what the host app provides for a port. Not by injection: that of a request-scoped port would make its user, and
 * all that this keeps, a new one for each request.
 *
 * @internal
 * @returns `undefined` where the option is not set
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function getHostPort<T extends object>(
  moduleRef: ModuleRef,
  { token, option, method }: HostPort<T>,
): T | undefined {
  let port: Partial<T> | null | undefined;
  try {
    port = moduleRef.get<Partial<T> | null>(token, { strict: true });
  } catch (cause) {
    throw new MintlifyPersonalizationError(
      'invalid_option',
      `${option} is request-scoped or transient, or injects what is. It serves all requests: make it a singleton, ` +
        'and read what belongs to a request from the parameters.',
      { cause },
    );
  }
  if (port === null || port === undefined) return undefined;
  if (typeof port[method] === 'function') return port as T;
  throw new MintlifyPersonalizationError(
    'invalid_option',
    `${option} has no ${method}() method. Implement the interface of that name.`,
  );
}
