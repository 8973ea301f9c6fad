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

/** The same for both algorithms (RFC 7518, section 3.4; RFC 8032, section 5.1.6). */
const SIGNATURE_BYTES = 64;
const NEVER_ABORTED = new AbortController().signal;
/** Cannot be mistaken for a token: no JWS begins like this. */
const START_CHECK = Buffer.from('nestjs-mintlify-personalization: is this key usable?');

/** @internal A key service, without any fault handling. */
export interface KeyService {
  /** Its name, for messages. */
  readonly name: string;
  /** @returns a signature in JOSE form, or what the service returned instead */
  sign(signingInput: Uint8Array, signal: AbortSignal): Promise<Uint8Array | undefined>;
  /** Throws if the service can never sign this input, which does not count as a failure of the service. */
  assertSignable?(signingInput: Uint8Array): void;
  close?(): void;
}

/**
 * Signs with a key service: retries once, verifies the signature, and does not call the service while it is down. A
 * signature that cannot be verified is an error.
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
        `The signer of ${name} is closed. Create a new one.`,
      );
    }
    this.#service.assertSignable?.(signingInput);
    return this.#circuitBreaker.run(() =>
      callWithRetry(name, this.#signOnce(signingInput), this.#policy.attemptTimeoutMs, signal),
    );
  }

  /**
   * Signs a test message, so that a key that can be read but not used stops the app at start.
   *
   * @throws MintlifyPersonalizationError `invalid_signing_key`, or the errors of {@link sign}
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
        `${name} did not return a valid signature of its key. If the key was replaced while the app was running, ` +
          'restart the app.',
        false,
      );
    };
  }
}

/**
 * Calls a service while a signer is created.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_signing_key` for permanent failures, otherwise ServiceFailure
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

/** The messages of this library's errors are safe to show. Of other errors, only name and code are. */
function asServiceFailure(service: string): (error: unknown) => never {
  return (error) => {
    if (error instanceof MintlifyPersonalizationError) throw error;
    throw new ServiceFailure(`${service} could not be called: ${describeError(error)}.`, false);
  };
}

/** A key or a PIN may become invalid after the start, which is not a mistake in the request. */
function asSigningFailure(service: string): (error: unknown) => never {
  return (error) => {
    if (error instanceof ServiceFailure) throw error;
    if (error instanceof MintlifyPersonalizationError) throw new ServiceFailure(error.message, false);
    return asServiceFailure(service)(error);
  };
}
