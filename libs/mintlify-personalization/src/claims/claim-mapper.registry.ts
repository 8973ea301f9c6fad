import { Inject, Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { MintlifyPersonalizationError } from '../errors.js';
import type { ClaimMapper } from '../ports/claim-mapper.js';
import { DEFAULT_TENANT, CLAIM_MAPPER, readMarks, readVisitorSchema } from './claim-mapper-for.decorator.js';
import {
  createProviderLookup,
  describeProvider,
  findByTenant,
  isAliasOfMarked,
  tenantsOf,
  type ProviderLookup,
  type ProviderWrapper,
} from './provider-lookup.js';
import type { VisitorSchema } from './visitor-schema.js';

/** @internal Returns the claim mapper for a request; synchronous if it is a singleton. */
export type MapperLookup = ProviderLookup<ClaimMapper>;

const DEFAULT_FIX =
  'Mark one provider with @ClaimMapperFor(), or set the option claimMapper, and provide it in one module only.';

/**
 * Finds the claim mappers among the host app's providers, once at start.
 *
 * @internal
 */
@Injectable()
export class ClaimMapperRegistry {
  /** By tenant id; `undefined` is the default claim mapper. */
  readonly #lookups = new Map<string | undefined, MapperLookup>();
  /** Of the claim mappers that declare one. */
  readonly #schemas = new Map<string | undefined, VisitorSchema>();
  #isScanned = false;

  constructor(@Inject(DiscoveryService) private readonly discovery: DiscoveryService) {}

  /**
   * Looks through all providers. Call it after they are instantiated.
   *
   * @throws MintlifyPersonalizationError `claim_mapper_conflict`, `claim_mapper_missing` for one without `map()`,
   * `invalid_option` for an invalid tenant id or visitor schema
   */
  scan(): void {
    const found = findByTenant(
      this.discovery.getProviders(),
      (wrapper) => this.#tenantsOf(wrapper),
      conflict,
    );
    for (const [tenantId, wrapper] of found) {
      this.#lookups.set(tenantId, createProviderLookup(wrapper, assertMapper));
      const schema = schemaOf(wrapper, tenantId);
      if (schema !== undefined) this.#schemas.set(tenantId, schema);
    }
    this.#isScanned = true;
  }

  /** What the claim mappers may give, where they declare it. Empty before the scan. */
  get schemas(): Iterable<VisitorSchema> {
    return this.#schemas.values();
  }

  /** What a tenant's claim mapper may give: its own mapper, or the default one. `undefined` if it does not declare it. */
  schemaFor(tenantId: string | undefined): VisitorSchema | undefined {
    if (this.#schemas.size === 0) return undefined;
    return this.#schemas.get(this.#lookups.has(tenantId) ? tenantId : undefined);
  }

  /** The tenants that have their own claim mapper. */
  get tenantIds(): string[] {
    return [...this.#lookups.keys()].filter((tenantId) => tenantId !== undefined);
  }

  /** Whether a tenant has a claim mapper: its own or the default one. */
  has(tenantId: string | undefined): boolean {
    return this.#lookups.has(tenantId) || this.#lookups.has(undefined);
  }

  /**
   * The lookup of a tenant's claim mapper: its own, or the default one. Before the scan, it is resolved at each call.
   *
   * @returns a lookup that throws `claim_mapper_missing` if there is none
   */
  lookupFor(tenantId: string | undefined): MapperLookup {
    if (!this.#isScanned) return (request) => this.#find(tenantId)(request);
    return this.#find(tenantId);
  }

  #find(tenantId: string | undefined): MapperLookup {
    return (
      this.#lookups.get(tenantId) ??
      this.#lookups.get(undefined) ??
      (() => {
        throw missingMapper(tenantId);
      })
    );
  }

  /** The tenants that a provider is the claim mapper of; `undefined` for the default one. Empty for most providers. */
  #tenantsOf(wrapper: ProviderWrapper): readonly (string | undefined)[] {
    if (wrapper.token === CLAIM_MAPPER && !isAliasOfMarked(wrapper, readMarks)) {
      return this.#isNotOfAnotherInstance(wrapper) ? [undefined] : [];
    }
    return tenantsOf(wrapper, '@ClaimMapperFor()', readMarks);
  }

  /** Another import of this module, for another docs site, has its own `CLAIM_MAPPER`. */
  #isNotOfAnotherInstance({ host }: ProviderWrapper): boolean {
    const registry = host?.getProviderByKey(ClaimMapperRegistry) as ProviderWrapper | undefined;
    return registry === undefined || registry.instance === this;
  }
}

/** @internal */
export function missingMapper(tenantId: string | undefined): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError(
    'claim_mapper_missing',
    tenantId === undefined
      ? `There is no default claim mapper. ${DEFAULT_FIX}`
      : `It has no claim mapper, and there is no default one. Mark a provider with @ClaimMapperFor('${tenantId}'), or a default one with @ClaimMapperFor().`,
    { tenantId },
  );
}

function assertMapper(instance: unknown, wrapper: ProviderWrapper): ClaimMapper {
  if (typeof (instance as Partial<ClaimMapper> | undefined)?.map === 'function')
    return instance as ClaimMapper;
  throw new MintlifyPersonalizationError(
    'claim_mapper_missing',
    `${describeProvider(wrapper)} is marked as a claim mapper, but has no map() method. Implement ClaimMapper.`,
  );
}

/** An overridden provider keeps the schema of its token. */
function schemaOf({ metatype, token }: ProviderWrapper, tenantId: string | undefined) {
  const mark = tenantId ?? DEFAULT_TENANT;
  return readVisitorSchema(metatype, mark) ?? readVisitorSchema(token, mark);
}

function conflict(tenantId: string | undefined, names: string): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError(
    'claim_mapper_conflict',
    tenantId === undefined
      ? `There is more than one default claim mapper: ${names}. ${DEFAULT_FIX}`
      : `There is more than one claim mapper for it: ${names}. Mark one provider with @ClaimMapperFor('${tenantId}'), and provide it in one module only.`,
    { tenantId },
  );
}
