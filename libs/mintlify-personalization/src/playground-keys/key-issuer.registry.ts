import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import {
  createProviderLookup,
  describeProvider,
  findByTenant,
  tenantsOf,
  type ProviderLookup,
  type ProviderWrapper,
} from '../claims/provider-lookup.js';
import { invalidOptionError } from '../options/invalid-option-error.js';
import type { PlaygroundKeyIssuer } from '../ports/playground-key.js';
import { readIssuerMarks } from './playground-keys-for.decorator.js';

/** @internal Returns the issuer for a request; synchronous if it is a singleton. */
export type IssuerLookup = ProviderLookup<PlaygroundKeyIssuer>;

/**
 * Finds the issuers of playground keys among the host app's providers, once at start.
 *
 * @internal
 */
@Injectable()
export class KeyIssuerRegistry implements OnModuleInit {
  /** By tenant id; `undefined` is the default one. */
  readonly #lookups = new Map<string | undefined, IssuerLookup>();
  #isScanned = false;

  constructor(@Inject(DiscoveryService) private readonly discovery: DiscoveryService) {}

  /**
   * @throws MintlifyPersonalizationError `invalid_option` for a wrong tenant id, two issuers for the same tenant, or one
   * without `issue()`
   */
  onModuleInit(): void {
    if (this.#isScanned) return;
    const found = findByTenant(
      this.discovery.getProviders(),
      (wrapper) => tenantsOf(wrapper, '@PlaygroundKeysFor()', readIssuerMarks),
      conflict,
    );
    for (const [tenantId, wrapper] of found) {
      this.#lookups.set(tenantId, createProviderLookup(wrapper, assertIssuer));
    }
    this.#isScanned = true;
  }

  /** The tenants that have their own issuer. */
  get tenantIds(): string[] {
    return [...this.#lookups.keys()].filter((tenantId) => tenantId !== undefined);
  }

  /** The lookup of a tenant's issuer: its own, or the default one; `undefined` if there is none. */
  lookupFor(tenantId: string | undefined): IssuerLookup | undefined {
    // `LazyModuleLoader` calls no hooks.
    if (!this.#isScanned) this.onModuleInit();
    return this.#lookups.get(tenantId) ?? this.#lookups.get(undefined);
  }
}

function assertIssuer(instance: unknown, wrapper: ProviderWrapper): PlaygroundKeyIssuer {
  if (typeof (instance as Partial<PlaygroundKeyIssuer> | undefined)?.issue === 'function') {
    return instance as PlaygroundKeyIssuer;
  }
  throw invalidOptionError(
    `@PlaygroundKeysFor() on ${describeProvider(wrapper)}`,
    'is on a class without issue()',
    'Implement PlaygroundKeyIssuer.',
  );
}

function conflict(tenantId: string | undefined, names: string): Error {
  return invalidOptionError(
    `@PlaygroundKeysFor(${tenantId === undefined ? '' : `'${tenantId}'`})`,
    `is on more than one provider: ${names}`,
    'Keep one, and provide it in one module only.',
  );
}
