import type { DocsMode } from '../ports/docs-site.js';
import type { SignatureAlgorithm } from '../ports/token-signer.js';

/** @internal The kind of key that a mode signs with. */
export interface KeyKind {
  readonly mode: DocsMode;
  readonly algorithm: SignatureAlgorithm;
  /** JWK members (RFC 7518, section 6.2; RFC 8037, section 2). */
  readonly kty: 'EC' | 'OKP';
  readonly crv: 'P-256' | 'Ed25519';
  /** The accepted values of `alg` in a JWK: the name above, and its newer name (RFC 9864, section 2.2). */
  readonly jwkAlgorithms: readonly string[];
  /** How to get such a key. */
  readonly fix: string;
}

/** @internal The key kinds by mode: only the mode decides on the algorithm. */
export const KEY_KINDS: Readonly<Record<DocsMode, KeyKind>> = {
  personalization: {
    mode: 'personalization',
    algorithm: 'ES256',
    kty: 'EC',
    crv: 'P-256',
    jwkAlgorithms: ['ES256'],
    fix:
      'Use the P-256 private key that the Mintlify dashboard generated for you (PKCS#8 PEM), or make one with ' +
      '"openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256".',
  },
  authentication: {
    mode: 'authentication',
    algorithm: 'EdDSA',
    kty: 'OKP',
    crv: 'Ed25519',
    jwkAlgorithms: ['EdDSA', 'Ed25519'],
    fix:
      'Use the Ed25519 private key that the Mintlify dashboard generated for you (PKCS#8 PEM), or make one with ' +
      '"openssl genpkey -algorithm ED25519".',
  },
};

/** The display names of common keys, by Node's and JOSE's names. */
const NAMES: Record<string, string> = {
  prime256v1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
  secp256k1: 'secp256k1',
  rsa: 'RSA',
  'rsa-pss': 'RSA-PSS',
  dsa: 'DSA',
  ed25519: 'Ed25519',
  ed448: 'Ed448',
  x25519: 'X25519',
  x448: 'X448',
};

/**
 * The name of a kind of key, for a message.
 *
 * Only returns names from the list: any other string may be part of the key.
 *
 * @internal
 */
export function nameKeyKind(kind: string): string {
  const name = NAMES[kind] ?? kind;
  return Object.values(NAMES).includes(name) ? name : 'none known here';
}
