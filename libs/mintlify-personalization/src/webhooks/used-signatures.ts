import { MintlifyPersonalizationError } from '../errors.js';
import { invalidSignature, TOLERANCE_SECONDS } from './verify-signature.js';

const MAX_KEPT = 100_000;

/**
 * The signatures that were used, as long as they are valid: a copied request is refused. In this process alone.
 *
 * @internal
 */
export class UsedSignatures {
  /** Signature → when it is no longer valid, in seconds since the epoch; in the order in which they came. */
  readonly #until = new Map<string, number>();

  /**
   * @param signature the one that is valid
   * @param timestamp that of the signature, in seconds since the epoch
   * @throws MintlifyPersonalizationError `invalid_signature` for one that was used; `overloaded` if too many are kept: none
   * is forgotten early
   */
  use(signature: string, timestamp: number, nowSeconds: number): void {
    if (this.#until.has(signature))
      throw invalidSignature('The signature was used before. Sign each request anew.');
    if (this.#until.size >= MAX_KEPT) this.#forget(nowSeconds);
    if (this.#until.size >= MAX_KEPT) {
      throw new MintlifyPersonalizationError('overloaded', `More than ${MAX_KEPT} webhooks in ten minutes.`);
    }
    this.#until.set(signature, timestamp + TOLERANCE_SECONDS);
  }

  #forget(nowSeconds: number): void {
    for (const [signature, until] of this.#until) if (until < nowSeconds) this.#until.delete(signature);
  }
}
