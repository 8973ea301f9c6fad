import { createSecretKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  CERTIFICATE,
  docsKeys,
  ecPair,
  ecparamGenkey,
  OPENSSH,
  pkcs8,
  privateJwk,
  sec1,
  spki,
} from '../../../support/keys.support.js';
import { formMistakesOf } from './key-form-mistakes.contract.js';
import { describeRefusals, refusalOf as refusalIn, type Refusal } from './private-key.refusals.contract.js';

const pem = (key: KeyObject): string => key.export({ format: 'pem', type: 'pkcs8' }).toString();
const jwk = (key: KeyObject) => key.export({ format: 'jwk' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
const p384 = ecPair('P-384').privateKey;
const p521 = ecPair('P-521').privateKey;
const koblitz = ecPair('secp256k1').privateKey;
const ed25519 = generateKeyPairSync('ed25519').privateKey;
const x25519 = generateKeyPairSync('x25519').privateKey;
const { d, ...publicJwk } = privateJwk();
const { x, y } = privateJwk(ecPair());

const encrypted = docsKeys.privateKey
  .export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'secret' })
  .toString();
const traditional = docsKeys.privateKey
  .export({ format: 'pem', type: 'sec1', cipher: 'aes-256-cbc', passphrase: 'secret' })
  .toString();

/** Another public key where the private key names its own, as bytes: in PKCS#8 it is at the end. */
function mismatchedPem(): string {
  const der = docsKeys.privateKey.export({ format: 'der', type: 'pkcs8' });
  const other = ecPair().privateKey.export({ format: 'der', type: 'pkcs8' });
  const forged = Buffer.concat([der.subarray(0, -64), other.subarray(-64)]);
  return `-----BEGIN PRIVATE KEY-----\n${forged.toString('base64')}\n-----END PRIVATE KEY-----\n`;
}

/** What is between the BEGIN and the END line. */
const bodyOf = (pemText: string): string => pemText.replaceAll(/-----.*-----/g, '');

/** Every mistake, by what its message must say. One line each: all messages differ. */
const REFUSALS: Refusal[] = [
  ['is empty or undefined', undefined, null, '', '  \n\t'],
  [
    'is a public key',
    spki(),
    publicJwk,
    JSON.stringify(publicJwk),
    docsKeys.publicKey,
    jwk(ecPair('P-384').publicKey),
    docsKeys.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    docsKeys.publicKey.export({ format: 'der', type: 'spki' }),
  ],
  [
    'is an encrypted private key',
    encrypted,
    traditional,
    encrypted.replaceAll('\n', '\\n'),
    traditional.replaceAll('\n', ' '),
  ],
  ['is a certificate', CERTIFICATE, Buffer.from(CERTIFICATE).toString('base64'), bodyOf(CERTIFICATE)],
  ['wrong kind (RSA)', pem(rsa), jwk(rsa), rsa, rsa.export({ format: 'pem', type: 'pkcs1' }).toString()],
  ['wrong kind (P-384)', pem(p384), jwk(p384), p384, sec1({ ...docsKeys, privateKey: p384 })],
  ['wrong kind (P-521)', pem(p521), jwk(p521), p521],
  ['wrong kind (secp256k1)', pem(koblitz), jwk(koblitz), koblitz],
  ['wrong kind (Ed25519)', pem(ed25519), jwk(ed25519), ed25519],
  ['wrong kind (X25519)', pem(x25519), jwk(x25519), x25519],
  ['does not match its private part', { ...privateJwk(), x, y }, { ...privateJwk(), y }, mismatchedPem()],
  [
    'several keys or certificates in one text',
    pkcs8() + pkcs8(ecPair()),
    pkcs8() + spki(),
    CERTIFICATE + pkcs8(),
  ],
  [
    'a JWK Set',
    { keys: [privateJwk()] },
    JSON.stringify({ keys: [privateJwk()] }),
    JSON.stringify([privateJwk()]),
  ],
  [
    'is neither a PEM text nor a JWK',
    'garbage',
    'hunter2-hunter2',
    d,
    '%%%',
    // Begins as DER does, and is none.
    Buffer.from(`0${'\u00FF'.repeat(40)}`, 'latin1').toString('base64'),
  ],
  [
    'what is inside is not a private key',
    pkcs8().replace(/\n.{20}/, '\n'),
    pkcs8().replace(/\n.{64}/, '\n????'),
  ],
  ['is a symmetric key', createSecretKey(randomBytes(32)), { kty: 'oct', k: 'c2VjcmV0LXNlY3JldC1zZWNyZXQ' }],
  ['holds curve parameters and no key', ecparamGenkey().slice(0, 75)],
  ['begins like JSON, but is not', JSON.stringify(privateJwk()).slice(0, -30), '{"kty": EC}'],
  ['has no "kty"', '{}', JSON.stringify({ key: d })],
  [
    'not for signing with ES256',
    { ...privateJwk(), use: 'enc' },
    { ...privateJwk(), use: 'signature' },
    { ...privateJwk(), alg: 'ES384' },
    { ...privateJwk(), alg: 'EdDSA' },
    { ...privateJwk(), alg: 256 },
    { ...privateJwk(), key_ops: ['verify'] },
  ],
  [
    'private part that is not on P-256',
    { ...privateJwk(), d: '' },
    { ...privateJwk(), d: `${String(d)}AAAA` },
    { ...privateJwk(), d: 5 },
  ],
  ["is in OpenSSH's own format", OPENSSH, Buffer.from(OPENSSH).toString('base64')],
  [
    '"kid" is not a text',
    { ...privateJwk(), kid: 5 },
    JSON.stringify({ ...privateJwk(), kid: null }),
    { ...privateJwk(), kid: ' ' },
    { ...privateJwk(), kid: ['a'] },
  ],
  ['nor a TokenSigner', 5, true, {}, () => pkcs8(), { pem: 'none' }, new Date()],
  ...formMistakesOf(docsKeys),
];

const refusalOf = (key: unknown) => refusalIn(key, 'personalization');

describeRefusals('personalization', REFUSALS);

describe('importPrivateKey for personalization refuses', () => {
  it.each([
    ['numbers for the public part', { ...privateJwk(), x: 123_456_789, y: 1 }],
    ['no public part', { ...privateJwk(), x: undefined, y: undefined }],
    ['objects for parts', { ...privateJwk(), x: {}, d: {} }],
    ['a kind that does not fit its curve', { ...privateJwk(), kty: 'OKP' }],
    ['a curve of its own', { ...privateJwk(), crv: String(d) }],
    ['a kind of its own', { kty: String(d), d }],
    ['a number for its curve', { ...privateJwk(), crv: 256 }],
  ])('a JWK with %s, and says nothing of it', async (_, key) => {
    const { code, message } = await refusalOf(key);
    expect(code).toBe('invalid_signing_key');
    expect(message).not.toContain('123');
    expect(message).not.toContain(String(d).slice(0, 8));
  });

  it('a curve that has no name here, without repeating what it is called', async () => {
    const { message } = await refusalOf(ecPair('brainpoolP256r1').privateKey);
    expect(message).toContain('wrong kind (none known here)');
  });
});
