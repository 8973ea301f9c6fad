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
