import type { KeyObject } from 'node:crypto';
import { types } from 'node:util';
import { MintlifyPersonalizationError } from '../../errors.js';
import type { BreakerState } from '../../keys/key-fingerprint.js';
import type { SignatureAlgorithm } from '../../ports/token-signer.js';
import { callWithRetry, type ServiceCall } from './call-with-retry.js';
import type { CircuitBreaker } from './circuit-breaker.js';
import type { RemoteTokenSigner } from './remote-token-signer.js';
import { describeError, ServiceFailure } from './service-failure.js';
import { isVerified, type ServicePublicKey } from './service-public-key.js';
import type { FaultPolicy } from './signer-options.js';

/** Both algorithms have it (RFC 7518, section 3.4; RFC 8032, section 5.1.6). */
const SIGNATURE_BYTES = 64;
const NEVER_ABORTED = new AbortController().signal;
/** No JWS begins like this: what is signed at start is of no use to anybody. */
const START_CHECK = Buffer.from('nestjs-mintlify-personalization: is this key usable?');

/** @internal What a key service has to do, once for each call and without care for faults. */
export interface KeyService {
  /** Its name, for messages. */
  readonly name: string;
  /** @returns a signature in its JOSE form, or what the service gave instead */
  sign(signingInput: Uint8Array, signal: AbortSignal): Promise<Uint8Array | undefined>;
  /** Throws for what the service could never sign: that is no fault of the service. */
  assertSignable?(signingInput: Uint8Array): void;
  close?(): void;
}

/**
 * Signs with a key service: tries twice, verifies what comes back, and leaves the service alone while it is
 * down. An error is all that a caller sees of a signature that does not verify.
 *
 * @internal
 */
export class VerifiedTokenSigner implements RemoteTokenSigner {
  readonly #service: KeyService;
  readonly #publicKey: ServicePublicKey;
  readonly #policy: FaultPolicy;
  readonly #circuitBreaker: CircuitBreaker;
  #isClosed = false;

  constructor(
    service: KeyService,
    publicKey: ServicePublicKey,
    policy: FaultPolicy,
    circuitBreaker: CircuitBreaker,
    readonly keyId?: string,
  ) {
    this.#service = service;
    this.#publicKey = publicKey;
    this.#policy = policy;
    this.#circuitBreaker = circuitBreaker;
  }

  get algorithm(): SignatureAlgorithm {
    return this.#publicKey.algorithm;
  }

  get publicKey(): KeyObject {
    return this.#publicKey.key;
  }

  get breaker(): BreakerState {
    return this.#circuitBreaker.state;
  }

  async sign(signingInput: Uint8Array, signal: AbortSignal): Promise<Uint8Array> {
    const { name } = this.#service;
    if (this.#isClosed) {
      throw new MintlifyPersonalizationError(
        'signer_failed',
        `The signer of ${name} is closed. Make a new one.`,
      );
    }
    this.#service.assertSignable?.(signingInput);
    return this.#circuitBreaker.run(() =>
      callWithRetry(name, this.#signOnce(signingInput), this.#policy.attemptTimeoutMs, signal),
    );
  }

  /**
   * Signs something of no use, so that a key that may be read but not used stops the app at start.
   *
   * @throws MintlifyPersonalizationError `invalid_signing_key`, or what {@link sign} throws
   */
  async assertUsable(): Promise<this> {
    await callAtStart(this.#service.name, this.#signOnce(START_CHECK), this.#policy);
    return this;
  }

  close(): void {
    this.#isClosed = true;
    this.#service.close?.();
  }

  #signOnce(signingInput: Uint8Array): ServiceCall<Uint8Array> {
    const { name } = this.#service;
    return async (signal) => {
      const signature = await this.#service.sign(signingInput, signal).catch(asSigningFailure(name));
      if (
        types.isUint8Array(signature) &&
        signature.length === SIGNATURE_BYTES &&
        (await isVerified(this.#publicKey, signingInput, signature))
      ) {
        return signature;
      }
      throw new ServiceFailure(
        `${name} gave something that is not a signature of its own key. Was the key replaced while the app ran? ` +
          'Then restart it.',
        false,
      );
    };
  }
}

/**
 * Calls a service while a signer is made.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_signing_key` for what will not pass, or ServiceFailure
 */
export async function callAtStart<T>(service: string, call: ServiceCall<T>, policy: FaultPolicy): Promise<T> {
  try {
    const safeCall: ServiceCall<T> = (signal) => call(signal).catch(asServiceFailure(service));
    return await callWithRetry(service, safeCall, policy.startTimeoutMs, NEVER_ABORTED);
  } catch (error) {
    if (error instanceof ServiceFailure && !error.isTransient) {
      throw new MintlifyPersonalizationError('invalid_signing_key', error.message);
    }
    throw error;
  }
}

/** The library's own errors are safe to show; of all others, only name and code. */
function asServiceFailure(service: string): (error: unknown) => never {
  return (error) => {
    if (error instanceof MintlifyPersonalizationError) throw error;
    throw new ServiceFailure(`${service} could not be called: ${describeError(error)}.`, false);
  };
}

/** A key or a PIN that was right at start and is not now: still no mistake of the request's. */
function asSigningFailure(service: string): (error: unknown) => never {
  return (error) => {
    if (error instanceof ServiceFailure) throw error;
    if (error instanceof MintlifyPersonalizationError) throw new ServiceFailure(error.message, false);
    return asServiceFailure(service)(error);
  };
}
