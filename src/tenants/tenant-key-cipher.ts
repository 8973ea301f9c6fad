import { hkdfSync } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';
import type { JWK } from 'jose';

const ALGORITHM = 'dir';
const ENCRYPTION = 'A256GCM';
const KEY_BYTES = 32;

/** Separates this use of the secret from all others (RFC 5869, section 3.2). */
const PURPOSE = 'acme-cloud tenant keys';

/**
 * Encrypts the private keys in the database: JWE (RFC 7516) with AES-256-GCM, with a key that HKDF derives from a secret
 * in the environment. Each ciphertext names its tenant and `kid`, so it cannot be used for another one.
 */
export class TenantKeyCipher {
  private readonly key: Uint8Array;

  /** @param secret at least 32 random characters */
  constructor(secret: string) {
    this.key = new Uint8Array(hkdfSync('sha256', secret, '', PURPOSE, KEY_BYTES));
  }

  /** Encrypts a private JWK with a `kid`. */
  seal(tenantId: string, key: JWK & { kid: string }): Promise<string> {
    return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(key)))
      .setProtectedHeader({ alg: ALGORITHM, enc: ENCRYPTION, kid: key.kid, tenant: tenantId })
      .encrypt(this.key);
  }

  /**
   * Decrypts a key from `seal`.
   *
   * @throws if the secret is wrong, or the key was sealed for another tenant or `kid`
   */
  async open(tenantId: string, kid: string, sealed: string): Promise<JWK> {
    const { plaintext, protectedHeader } = await compactDecrypt(sealed, this.key, {
      keyManagementAlgorithms: [ALGORITHM],
      contentEncryptionAlgorithms: [ENCRYPTION],
    });
    if (protectedHeader['tenant'] !== tenantId || protectedHeader.kid !== kid) {
      throw new Error(`The signing key of tenant ${tenantId} was encrypted for another row of the database.`);
    }
    return JSON.parse(new TextDecoder().decode(plaintext)) as JWK;
  }
}
