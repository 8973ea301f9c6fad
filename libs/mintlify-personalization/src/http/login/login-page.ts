import { Inject, Injectable, Logger } from '@nestjs/common';
import { AuditRecorder } from '../../audit/audit-recorder.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../../options/app-options.js';
import type { Tenant } from '../../tenancy/tenant.js';
import { TenantRegistry } from '../../tenancy/tenant.registry.js';
import type { MintlifyPersonalizationError } from '../../errors.js';
import type { HandshakeExchange } from '../handshake-exchange.js';
import { MAX_LOGIN_ATTEMPTS, readLoginAttempts } from './login-attempts.js';
import { createLoginLocation } from './login-location.js';
import { loginLoopError } from './login-loop-page.js';

/** The URL of the login page, or why the visitor is not sent there; `undefined` without `loginUrl`. */
type Found = string | MintlifyPersonalizationError | undefined;

/**
 * Finds the login page for anonymous visitors.
 *
 * @internal
 */
@Injectable()
export class LoginPage {
  readonly #logger = new Logger('MintlifyPersonalization');
  readonly #maxLength: number;
  #hasWarned = false;

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
   * @returns `undefined` without `loginUrl`; `login_loop` for a visitor who came back from there too often
   */
  locate(exchange: HandshakeExchange): Found | Promise<Found> {
    const tenant = this.tenants.findAnonymous(exchange.request);
    return tenant instanceof Promise
      ? tenant.then((found) => this.#locateFor(exchange, found))
      : this.#locateFor(exchange, tenant);
  }

  /** @param tenant `undefined` if it is not known yet */
  #locateFor(exchange: HandshakeExchange, tenant: Tenant | undefined): Found {
    const { defaultTenant } = this.tenants;
    const settings = tenant ?? defaultTenant;
    const attempts = readLoginAttempts(exchange.request);
    if (attempts >= MAX_LOGIN_ATTEMPTS && settings.loginUrl !== undefined)
      return this.#endLoop(exchange, tenant?.id);
    // It may be a page of any tenant, so it is checked after the login, when the tenant is known.
    const site = tenant?.site ?? { ...defaultTenant.site, url: defaultTenant.site.origin, basePath: '' };
    const found = createLoginLocation(settings, site, exchange.request, attempts + 1, this.#maxLength);
    if (found === undefined) return undefined;
    const { location, refused } = found;
    if (refused !== undefined) {
      this.audit.record({ type: 'redirect.refused', outcome: refused, tenantId: tenant?.id });
    }
    exchange.requireLogin(tenant?.id);
    return location;
  }

  /** The first one is logged with the fix: each has an audit event. */
  #endLoop({ hasPrincipal }: HandshakeExchange, tenantId?: string): MintlifyPersonalizationError {
    const error = loginLoopError(tenantId, hasPrincipal);
    if (!this.#hasWarned) this.#logger.warn(error.message);
    this.#hasWarned = true;
    return error;
  }
}
