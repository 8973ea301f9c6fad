import { Inject, Injectable } from '@nestjs/common';
import { AuditRecorder } from '../../audit/audit-recorder.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../../options/app-options.js';
import type { Tenant } from '../../tenancy/tenant.js';
import { TenantRegistry } from '../../tenancy/tenant.registry.js';
import type { HandshakeExchange } from '../handshake-exchange.js';
import { createLoginLocation } from './login-location.js';

/**
 * Finds the login page for anonymous visitors.
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
   * The URL of the login page for a request.
   *
   * @returns `undefined` without `loginUrl`
   */
  locate(exchange: HandshakeExchange): string | undefined | Promise<string | undefined> {
    const tenant = this.tenants.findAnonymous(exchange.request);
    return tenant instanceof Promise
      ? tenant.then((found) => this.#locateFor(exchange, found))
      : this.#locateFor(exchange, tenant);
  }

  /** @param tenant `undefined` if it is not known yet */
  #locateFor(exchange: HandshakeExchange, tenant: Tenant | undefined): string | undefined {
    const { defaultTenant } = this.tenants;
    // It may be a page of any tenant, so it is checked after the login, when the tenant is known.
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
