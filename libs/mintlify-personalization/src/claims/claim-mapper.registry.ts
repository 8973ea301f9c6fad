import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ContextIdFactory, DiscoveryService, ModuleRef } from '@nestjs/core';
import { MintlifyPersonalizationError } from '../errors.js';
import { RESOLVED_HANDSHAKES, type ResolvedHandshakes } from '../options/handshakes.js';
import type { ClaimMapper } from '../ports/claim-mapper.js';
import { CLAIM_MAPPER, CLAIM_MAPPER_FOR } from './claim-mapper-for.decorator.js';

type ProviderWrapper = ReturnType<DiscoveryService['getProviders']>[number];

/** How to get at the claim mapper for a request: at once where it is a singleton. */
type MapperLookup = (request: unknown) => ClaimMapper | Promise<ClaimMapper>;

const MEND =
  'Mark one provider with @ClaimMapperFor(), or pass one class as claimMapper, and provide it in one module only.';

/**
 * Finds the claim mapper among the host app's providers, once, at start.
 *
 * @internal
 */
@Injectable()
export class ClaimMapperRegistry implements OnModuleInit {
  #lookup: MapperLookup | undefined;

  constructor(
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
    @Inject(RESOLVED_HANDSHAKES) private readonly handshakes: ResolvedHandshakes,
  ) {}

  /** @throws MintlifyPersonalizationError `claim_mapper_missing` or `claim_mapper_conflict` */
  onModuleInit(): void {
    const [mapper, ...others] = this.discovery
      .getProviders()
      .filter((wrapper) => this.#isDefaultMapper(wrapper));
    if (others.length > 0) {
      const names = [mapper, ...others].map((wrapper) => describe(wrapper as ProviderWrapper)).join(', ');
      throw new MintlifyPersonalizationError(
        'claim_mapper_conflict',
        `There is more than one default claim mapper: ${names}. ${MEND}`,
      );
    }
    if (mapper !== undefined) this.#lookup = createLookup(mapper);
    else if (this.handshakes.jwt !== false) throw missing();
  }

  /**
   * The claim mapper for a request: the singleton, or the instance of the request's own scope.
   *
   * @throws MintlifyPersonalizationError `claim_mapper_missing`
   */
  resolve(request: unknown): ClaimMapper | Promise<ClaimMapper> {
    if (this.#lookup === undefined) throw missing();
    return this.#lookup(request);
  }

  #isDefaultMapper(wrapper: ProviderWrapper): boolean {
    // An alias of a marked provider is that same provider, which is found on its own.
    if (wrapper.isAlias && wrapper.inject?.some(isMarked)) return false;
    if (wrapper.token === CLAIM_MAPPER) return this.#isNotOfAnotherInstance(wrapper);
    // The token too: an overridden provider keeps its token and loses its class.
    return !wrapper.isAlias && [wrapper.metatype, wrapper.token].some(isMarked);
  }

  /** Another import of this library's module, with a docs site of its own, has its own `CLAIM_MAPPER`. */
  #isNotOfAnotherInstance({ host }: ProviderWrapper): boolean {
    const registry = host?.getProviderByKey(ClaimMapperRegistry) as ProviderWrapper | undefined;
    return registry === undefined || registry.instance === this;
  }
}

function isMarked(target: unknown): boolean {
  return typeof target === 'function' && Reflect.hasOwnMetadata(CLAIM_MAPPER_FOR, target);
}

function createLookup(wrapper: ProviderWrapper): MapperLookup {
  if (wrapper.isDependencyTreeStatic() && !wrapper.isTransient) {
    const mapper = assertMapper(wrapper.instance, wrapper);
    return () => mapper;
  }
  // The module that holds the mapper resolves it: another module may know the same token for another thing.
  const moduleRef = wrapper.host?.getProviderByKey<ModuleRef>(ModuleRef).instance as ModuleRef;
  return async (request) => {
    const contextId = ContextIdFactory.getByRequest(Object(request) as Record<string, unknown>);
    moduleRef.registerRequestByContextId(request, contextId);
    return assertMapper(await moduleRef.resolve<unknown>(wrapper.token as symbol, contextId), wrapper);
  };
}

function assertMapper(instance: unknown, wrapper: ProviderWrapper): ClaimMapper {
  if (typeof (instance as Partial<ClaimMapper> | undefined)?.map === 'function')
    return instance as ClaimMapper;
  throw new MintlifyPersonalizationError(
    'claim_mapper_missing',
    `${describe(wrapper)} is marked as a claim mapper and has no map() method. Implement ClaimMapper.`,
  );
}

function missing(): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError(
    'claim_mapper_missing',
    `There is no default claim mapper. ${MEND}`,
  );
}

function describe({ name, host }: ProviderWrapper): string {
  return `${String(name)} in ${host?.name ?? 'an unknown module'}`;
}
