import { ContextIdFactory, ModuleRef, type DiscoveryService } from '@nestjs/core';
import { assertTenantId } from '../options/tenant-id.js';
import { DEFAULT_TENANT, type TenantMark } from './claim-mapper-for.decorator.js';

/** @internal What Nest knows about a provider. */
export type ProviderWrapper = ReturnType<DiscoveryService['getProviders']>[number];

/** @internal Returns a provider of the host app for a request; synchronous if it is a singleton. */
export type ProviderLookup<T> = (request: unknown) => T | Promise<T>;

/**
 * Creates the lookup of a provider: the singleton, or the instance in the scope of the request.
 *
 * @internal
 * @param assert throws for an instance that lacks what the decorator promises; called at once for a singleton
 */
export function createProviderLookup<T>(
  wrapper: ProviderWrapper,
  assert: (instance: unknown, wrapper: ProviderWrapper) => T,
): ProviderLookup<T> {
  if (wrapper.isDependencyTreeStatic() && !wrapper.isTransient) {
    const provider = assert(wrapper.instance, wrapper);
    return () => provider;
  }
  // Resolved by the module of the provider: in another module, the same token may be another provider.
  const moduleRef = wrapper.host?.getProviderByKey<ModuleRef>(ModuleRef).instance as ModuleRef;
  return async (request) => {
    const contextId = ContextIdFactory.getByRequest(Object(request) as Record<string, unknown>);
    moduleRef.registerRequestByContextId(request, contextId);
    return assert(await moduleRef.resolve<unknown>(wrapper.token as symbol, contextId), wrapper);
  };
}

/** @internal The name and the module of a provider, for messages. */
export function describeProvider({ name, host }: ProviderWrapper): string {
  return `${String(name)} in ${host?.name ?? 'an unknown module'}`;
}

/** @internal Reads the marks that a decorator has put on a class; `undefined` if there are none. */
export type ReadMarks = (target: unknown) => readonly TenantMark[] | undefined;

/**
 * The tenants that a decorator on a provider names; `undefined` is the default. Empty for most providers.
 *
 * @internal
 * @param decorator for messages: `@ClaimMapperFor()`
 * @throws MintlifyPersonalizationError `invalid_option` for a wrong tenant id
 */
export function tenantsOf(
  wrapper: ProviderWrapper,
  decorator: string,
  readMarks: ReadMarks,
): readonly (string | undefined)[] {
  if (isAliasOfMarked(wrapper, readMarks)) return [];
  // The token, too: an overridden provider keeps its token, but not its class.
  const marks = readMarks(wrapper.metatype) ?? readMarks(wrapper.token) ?? [];
  return marks.map((mark) => {
    if (mark === DEFAULT_TENANT) return undefined;
    assertTenantId(`${decorator} on ${describeProvider(wrapper)}`, mark);
    return mark;
  });
}

/** @internal An alias of a marked provider: the provider itself is found separately. */
export function isAliasOfMarked({ isAlias, inject }: ProviderWrapper, readMarks: ReadMarks): boolean {
  return isAlias && (inject ?? []).some((token) => readMarks(token) !== undefined);
}

/**
 * Finds the one provider of each tenant; `undefined` is the default.
 *
 * @internal
 * @param conflict the error if a tenant has more than one
 */
export function findByTenant(
  wrappers: Iterable<ProviderWrapper>,
  tenantsOfProvider: (wrapper: ProviderWrapper) => readonly (string | undefined)[],
  conflict: (tenantId: string | undefined, names: string) => Error,
): ReadonlyMap<string | undefined, ProviderWrapper> {
  const found = new Map<string | undefined, ProviderWrapper>();
  for (const wrapper of wrappers) {
    for (const tenantId of tenantsOfProvider(wrapper)) {
      const other = found.get(tenantId);
      if (other !== undefined && other !== wrapper) {
        throw conflict(tenantId, [other, wrapper].map(describeProvider).join(', '));
      }
      found.set(tenantId, wrapper);
    }
  }
  return found;
}
