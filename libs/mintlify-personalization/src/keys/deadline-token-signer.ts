import type { KeyObject } from 'node:crypto';
import { types } from 'node:util';
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

  /** @param checked what was read of the signer and is right: a getter may answer differently the second time */
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

  /** A signer of the host app's own may call anything so, or throw: then there is none. */
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
            'Look at the key service, or allow more.',
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
