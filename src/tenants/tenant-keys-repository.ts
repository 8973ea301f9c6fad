import { Inject, Injectable } from '@nestjs/common';
import { and, desc, eq, gt, isNull, lte, or, sql } from 'drizzle-orm';
import type { JWK } from 'jose';
import type { DocsMode } from 'nestjs-mintlify-personalization';
import type { Database } from '../database/database-connection.js';
import { DATABASE } from '../database/database.module.js';
import { signingKeys, tenants } from '../database/database-schema.js';
import { failureReason } from '../database/failure-reason.js';
import { KEY_OVERLAP_SECONDS } from './rotation-times.js';
import { TenantKeyCipher } from './tenant-key-cipher.js';
import { newTenantKey } from './new-tenant-key.js';
import type { RetiredKey } from './tenant.js';

/** Keys retired before this time are no longer accepted. It uses the database's clock, which all processes share. */
const OVERLAP_BEGIN = sql<Date>`now() - make_interval(secs => ${sql.raw(String(KEY_OVERLAP_SECONDS))})`;

/** The signing keys of the tenants. */
@Injectable()
export class TenantKeysRepository {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(TenantKeyCipher) private readonly cipher: TenantKeyCipher,
  ) {}

  /**
   * Replaces the key of a tenant, in one transaction. The old private key is deleted at once; its public key is accepted
   * for another {@link KEY_OVERLAP_SECONDS}.
   */
  async rotate(tenantId: string): Promise<void> {
    try {
      await this.database.transaction((transaction) => this.replaceKey(transaction, tenantId));
    } catch (error) {
      // oxlint-disable-next-line preserve-caught-error -- the cause contains the query parameters, which must not reach the log
      throw new Error(`Could not rotate the key of tenant ${tenantId}: ${failureReason(error)}`);
    }
  }

  /** The retired keys of a tenant that are still accepted, newest first. */
  async findRetired(tenantId: string): Promise<RetiredKey[]> {
    const keys = await this.database
      .select({ kid: signingKeys.kid, retiredAt: signingKeys.retiredAt })
      .from(signingKeys)
      .where(and(eq(signingKeys.tenantId, tenantId), gt(signingKeys.retiredAt, OVERLAP_BEGIN)))
      .orderBy(desc(signingKeys.retiredAt));
    return keys.map(({ kid, retiredAt }) => ({
      kid,
      acceptedUntil: new Date(Number(retiredAt) + KEY_OVERLAP_SECONDS * 1_000),
    }));
  }

  /** The public keys that a docs site of this installation accepts: those in use and those retired recently. */
  async findAccepted(mode: DocsMode): Promise<JWK[]> {
    const keys = await this.database
      .select({ publicKey: signingKeys.publicKey })
      .from(signingKeys)
      .innerJoin(tenants, eq(signingKeys.tenantId, tenants.id))
      .where(
        and(
          isNull(tenants.docsUrl),
          eq(signingKeys.mode, mode),
          or(isNull(signingKeys.retiredAt), gt(signingKeys.retiredAt, OVERLAP_BEGIN)),
        ),
      );
    return keys.map(({ publicKey }) => publicKey);
  }

  private async replaceKey(transaction: Database, tenantId: string): Promise<void> {
    // The lock makes concurrent rotations of one tenant wait for each other.
    const [tenant] = await transaction
      .select({ mode: tenants.docsMode })
      .from(tenants)
      .where(eq(tenants.id, tenantId))
      .for('update');
    if (tenant === undefined) throw new Error('This tenant does not exist.');
    const ofTenant = eq(signingKeys.tenantId, tenantId);
    await transaction
      .update(signingKeys)
      .set({ retiredAt: sql`now()`, sealedPrivateKey: null })
      .where(and(ofTenant, isNull(signingKeys.retiredAt)));
    await transaction.insert(signingKeys).values(await newTenantKey(this.cipher, tenantId, tenant.mode));
    await transaction.delete(signingKeys).where(and(ofTenant, lte(signingKeys.retiredAt, OVERLAP_BEGIN)));
  }
}
