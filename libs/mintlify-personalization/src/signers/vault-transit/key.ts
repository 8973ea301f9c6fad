import { createPublicKey } from 'node:crypto';
import {
  invalidServiceKeyError,
  readServicePublicKey,
  type ServicePublicKey,
} from '../service/service-public-key.js';
import { invalidOptionError } from '../service/signer-options.js';

const WHERE = 'The Vault key';
const TYPES = new Set(['ecdsa-p256', 'ed25519']);

/** @internal One version of a key: rotation makes a new one, with a public key of its own. */
export interface VaultKey {
  readonly version: number;
  readonly publicKey: ServicePublicKey;
}

/**
 * Reads Vault's answer about a key, and picks the version to sign with.
 *
 * @internal
 * @param data of `GET /v1/transit/keys/:name`
 * @param wanted a version; the latest by default
 * @throws MintlifyPersonalizationError `invalid_signing_key`, or `invalid_option` where there is no such version
 */
export function readVaultKey(data: Record<string, unknown>, wanted: number | undefined): VaultKey {
  const { type, derived, keys } = data;
  if (!TYPES.has(String(type))) {
    throw invalidServiceKeyError(
      WHERE,
      'is of a type that cannot sign for the docs. Make one of the type ecdsa-p256 or ed25519',
    );
  }
  if (derived === true)
    throw invalidServiceKeyError(WHERE, 'derives a key for each context. Make one with derived=false');
  const version = wanted ?? Number(data.latest_version);
  // Named after encryption, it is the least version for signing, too.
  if (wanted !== undefined && wanted < Number(data.min_encryption_version ?? 0)) {
    throw invalidOptionError('keyVersion', 'is older than the least that the key may sign with');
  }
  const entry = (Object(keys) as Record<string, { public_key?: unknown } | undefined>)[version];
  if (entry === undefined)
    throw invalidOptionError('keyVersion', 'is no version of the Vault key that is there');
  const text = String(entry.public_key);
  const publicKey = readServicePublicKey(WHERE, () =>
    type === 'ed25519' ? readEd25519(text) : createPublicKey(text),
  );
  if ((publicKey.algorithm === 'EdDSA') !== (type === 'ed25519')) {
    throw invalidServiceKeyError(WHERE, 'came with a public key of another type');
  }
  return { version, publicKey };
}

/** Vault gives the 32 bytes themselves (RFC 8032, section 5.1.5). */
function readEd25519(base64: string): ReturnType<typeof createPublicKey> {
  const x = Buffer.from(base64, 'base64').toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}
