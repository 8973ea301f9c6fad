import { sign, type KeyObject } from 'node:crypto';
import type { TokenSigner } from '../ports/token-signer.js';

/**
 * Signs in this process, with Node's own asynchronous `crypto.sign` on its thread pool and a key that was
 * imported once.
 *
 * @internal
 */
export class LocalTokenSigner implements TokenSigner {
  readonly algorithm = 'ES256';
  readonly #key: { key: KeyObject; dsaEncoding: 'ieee-p1363' };

  constructor(privateKey: KeyObject) {
    // r‖s, as JOSE has it (RFC 7518, section 3.4), instead of OpenSSL's DER.
    this.#key = { key: privateKey, dsaEncoding: 'ieee-p1363' };
  }

  sign(signingInput: Uint8Array): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      sign('sha256', signingInput, this.#key, (error, signature) => {
        if (error) reject(error);
        else resolve(signature);
      });
    });
  }
}
