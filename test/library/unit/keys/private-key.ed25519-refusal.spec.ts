import { createSecretKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  CERTIFICATE,
  docsKeys,
  ecPair,
  ecparamGenkey,
  edPair,
  OPENSSH,
  pkcs8,
  privateDocsKeys,
  privateJwk,
  sec1,
  spki,
} from '../../../support/keys.support.js';
import { formMistakesOf } from './key-form-mistakes.contract.js';
import { describeRefusals, refusalOf, type Refusal } from './private-key.refusals.contract.js';

const { privateKey, publicKey } = privateDocsKeys;
const pem = (key: KeyObject): string => key.export({ format: 'pem', type: 'pkcs8' }).toString();
const jwk = (key: KeyObject) => key.export({ format: 'jwk' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
const p384 = ecPair('P-384').privateKey;
const ed448 = generateKeyPairSync('ed448').privateKey;
const x25519 = generateKeyPairSync('x25519').privateKey;
const x448 = generateKeyPairSync('x448').privateKey;
const own = privateJwk(privateDocsKeys);
const { d, ...publicJwk } = own;
const seed = Buffer.from(String(d), 'base64url');
const encrypted = privateKey
  .export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'secret' })
  .toString();

const REFUSALS: Refusal[] = [
  ['is empty or undefined', undefined, null, '', '  \n\t'],
  [
    'is a public key',
    spki(privateDocsKeys),
    publicJwk,
    JSON.stringify(publicJwk),
    publicKey,
    spki(docsKeys),
    jwk(docsKeys.publicKey),
  ],
  [
    'is an encrypted private key',
    encrypted,
    encrypted.replaceAll('\n', '\\n'),
    Buffer.from(encrypted).toString('base64'),
    encrypted.replaceAll(/-----.*-----/g, ''),
  ],
  ['is a certificate', CERTIFICATE, Buffer.from(CERTIFICATE).toString('base64')],
  ['wrong kind (P-256)', pkcs8(), sec1(), ecparamGenkey(), privateJwk(), docsKeys.privateKey],
  [
    'wrong kind (RSA)',
    pem(rsa),
    jwk(rsa),
    rsa,
    JSON.stringify(jwk(rsa)),
    rsa.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    rsa.export({ format: 'der', type: 'pkcs1' }),
  ],
  ['wrong kind (P-384)', pem(p384), jwk(p384), p384],
  ['wrong kind (Ed448)', pem(ed448), jwk(ed448), ed448],
  ['wrong kind (X25519)', pem(x25519), jwk(x25519), x25519],
  ['wrong kind (X448)', pem(x448), jwk(x448), x448],
  [
    'does not match its private part',
    { ...own, x: privateJwk(edPair()).x },
    { ...own, x: undefined },
    { ...own, x: 5 },
    JSON.stringify({ ...own, x: privateJwk(edPair()).x }),
  ],
  [
    'several keys or certificates in one text',
    pem(privateKey) + pem(edPair().privateKey),
    pem(privateKey) + spki(privateDocsKeys),
    CERTIFICATE + pem(privateKey),
  ],
  ['a JWK Set', { keys: [own] }, JSON.stringify({ keys: [own] }), JSON.stringify([own])],
  [
    'is neither a PEM text nor a JWK',
    'hunter2-hunter2',
    // The 32 bytes alone, as other libraries print them.
    seed.toString('hex'),
    `${d}`,
    // Bytes that begin like JSON.
    Buffer.from(`{${'\u00FF'.repeat(31)}`, 'latin1').toString('base64'),
    Buffer.from(`[${'\u00FF'.repeat(31)}`, 'latin1').toString('base64url'),
  ],
  ['what is inside is not a private key', pem(privateKey).replace(/\n.{20}/, '\n')],
  ['is a symmetric key', createSecretKey(randomBytes(32)), { kty: 'oct', k: 'c2VjcmV0LXNlY3JldC1zZWNyZXQ' }],
  ["is in OpenSSH's own format", OPENSSH, OPENSSH.replaceAll('\n', '\\n')],
  ['begins like JSON, but is not', JSON.stringify(own).slice(0, -30), '{"kty": OKP}'],
  ['has no "kty"', '{}', JSON.stringify({ key: d }), '{"kty": 5}'],
  [
    '"use", "alg" or "key_ops" is not for signing with EdDSA',
    { ...own, use: 'enc' },
    { ...own, use: '' },
    { ...own, use: null },
    { ...own, alg: 'ES256' },
    { ...own, alg: 'Ed448' },
    { ...own, alg: '' },
    { ...own, key_ops: ['verify'] },
    { ...own, key_ops: [] },
  ],
  [
    'private part that is not on Ed25519',
    { ...own, d: '' },
    { ...own, d: 5 },
    { ...own, d: seed.subarray(1).toString('base64url') },
    // Private and public half in one, as other libraries keep them.
    { ...own, d: Buffer.concat([seed, Buffer.from(String(own.x), 'base64url')]).toString('base64url') },
  ],
  ['"kid" is not a text', { ...own, kid: 5 }, JSON.stringify({ ...own, kid: null }), { ...own, kid: '' }],
  ['nor a TokenSigner', 5, true, {}, () => pem(privateKey), { pem: 'none' }, new Map([['keys', 1]])],
  ...formMistakesOf(privateDocsKeys),
];

describeRefusals('authentication', REFUSALS);

describe('importPrivateKey for authentication refuses', () => {
  it.each([
    ['a kind that does not fit its curve', { ...own, kty: 'EC' }],
    ['a curve of its own', { ...own, crv: String(d) }],
    ['a kind of its own', { kty: String(d), d }],
    ['a curve by the name of what every object has', { ...own, crv: 'constructor' }],
  ])('a JWK with %s, and says nothing of it', async (_, key) => {
    const { code, message } = await refusalOf(key, 'authentication');
    expect(code).toBe('invalid_signing_key');
    expect(message).not.toContain(String(d).slice(0, 8));
    expect(message).not.toMatch(/constructor|native/);
  });

  it('names the mode, and what makes a key for it', async () => {
    const { message } = await refusalOf(pkcs8(), 'authentication');
    expect(message).toContain("mode 'authentication' signs with Ed25519 (EdDSA) alone");
    expect(message).toContain('"openssl genpkey -algorithm ED25519"');
  });
});
