import { Inject, Logger } from '@nestjs/common';
import type { Tenant } from '../tenancy/tenant.js';
import type { HandshakeExchange } from './handshake-exchange.js';
import type { HandshakeRequest } from './handshake-request.js';
import { HandshakeServices } from './handshake-services.js';
import { DocsOriginPolicy } from './user-info/docs-origin-policy.js';

/** The base class of all handshake controllers: the steps that they share. */
export abstract class HandshakeController {
  readonly #logger = new Logger('MintlifyPersonalization');
  #hasSeenPrincipal = false;

  constructor(
    @Inject(HandshakeServices) protected readonly services: HandshakeServices,
    @Inject(DocsOriginPolicy) protected readonly origins: DocsOriginPolicy,
  ) {}

  /** The handshake of a request that the guard has accepted. */
  protected exchangeOf(request: HandshakeRequest): HandshakeExchange {
    return this.services.exchanges.of(request) as HandshakeExchange;
  }

  /**
   * @throws MintlifyPersonalizationError `unauthenticated` if the guards passed, but there is no principal;
   * `principal_failed`
   */
  protected principalOf(request: HandshakeRequest): unknown {
    const exchange = this.exchangeOf(request);
    const principal = this.services.principals.read(exchange);
    try {
      this.services.principals.assert(exchange, principal);
    } catch (error) {
      // Warn once, and only if there was no principal before: then it is probably a mistake in the setup.
      if (!this.#hasSeenPrincipal) this.#logger.warn((error as Error).message);
      this.#hasSeenPrincipal = true;
      throw error;
    }
    this.#hasSeenPrincipal = true;
    exchange.principal = principal;
    return principal;
  }

  /**
   * Finds the tenant of a visitor, and takes one of its places.
   *
   * @throws MintlifyPersonalizationError `unknown_tenant`, `overloaded`, and the errors of resolver and source
   */
  protected tenantOf(exchange: HandshakeExchange, principal: unknown): Tenant | Promise<Tenant> {
    const found = this.services.tenants.find(principal, exchange.request);
    return found instanceof Promise
      ? found.then((tenant) => this.#enter(exchange, tenant))
      : this.#enter(exchange, found);
  }

  #enter(exchange: HandshakeExchange, tenant: Tenant): Tenant {
    this.services.admission.enterTenant(exchange, tenant);
    return tenant;
  }
}
