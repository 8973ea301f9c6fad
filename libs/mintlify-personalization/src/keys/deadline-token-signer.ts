import { MintlifyPersonalizationError } from '../errors.js';
import type { SignatureAlgorithm, TokenSigner } from '../ports/token-signer.js';
import { withDeadline } from '../time/deadline.js';

/**
 * Holds a signer of the host app to `signerTimeoutMs`. The local signer needs none: nothing can keep it
 * waiting but this process itself.
 *
 * @internal
 */
export class DeadlineTokenSigner implements TokenSigner {
  readonly algorithm: SignatureAlgorithm;
  readonly keyId: string | undefined;
  readonly #signer: TokenSigner;
  readonly #timeoutMs: number;

  constructor(signer: TokenSigner, timeoutMs: number) {
    this.algorithm = signer.algorithm;
    this.keyId = signer.keyId;
    this.#signer = signer;
    this.#timeoutMs = timeoutMs;
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
