import { createPublicKey, sign, type KeyObject } from 'node:crypto';
import type { SignatureAlgorithm } from '../ports/token-signer.js';
import type { InspectableSigner } from './key-fingerprint.js';
import type { PrivateKey } from './private-jwk.js';

/**
 * Signs in this process with Node's asynchronous `crypto.sign`, which uses the thread pool. The key is imported once.
 *
 * @internal
 */
export class LocalTokenSigner implements InspectableSigner {
  readonly algorithm: SignatureAlgorithm;
  readonly keyId: string | undefined;
  readonly publicKey: KeyObject;
  readonly #key: { key: KeyObject; dsaEncoding: 'ieee-p1363' };
  /** `null` for Ed25519, which includes its own hash (RFC 8032, section 5.1.6). */
  readonly #digest: 'sha256' | null;

  constructor(algorithm: SignatureAlgorithm, { key, keyId }: PrivateKey) {
    this.algorithm = algorithm;
    this.keyId = keyId;
    this.publicKey = createPublicKey(key);
    // r‖s, as JOSE requires (RFC 7518, section 3.4), instead of OpenSSL's DER.
    this.#key = { key, dsaEncoding: 'ieee-p1363' };
    this.#digest = algorithm === 'ES256' ? 'sha256' : null;
  }

  sign(signingInput: Uint8Array): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      sign(this.#digest, signingInput, this.#key, (error, signature) => {
        if (error) reject(error);
        else resolve(signature);
      });
    });
  }
}
