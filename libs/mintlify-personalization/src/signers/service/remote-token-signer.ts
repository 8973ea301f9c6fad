import type { KeyObject } from 'node:crypto';
import type { BreakerState } from '../../keys/key-fingerprint.js';
import type { TokenSigner } from '../../ports/token-signer.js';

/**
 * A {@link TokenSigner} whose private key is in a key service or a hardware module.
 *
 * Create it once, at start. Every signature is verified with the public key before it is used.
 *
 * @example
 * ```ts
 * // The public key, for the docs' dashboard.
 * signer.publicKey.export({ format: 'pem', type: 'spki' });
 * ```
 */
export interface RemoteTokenSigner extends TokenSigner {
  /** The public key, as the service returned it at start. */
  readonly publicKey: KeyObject;
  /** The circuit breaker: `closed` while the service is called, `open` while it is not, `half_open` during one trial. */
  readonly breaker: BreakerState;
  /** Closes connections and sessions. The signer cannot sign afterwards. */
  close(): void;
}

/** The options that all remote signers share. */
export interface RemoteTokenSignerOptions {
  /**
   * The JOSE key id: `kid` in the header of tokens (RFC 7515, section 4.1.4), unless the option `keyId` of the module is
   * set. Default: none. Not the id of the key in the service.
   */
  readonly keyId?: string;
  /**
   * Milliseconds, 1 to 60,000: the timeout of one attempt to sign. Default 800. After a transient failure there is one
   * retry, so twice this time plus 100 ms should fit into the option `signerTimeoutMs` of the module.
   */
  readonly attemptTimeoutMs?: number;
  /**
   * Milliseconds, 1 to 60,000: the timeout of each call while the signer is created. Default 10,000, since credentials
   * may have to be fetched first.
   */
  readonly startTimeoutMs?: number;
  /** After how many failed signatures in a row the service is no longer called, 1 to 1,000. Default 5. */
  readonly breakerFailures?: number;
  /** Milliseconds, 1 to 600,000: how long it is not called. Then one request tries it. Default 5,000. */
  readonly breakerPauseMs?: number;
}
