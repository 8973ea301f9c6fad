import { ContextIdFactory, ModuleRef, type DiscoveryService } from '@nestjs/core';

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
