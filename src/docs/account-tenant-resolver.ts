import { Injectable } from '@nestjs/common';
import type { TenantResolver } from 'nestjs-mintlify-personalization';
import type { SessionPrincipal } from '../auth/session-principal.js';

/**
 * A visitor's tenant is that of their account, and nothing of the request can change it: whichever docs the visitor
 * comes from, they are sent to those of their own tenant.
 */
@Injectable()
export class AccountTenantResolver implements TenantResolver<SessionPrincipal | undefined> {
  /** Nobody logged in: no tenant, and the login page is the same for all. */
  resolve(principal: SessionPrincipal | undefined): string | undefined {
    return principal?.tenantId;
  }
}
