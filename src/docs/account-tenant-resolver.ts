import { Injectable } from '@nestjs/common';
import type { TenantResolver } from 'nestjs-mintlify-personalization';
import type { SessionPrincipal } from '../auth/session-principal.js';

/**
 * The tenant of a visitor is that of their account, and nothing in the request can change it: whichever docs they come
 * from, they are sent to the docs of their own tenant.
 */
@Injectable()
export class AccountTenantResolver implements TenantResolver<SessionPrincipal | undefined> {
  /** An anonymous visitor has no tenant; the login page is the same for all tenants. */
  resolve(principal: SessionPrincipal | undefined): string | undefined {
    return principal?.tenantId;
  }
}
