/** The JOSE name of a signature algorithm: ES256 (RFC 7518, section 3.4) or EdDSA (RFC 8037, section 3.1). */
export type SignatureAlgorithm = 'ES256' | 'EdDSA';

/**
 * Signs with a private key that is kept elsewhere, for example in a key service or a hardware module.
 *
 * The library builds the JWS signing input (RFC 7515, section 5.1), calls `sign` and appends the signature.
 *
 * @example
 * ```ts
 * const signer: TokenSigner = {
 *   algorithm: 'ES256',
 *   keyId: '2026-11',
 *   sign: (signingInput, signal) => keyService.sign({ message: signingInput, signal }),
 * };
 * ```
 */
export interface TokenSigner {
  /** Must fit the mode of the docs site: `ES256` for `personalization`, `EdDSA` (Ed25519) for `authentication`. */
  readonly algorithm: SignatureAlgorithm;
  /** Goes into the header as `kid`, unless the option `keyId` is set. */
  readonly keyId?: string;
  /**
   * Signs the bytes.
   *
   * @returns 64 bytes: r‖s for ES256, not DER (RFC 7518, section 3.4); R‖S for EdDSA (RFC 8032, section 5.1.6)
   * @throws any error: the response is 503, without a token
   */
  sign(signingInput: Uint8Array, signal: AbortSignal): Uint8Array | Promise<Uint8Array>;
}
