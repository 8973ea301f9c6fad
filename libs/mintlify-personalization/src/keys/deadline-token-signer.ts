import { KeyObject } from 'node:crypto';
import { MintlifyPersonalizationError } from '../errors.js';
import type { SignatureAlgorithm } from '../ports/token-signer.js';
import { withDeadline } from '../time/deadline.js';
import type { BreakerState, InspectableSigner } from './key-fingerprint.js';

/**
 * Holds a signer of the host app to `signerTimeoutMs`. The local signer needs none: nothing can keep it
 * waiting but this process itself.
 *
 * @internal
 */
export class DeadlineTokenSigner implements InspectableSigner {
  readonly algorithm: SignatureAlgorithm;
  readonly keyId: string | undefined;
  readonly #signer: InspectableSigner;
  readonly #timeoutMs: number;

  constructor(signer: InspectableSigner, timeoutMs: number) {
    this.algorithm = signer.algorithm;
    this.keyId = signer.keyId;
    this.#signer = signer;
    this.#timeoutMs = timeoutMs;
  }

  /** A signer of the host app's own may call anything so. */
  get publicKey(): KeyObject | undefined {
    const { publicKey } = this.#signer;
    return publicKey instanceof KeyObject && publicKey.type === 'public' ? publicKey : undefined;
  }

  get breaker(): BreakerState | undefined {
    return this.#signer.breaker;
  }

  sign(signingInput: Uint8Array): Promise<Uint8Array> {
    return withDeadline(
      (deadline) => this.#signer.sign(signingInput, deadline.signal),
      this.#timeoutMs,
      () =>
        new MintlifyPersonalizationError(
          'signer_timeout',
          `The token signer took longer than signerTimeoutMs (${this.#timeoutMs} ms). ` +
            'Look at the key service, or allow more.',
        ),
    );
  }
}
