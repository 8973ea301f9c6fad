import { Inject, Logger } from '@nestjs/common';
import { IdentityService } from '../identity/identity.service.js';
import { MintlifySigningService } from '../signing/mintlify-signing.service.js';
import type { Tenant } from '../tenancy/tenant.js';
import { TenantRegistry } from '../tenancy/tenant.registry.js';
import { HandshakeAdmission } from './handshake-admission.js';
import type { HandshakeExchange } from './handshake-exchange.js';
import { HandshakeExchanges } from './handshake-exchanges.js';
import { HandshakeReplies } from './handshake-replies.js';
import type { HandshakeRequest } from './handshake-request.js';
import { PrincipalReader } from './principal-reader.js';
import { DocsOriginPolicy } from './user-info/docs-origin-policy.js';

/** The base class of all handshake controllers: the steps that they share. */
export abstract class HandshakeController {
  readonly #logger = new Logger('MintlifyPersonalization');
  #hasSeenPrincipal = false;

  constructor(
    @Inject(TenantRegistry) private readonly tenants: TenantRegistry,
    @Inject(HandshakeExchanges) private readonly exchanges: HandshakeExchanges,
    @Inject(HandshakeAdmission) private readonly admission: HandshakeAdmission,
    @Inject(IdentityService) protected readonly identity: IdentityService,
    @Inject(MintlifySigningService) protected readonly signing: MintlifySigningService,
    @Inject(DocsOriginPolicy) protected readonly origins: DocsOriginPolicy,
    @Inject(HandshakeReplies) protected readonly replies: HandshakeReplies,
    @Inject(PrincipalReader) private readonly principals: PrincipalReader,
  ) {}

  /** The handshake of a request that the guard has accepted. */
  protected exchangeOf(request: HandshakeRequest): HandshakeExchange {
    return this.exchanges.of(request) as HandshakeExchange;
  }

  /**
   * @throws MintlifyPersonalizationError `unauthenticated` if the guards passed, but there is no principal;
   * `principal_failed`
   */
  protected principalOf(request: HandshakeRequest): unknown {
    const exchange = this.exchangeOf(request);
    const principal = this.principals.read(exchange);
    try {
      this.principals.assert(exchange, principal);
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
    const found = this.tenants.find(principal, exchange.request);
    return found instanceof Promise
      ? found.then((tenant) => this.#enter(exchange, tenant))
      : this.#enter(exchange, found);
  }

  #enter(exchange: HandshakeExchange, tenant: Tenant): Tenant {
    this.admission.enterTenant(exchange, tenant);
    return tenant;
  }
}
