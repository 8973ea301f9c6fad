import type { DocsMode } from 'nestjs-mintlify-personalization';
import type { signingKeys } from '../database/database-schema.js';
import { newDocsKeyPair } from './docs-key-pair.js';
import type { TenantKeyCipher } from './tenant-key-cipher.js';

/** Generates a key for a tenant, as a row to insert, with the private key encrypted. */
export async function newTenantKey(
  cipher: TenantKeyCipher,
  tenantId: string,
  mode: DocsMode,
): Promise<typeof signingKeys.$inferInsert> {
  const { privateKey, publicKey } = await newDocsKeyPair(mode);
  const sealedPrivateKey = await cipher.seal(tenantId, privateKey);
  return { kid: publicKey.kid, tenantId, mode, publicKey, sealedPrivateKey };
}
