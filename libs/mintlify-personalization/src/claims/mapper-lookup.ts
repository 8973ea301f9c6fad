import { ContextIdFactory, ModuleRef, type DiscoveryService } from '@nestjs/core';
import { MintlifyPersonalizationError } from '../errors.js';
import type { ClaimMapper } from '../ports/claim-mapper.js';

/** @internal What Nest knows about a provider. */
export type ProviderWrapper = ReturnType<DiscoveryService['getProviders']>[number];

/** @internal Returns the claim mapper for a request; synchronous if it is a singleton. */
export type MapperLookup = (request: unknown) => ClaimMapper | Promise<ClaimMapper>;

/**
 * Creates the lookup of a claim mapper: the singleton, or the instance in the scope of the request.
 *
 * @internal
 * @throws MintlifyPersonalizationError `claim_mapper_missing` for a provider without `map()`
 */
export function createMapperLookup(wrapper: ProviderWrapper): MapperLookup {
  if (wrapper.isDependencyTreeStatic() && !wrapper.isTransient) {
    const mapper = assertMapper(wrapper.instance, wrapper);
    return () => mapper;
  }
  // Resolved by the module of the mapper: in another module, the same token may be another provider.
  const moduleRef = wrapper.host?.getProviderByKey<ModuleRef>(ModuleRef).instance as ModuleRef;
  return async (request) => {
    const contextId = ContextIdFactory.getByRequest(Object(request) as Record<string, unknown>);
    moduleRef.registerRequestByContextId(request, contextId);
    return assertMapper(await moduleRef.resolve<unknown>(wrapper.token as symbol, contextId), wrapper);
  };
}

/** @internal The name and the module of a provider, for messages. */
export function describeProvider({ name, host }: ProviderWrapper): string {
  return `${String(name)} in ${host?.name ?? 'an unknown module'}`;
}

function assertMapper(instance: unknown, wrapper: ProviderWrapper): ClaimMapper {
  if (typeof (instance as Partial<ClaimMapper> | undefined)?.map === 'function')
    return instance as ClaimMapper;
  throw new MintlifyPersonalizationError(
    'claim_mapper_missing',
    `${describeProvider(wrapper)} is marked as a claim mapper, but has no map() method. Implement ClaimMapper.`,
  );
}
