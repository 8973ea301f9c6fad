/**
 * Injection token of the {@link TenantResolver}. The option `tenantResolver` provides it; override it in tests.
 *
 * @example
 * ```ts
 * Test.createTestingModule({ imports: [AppModule] })
 *   .overrideProvider(TENANT_RESOLVER)
 *   .useValue({ resolve: () => 'acme' });
 * ```
 */
export const TENANT_RESOLVER = Symbol('TENANT_RESOLVER');

/** Injection token of the {@link TenantSource}. The option `tenantSource` provides it; override it in tests. */
export const TENANT_SOURCE = Symbol('TENANT_SOURCE');
