import type { ModuleRef } from '@nestjs/core';
import { MintlifyPersonalizationError } from '../errors.js';

/**
 * The token of the {@link TenantResolver}. The option `tenantResolver` provides it; tests override it.
 *
 * @example
 * ```ts
 * Test.createTestingModule({ imports: [AppModule] })
 *   .overrideProvider(TENANT_RESOLVER)
 *   .useValue({ resolve: () => 'acme' });
 * ```
 */
export const TENANT_RESOLVER = Symbol('TENANT_RESOLVER');

/** The token of the {@link TenantSource}. The option `tenantSource` provides it; tests override it. */
export const TENANT_SOURCE = Symbol('TENANT_SOURCE');

/**
 * Gets what the host app provides for a port. Not by injection: that of a request-scoped port would make the
 * registry, its cache with it, a new one for each request.
 *
 * @internal
 * @returns `undefined` where the option is not set
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function getTenantPort<T extends object>(
  moduleRef: ModuleRef,
  { token, option, method }: { token: symbol; option: string; method: keyof T & string },
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
