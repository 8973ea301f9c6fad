import { generateKeyPairSync, randomBytes, type JsonWebKey, type KeyObject } from 'node:crypto';
import type { DocsMode } from 'nestjs-mintlify-personalization';

/** A key pair made for this run of the tests: no private key is kept in the repository. */
export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** A fresh pair on a curve: P-256 unless another is named. */
export const ecPair = (namedCurve = 'P-256'): KeyPair => generateKeyPairSync('ec', { namedCurve });

/** A fresh Ed25519 pair. */
export const edPair = (): KeyPair => generateKeyPairSync('ed25519');

/** The pair that tests sign with. */
export const docsKeys: KeyPair = ecPair();
/** The pair that tests sign with for private docs. */
export const privateDocsKeys: KeyPair = edPair();
/** The pair for each mode. */
export const KEYS_BY_MODE: Readonly<Record<DocsMode, KeyPair>> = {
  personalization: docsKeys,
  authentication: privateDocsKeys,
};

/** PKCS#8 PEM, as the dashboard gives it. */
export const pkcs8 = ({ privateKey }: KeyPair = docsKeys): string =>
  privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();

/** SEC1 PEM, as `openssl ec` gives it. */
export const sec1 = ({ privateKey }: KeyPair = docsKeys): string =>
  privateKey.export({ format: 'pem', type: 'sec1' }).toString();

/** What `openssl ecparam -genkey` writes: the name of the curve, then the key. */
export const ecparamGenkey = (pair: KeyPair = docsKeys): string =>
  `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${sec1(pair)}`;

/** PEM of a public key. */
export const spki = ({ publicKey }: KeyPair = docsKeys): string =>
  publicKey.export({ format: 'pem', type: 'spki' }).toString();

/** The private key as a JWK. */
export const privateJwk = ({ privateKey }: KeyPair = docsKeys): JsonWebKey =>
  privateKey.export({ format: 'jwk' });

/** What `ssh-keygen` writes, by its frame alone. */
export const OPENSSH = `\
-----BEGIN OPENSSH PRIVATE KEY-----
${Buffer.from(`openssh-key-v1\0${randomBytes(150).toString('latin1')}`, 'latin1').toString('base64')}
-----END OPENSSH PRIVATE KEY-----
`;

/** A certificate whose key was thrown away. */
export const CERTIFICATE = `\
-----BEGIN CERTIFICATE-----
MIIBhTCCASugAwIBAgIUa+EMwafIOX54gD0qaE0fOEQxfLAwCgYIKoZIzj0EAwIw
FzEVMBMGA1UEAwwMZG9jcy5mb28uY29tMCAXDTI2MTEyMzAzNDQ1MFoYDzIxMjYx
MDMwMDM0NDUwWjAXMRUwEwYDVQQDDAxkb2NzLmZvby5jb20wWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAARi8mPcluOTkBj0lQfvR+JueAebHW7NBATyi7UszmCWhDxr
Cc50uRAu+Fe9PTL0Chu7At7GuIGsvp7A/uYLMRTxo1MwUTAdBgNVHQ4EFgQUrDvf
X8rOQf2truxXuR2LVgzGzbAwHwYDVR0jBBgwFoAUrDvfX8rOQf2truxXuR2LVgzG
zbAwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiBpEneviM8AeUoc
Yw2lPnOiSRzGF6ZXwHSQhfSM6/e3kwIhAO2wEqVQU0v3T27yWI2qgzmOm4cwm3qY
/FQlIzWY3fHG
-----END CERTIFICATE-----
`;
