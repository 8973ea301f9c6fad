import { Inject, Injectable } from '@nestjs/common';
import { AuditRecorder } from '../../audit/audit-recorder.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../../options/resolved-options.js';
import type { Tenant } from '../../tenancy/tenant.js';
import { TenantRegistry } from '../../tenancy/tenant.registry.js';
import type { HandshakeExchange } from '../handshake-exchange.js';
import { createLoginLocation } from './login-location.js';

/**
 * Finds the login page for a visitor who is not logged in.
 *
 * @internal
 */
@Injectable()
export class LoginPage {
  readonly #maxLength: number;

  constructor(
    @Inject(RESOLVED_OPTIONS) { maxRedirectUrlLength }: ResolvedOptions,
    @Inject(TenantRegistry) private readonly tenants: TenantRegistry,
    @Inject(AuditRecorder) private readonly audit: AuditRecorder,
  ) {
    this.#maxLength = maxRedirectUrlLength;
  }

  /**
   * Where to send the visitor of a request.
   *
   * @returns `undefined` where there is no `loginUrl`
   */
  locate(exchange: HandshakeExchange): string | undefined | Promise<string | undefined> {
    const tenant = this.tenants.findAnonymous(exchange.request);
    return tenant instanceof Promise
      ? tenant.then((found) => this.#locateFor(exchange, found))
      : this.#locateFor(exchange, tenant);
  }

  /** @param tenant `undefined` where no one knows it yet */
  #locateFor(exchange: HandshakeExchange, tenant: Tenant | undefined): string | undefined {
    const { defaultTenant } = this.tenants;
    // Any tenant's page may be meant: it is looked at after the login, when the tenant is known.
    const site = tenant?.site ?? { ...defaultTenant.site, url: defaultTenant.site.origin, basePath: '' };
    const found = createLoginLocation(tenant ?? defaultTenant, site, exchange.request, this.#maxLength);
    if (found === undefined) return undefined;
    const { location, refused } = found;
    if (refused !== undefined) {
      this.audit.record({ type: 'redirect.refused', outcome: refused, tenantId: tenant?.id });
    }
    exchange.requireLogin(tenant?.id);
    return location;
  }
}
