import { Inject, Injectable } from '@nestjs/common';
import { and, eq, isNull, or, sql } from 'drizzle-orm';
import type { Database } from '../database/database-connection.js';
import { DATABASE } from '../database/database.module.js';
import { signingKeys, tenants } from '../database/database-schema.js';
import type { Tenant } from './tenant.js';

/** Finds tenants. */
@Injectable()
export class TenantsRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** The current state of the tenant with this id. A key for docs of another mode is ignored. */
  async findTenant(id: string): Promise<Tenant | undefined> {
    const [tenant] = await this.database
      .select({
        id: tenants.id,
        company: tenants.company,
        docsUrl: tenants.docsUrl,
        docsMode: tenants.docsMode,
        key: {
          kid: signingKeys.kid,
          createdAt: signingKeys.createdAt,
          sealedPrivateKey: signingKeys.sealedPrivateKey,
        },
      })
      .from(tenants)
      .leftJoin(
        signingKeys,
        and(
          eq(signingKeys.tenantId, tenants.id),
          eq(signingKeys.mode, tenants.docsMode),
          isNull(signingKeys.retiredAt),
        ),
      )
      .where(eq(tenants.id, id));
    return tenant;
  }

  /** Whether a tenant has its own docs site at an origin. */
  async hasDocsAt(origin: string): Promise<boolean> {
    const found = await this.database
      .select({ id: tenants.id })
      .from(tenants)
      .where(or(eq(tenants.docsUrl, origin), sql`starts_with(${tenants.docsUrl}, ${`${origin}/`})`))
      .limit(1);
    return found.length > 0;
  }
}
