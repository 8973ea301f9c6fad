import type { KeyObject } from 'node:crypto';
import { types } from 'node:util';
import { MintlifyPersonalizationError } from '../errors.js';
import type { SignatureAlgorithm } from '../ports/token-signer.js';
import { withDeadline } from '../time/deadline.js';
import type { BreakerState, InspectableSigner } from './key-fingerprint.js';

/**
 * Applies `signerTimeoutMs` to a signer of the host app. The local signer needs no timeout, since it waits for nothing
 * outside this process.
 *
 * @internal
 */
export class DeadlineTokenSigner implements InspectableSigner {
  readonly algorithm: SignatureAlgorithm;
  readonly keyId: string | undefined;
  readonly #signer: InspectableSigner;
  readonly #timeoutMs: number;

  /** @param checked the checked properties of the signer: a getter may return something else the second time */
  constructor(
    signer: InspectableSigner,
    checked: { readonly algorithm: SignatureAlgorithm; readonly keyId: string | undefined },
    timeoutMs: number,
  ) {
    this.algorithm = checked.algorithm;
    this.keyId = checked.keyId;
    this.#signer = signer;
    this.#timeoutMs = timeoutMs;
  }

  /** In a custom signer, the property may be anything, or throw: then it is `undefined`. */
  get publicKey(): KeyObject | undefined {
    const publicKey = readOrUndefined(() => this.#signer.publicKey);
    return types.isKeyObject(publicKey) && publicKey.type === 'public' ? publicKey : undefined;
  }

  get breaker(): BreakerState | undefined {
    return readOrUndefined(() => this.#signer.breaker);
  }

  sign(signingInput: Uint8Array): Uint8Array | Promise<Uint8Array> {
    return withDeadline(
      (deadline) => this.#signer.sign(signingInput, deadline.signal),
      this.#timeoutMs,
      () =>
        new MintlifyPersonalizationError(
          'signer_timeout',
          `The token signer took longer than signerTimeoutMs (${this.#timeoutMs} ms). ` +
            'Check the key service, or raise signerTimeoutMs.',
        ),
    );
  }
}

function readOrUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
