import { createHmac, generateKeyPairSync, sign as signBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import { parsePublicKeys } from '../../../libs/mintlify-docs-emulator/src/keys/public-key.parser.js';
import { TokenRefusal } from '../../../libs/mintlify-docs-emulator/src/token/token.refusal.js';
import { verifyToken } from '../../../libs/mintlify-docs-emulator/src/token/token.verifier.js';

const site = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const keys = parsePublicKeys([site.publicKey], 'personalization');
const NOW_MS = 1_800_000_000_900;
const NOW = Math.floor(NOW_MS / 1000);
const user = {
  expiresAt: NOW + 1_209_600,
  groups: ['admin', 'engineering'],
  content: { firstName: 'Ada' },
  apiPlaygroundInputs: { header: { 'X-API-Key': 'demo' } },
};

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signs with node:crypto alone, so that header and payload can be wrong in any way. */
function forge(payload: object, header: object = { alg: 'ES256' }, key: KeyObject = site.privateKey): string {
  const input = `${encode(header)}.${encode(payload)}`;
  const signature = signBytes('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

async function refusal(token: string, keyring = keys): Promise<TokenRefusal> {
  const error: unknown = await verifyToken(token, keyring, NOW_MS).catch((reason: unknown) => reason);
  if (error instanceof TokenRefusal) return error;
  throw new Error('the token was not refused', { cause: error });
}

describe('verifyToken', () => {
  it('answers the user data of a token that jose signed', async () => {
    const token = await new SignJWT({ ...user, exp: NOW + 10, iat: NOW })
      .setProtectedHeader({ alg: 'ES256' })
      .sign(site.privateKey);
    await expect(verifyToken(token, keys, NOW_MS)).resolves.toEqual(user);
  });

  it('answers the user data of a token that node:crypto signed', async () => {
    await expect(verifyToken(forge({ ...user, exp: NOW + 1 }), keys, NOW_MS)).resolves.toEqual(user);
  });

  it('takes over the four known keys of the payload and no other', async () => {
    const token = forge({ exp: NOW + 5, host: 'docs.foo.com', role: 'root', content: {} });
    await expect(verifyToken(token, keys, NOW_MS)).resolves.toEqual({ content: {} });
  });

  it('tries the keys in turn for a token without a kid', async () => {
    const both = parsePublicKeys([other.publicKey, site.publicKey], 'personalization');
    await expect(verifyToken(forge({ exp: NOW + 5 }), both, NOW_MS)).resolves.toEqual({});
  });

  it('uses the key that the kid names, and that one alone', async () => {
    const named = parsePublicKeys(
      [
        { ...other.publicKey.export({ format: 'jwk' }), kid: 'old' },
        { ...site.publicKey.export({ format: 'jwk' }), kid: 'new' },
      ],
      'personalization',
    );
    const token = (kid: string) => forge({ exp: NOW + 5 }, { alg: 'ES256', kid });
    await expect(verifyToken(token('new'), named, NOW_MS)).resolves.toEqual({});
    expect((await refusal(token('old'), named)).code).toBe('wrong-key');
    expect((await refusal(token('unknown'), named)).message).toMatch(/names a key id \(kid\)/);
  });

  it('tries keys without a kid for a token whose kid no key carries', async () => {
    const token = forge({ exp: NOW + 5 }, { alg: 'ES256', kid: 'mine' });
    await expect(verifyToken(token, keys, NOW_MS)).resolves.toEqual({});
  });

  it('accepts exp up to ten seconds ahead, and refuses the eleventh', async () => {
    await expect(verifyToken(forge({ exp: NOW + 10 }), keys, NOW_MS)).resolves.toEqual({});
    const { code, message } = await refusal(forge({ exp: NOW + 11 }));
    expect(code).toBe('expiry-too-far');
    expect(message).toMatch(/in 11 seconds, where at most 10 are allowed.*expiresAt/);
  });

  it('says so when exp looks like milliseconds', async () => {
    expect((await refusal(forge({ exp: NOW_MS }))).message).toMatch(/looks like milliseconds/);
  });

  it.each([
    ['in this second', 0, /expired 0 seconds ago/],
    ['a second ago', 1, /expired 1 second ago/],
    ['a minute ago', 60, /expired 60 seconds ago.*log in again.*clock/],
  ])('refuses a token that expired %s', async (_, ago, message) => {
    const error = await refusal(forge({ exp: NOW - ago }));
    expect(error.code).toBe('expired');
    expect(error.message).toMatch(message);
  });

  it.each([
    ['no exp', {}],
    ['an exp in words', { exp: 'soon' }],
  ])('refuses a token with %s', async (_, payload) => {
    const error = await refusal(forge(payload));
    expect(error.code).toBe('expiry-missing');
    expect(error.message).toMatch(/has no exp.*at most 10 seconds ahead/);
  });

  it('refuses a token that is signed with another key', async () => {
    const error = await refusal(forge({ exp: NOW + 5 }, { alg: 'ES256' }, other.privateKey));
    expect(error.code).toBe('wrong-key');
    expect(error.message).toMatch(/not signed with a key of this docs site.*public half/);
  });

  it('refuses a token whose payload was changed after signing', async () => {
    const [header, , signature] = forge({ exp: NOW + 5, groups: [] }).split('.');
    const changed = [header, encode({ exp: NOW + 5, groups: ['admin'] }), signature].join('.');
    expect((await refusal(changed)).code).toBe('wrong-key');
  });

  it('refuses HS256 with the public key as the secret', async () => {
    const secret = site.publicKey.export({ type: 'spki', format: 'pem' });
    const input = `${encode({ alg: 'HS256' })}.${encode({ exp: NOW + 5 })}`;
    const error = await refusal(`${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`);
    expect(error.code).toBe('wrong-algorithm');
    expect(error.message).toMatch(/algorithm is HS256, and personalization accepts ES256 alone/);
  });

  it.each(['none', 'EdDSA', 'ES384', 'ES256K', 'RS256'])('refuses the algorithm %s', async (alg) => {
    expect((await refusal(forge({ exp: NOW + 5 }, { alg }))).code).toBe('wrong-algorithm');
  });

  it('does not repeat markup that stands where the algorithm should', async () => {
    const { message } = await refusal(forge({ exp: NOW + 5 }, { alg: '<img src=x>' }));
    expect(message).not.toContain('<img');
  });

  it.each([
    ['', 'an empty text'],
    ['hello', 'a word'],
    ['a.b.c', 'three parts that are no JSON'],
    [`${encode({ alg: 'ES256' })}.${encode({})}`, 'two parts'],
    [`${encode({ alg: 'ES256' })}.a.b.c.d`, 'five parts'],
  ])('refuses %j: %s', async (token) => {
    const error = await refusal(token);
    expect(error.code).toBe('malformed');
    expect(error.message).toMatch(/not a token/);
  });

  it('refuses a token that is not valid yet', async () => {
    const error = await refusal(forge({ exp: NOW + 9, nbf: NOW + 5 }));
    expect(error.code).toBe('not-yet-valid');
  });

  it('refuses a session that is over before it begins', async () => {
    const error = await refusal(forge({ exp: NOW + 5, expiresAt: NOW }));
    expect(error.code).toBe('session-over');
    expect(error.message).toMatch(/expiresAt is already past/);
  });

  it('names the value of the user data that is wrong', async () => {
    const error = await refusal(forge({ exp: NOW + 5, groups: 'admin' }));
    expect(error.code).toBe('invalid-data');
    expect(error.message).toMatch(/`groups` must be a list of strings/);
  });

  it('never holds the token in a message', async () => {
    for (const token of [forge({ exp: 1 }), forge({}), forge({ exp: NOW + 99 }), 'not.a.token']) {
      expect((await refusal(token)).message).not.toContain(token);
    }
  });
});
