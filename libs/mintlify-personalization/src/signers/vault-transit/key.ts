import { createPublicKey } from 'node:crypto';
import {
  invalidServiceKeyError,
  readServicePublicKey,
  type ServicePublicKey,
} from '../service/service-public-key.js';
import { invalidOptionError } from '../service/signer-options.js';

const WHERE = 'The Vault key';
const TYPES = new Set(['ecdsa-p256', 'ed25519']);

/** @internal One version of a key: each rotation creates a new one, with its own public key. */
export interface VaultKey {
  readonly version: number;
  readonly publicKey: ServicePublicKey;
}

/**
 * Reads Vault's response about a key, and picks the version to sign with.
 *
 * @internal
 * @param data from `GET /v1/transit/keys/:name`
 * @param wanted the version; the latest by default
 * @throws MintlifyPersonalizationError `invalid_signing_key`, or `invalid_option` if the version does not exist
 */
export function readVaultKey(data: Record<string, unknown>, wanted: number | undefined): VaultKey {
  const { type, derived, keys } = data;
  if (!TYPES.has(String(type))) {
    throw invalidServiceKeyError(
      WHERE,
      'has a type that cannot sign for the docs. Create a key with the type ecdsa-p256 or ed25519',
    );
  }
  if (derived === true)
    throw invalidServiceKeyError(WHERE, 'is derived for each context. Create a key with derived=false');
  const version = wanted ?? Number(data.latest_version);
  // Despite its name, it is also the minimum version for signing.
  if (wanted !== undefined && wanted < Number(data.min_encryption_version ?? 0)) {
    throw invalidOptionError(
      'keyVersion',
      'is lower than the minimum version for signing (min_encryption_version)',
    );
  }
  const entry = (Object(keys) as Record<string, { public_key?: unknown } | undefined>)[version];
  if (entry === undefined) throw invalidOptionError('keyVersion', 'does not exist in the Vault key');
  const text = String(entry.public_key);
  const publicKey = readServicePublicKey(WHERE, () =>
    type === 'ed25519' ? readEd25519(text) : createPublicKey(text),
  );
  if ((publicKey.algorithm === 'EdDSA') !== (type === 'ed25519')) {
    throw invalidServiceKeyError(WHERE, 'has a public key of another type');
  }
  return { version, publicKey };
}

/** Vault returns the 32 raw bytes (RFC 8032, section 5.1.5). */
function readEd25519(base64: string): ReturnType<typeof createPublicKey> {
  const x = Buffer.from(base64, 'base64').toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}
