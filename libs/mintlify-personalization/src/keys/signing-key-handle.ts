import type { ResolvedSiteOptions } from '../options/site-options.js';
import type { SigningKey } from '../ports/docs-site-options.js';
import { createTokenSigner } from './create-token-signer.js';
import { fingerprintOf, type InspectableSigner } from './key-fingerprint.js';

/**
 * The key that currently signs. Frozen, and read once for each token, so that the header always names the key that
 * signs.
 *
 * @internal
 */
export interface SigningKeyHandle {
  readonly signer: InspectableSigner;
  /** The `kid` in the header. */
  readonly keyId: string | undefined;
  /** Identifies the key; `undefined` if it has neither a public key nor a key id. */
  readonly fingerprint: string | undefined;
  /** The JOSE header (RFC 7515, section 4) and its dot, encoded once. */
  readonly encodedHeader: string;
}

/** @internal Provides the current key of a docs site. */
export interface SigningKeyProvider {
  readonly current: SigningKeyHandle;
}

/**
 * Prepares a key for signing.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_signing_key` or `invalid_option`
 */
export async function createSigningKeyHandle(
  signingKey: SigningKey | undefined,
  { mode, keyId }: Pick<ResolvedSiteOptions, 'mode' | 'keyId'>,
  signerTimeoutMs: number,
): Promise<SigningKeyHandle> {
  const signer = await createTokenSigner(signingKey, mode, signerTimeoutMs);
  const kid = keyId ?? signer.keyId;
  const header = { alg: signer.algorithm, ...(kid !== undefined && { kid }) };
  const encodedHeader = `${Buffer.from(JSON.stringify(header)).toString('base64url')}.`;
  return Object.freeze({ signer, encodedHeader, keyId: kid, fingerprint: fingerprintOf(signer) });
}
