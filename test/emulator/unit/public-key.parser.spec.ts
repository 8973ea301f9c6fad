import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { parsePublicKeys } from '../../../libs/mintlify-docs-emulator/src/keys/public-key.parser.js';

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const publicPem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const publicJwk = pair.publicKey.export({ format: 'jwk' });

describe('parsePublicKeys', () => {
  it.each([
    ['SPKI PEM text', publicPem],
    ['PEM with literal \\n, as environment variables hold it', publicPem.replaceAll('\n', String.raw`\n`)],
    ['a public JWK', publicJwk],
    ['a public JWK as JSON text', JSON.stringify(publicJwk)],
    ['a public KeyObject', pair.publicKey],
    ['a private KeyObject, of which it takes the public half', pair.privateKey],
  ])('reads %s', (_, input) => {
    const [key] = parsePublicKeys([input], 'personalization');
    expect(key?.key.type).toBe('public');
    expect(key?.key.export({ format: 'jwk' })).toEqual(publicJwk);
  });

  const ed25519 = generateKeyPairSync('ed25519');
  const edPem = ed25519.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const edJwk = ed25519.publicKey.export({ format: 'jwk' });
  it.each([
    ['SPKI PEM text', edPem],
    ['a public JWK', edJwk],
    ['a public JWK as JSON text', JSON.stringify(edJwk)],
    ['a public KeyObject', ed25519.publicKey],
    ['a private KeyObject, of which it takes the public half', ed25519.privateKey],
  ])('reads an Ed25519 key for authentication from %s', (_, input) => {
    const [key] = parsePublicKeys([input], 'authentication');
    expect(key?.key.type).toBe('public');
    expect(key?.key.export({ format: 'jwk' })).toEqual(edJwk);
  });

  it.each([
    ['a P-256 key', pair.publicKey, /kind prime256v1: authentication uses EdDSA, so give an Ed25519 key/],
    ['an Ed448 key', generateKeyPairSync('ed448').publicKey, /kind ed448.*Ed25519/],
    ['an X25519 key', generateKeyPairSync('x25519').publicKey, /kind x25519.*Ed25519/],
    ['a private OKP JWK', ed25519.privateKey.export({ format: 'jwk' }), /private JWK: leave out `d`/],
  ])('refuses %s for authentication, and names the entry', (_, input, message) => {
    expect(() => parsePublicKeys([edPem, input], 'authentication')).toThrow(message);
    expect(() => parsePublicKeys([edPem, input], 'authentication')).toThrow(/publicKeys\[1\]/);
  });

  it('keeps the kid of a JWK, and the order of the list', () => {
    const keys = parsePublicKeys([{ ...publicJwk, kid: 'new' }, publicPem], 'personalization');
    expect(keys.map(({ kid }) => kid)).toEqual(['new', undefined]);
  });

  it('refuses an empty list', () => {
    expect(() => parsePublicKeys([], 'personalization')).toThrow(/publicKeys is empty: give the public half/);
  });

  const privatePem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  it.each([
    ['a private PEM', privatePem, /private key: give its public half/],
    ['a private JWK', pair.privateKey.export({ format: 'jwk' }), /private JWK: leave out `d`/],
    ['plain text', 'hello', /no public key: the text must begin with/],
    ['an empty text', '', /no public key/],
    ['a PEM that is cut short', `${publicPem.slice(0, 70)}\n-----END PUBLIC KEY-----`, /cut short/],
    ['text that only begins like JSON', '{"kty":', /begins like a JWK but is not one/],
    ['a JWK without a key', { kty: 'EC' }, /cut short/],
    ['an RSA key', generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey, /kind rsa.*P-256/],
    ['an Ed25519 key', generateKeyPairSync('ed25519').publicKey, /kind ed25519.*P-256/],
    ['a P-384 key', generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey, /kind secp384r1.*P-256/],
  ])('refuses %s, and names the entry', (_, input, message) => {
    expect(() => parsePublicKeys([publicPem, input], 'personalization')).toThrow(message);
    expect(() => parsePublicKeys([publicPem, input], 'personalization')).toThrow(/publicKeys\[1\]/);
  });

  it('shows no part of a private key in its message', () => {
    const secret = String(pair.privateKey.export({ format: 'jwk' }).d);
    for (const input of [privatePem, { ...publicJwk, d: secret }, `{"d":"${secret}"`]) {
      let shown = '';
      try {
        parsePublicKeys([input], 'personalization');
      } catch (error) {
        shown = error instanceof Error ? `${error.message} ${String(error.cause)}` : '';
      }
      expect(shown).not.toBe('');
      expect(shown).not.toContain(secret.slice(0, 8));
      expect(shown).not.toContain(privatePem.split('\n')[1]?.slice(-8));
    }
  });
});
