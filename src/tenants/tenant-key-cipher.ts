import { hkdfSync } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';
import type { JWK } from 'jose';

const ALGORITHM = 'dir';
const ENCRYPTION = 'A256GCM';
const KEY_BYTES = 32;

/** Sets this use of the secret apart from any other (RFC 5869, section 3.2). */
const PURPOSE = 'acme-cloud tenant keys';

/**
 * Encrypts the private keys that lie in the database: JWE (RFC 7516) with AES-256-GCM, under a key that HKDF derives
 * from a secret of the environment. What is sealed names its tenant and its `kid`, so it opens nowhere else.
 */
export class TenantKeyCipher {
  private readonly key: Uint8Array;

  /** @param secret at least 32 characters that nobody can guess */
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
   * Decrypts what `seal` made.
   *
   * @throws when the secret is another one, or the key was sealed for another tenant or under another `kid`
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
