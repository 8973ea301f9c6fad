import { createHmac, generateKeyPairSync, sign as signBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import { parsePublicKeys } from '../../../libs/mintlify-docs-emulator/src/keys/public-key.parser.js';
import { verifyPrivateToken } from '../../../libs/mintlify-docs-emulator/src/token/private-token.verifier.js';
import { TokenRefusal } from '../../../libs/mintlify-docs-emulator/src/token/token.refusal.js';
import { TokenUses } from '../../../libs/mintlify-docs-emulator/src/token/token.uses.js';
import { signPrivateToken } from '../../support/private-docs.support.js';

const site = generateKeyPairSync('ed25519');
const other = generateKeyPairSync('ed25519');
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const keys = parsePublicKeys([site.publicKey], 'authentication');
const address = { hostName: 'docs.initech.test', origin: 'http://docs.initech.test:3002' };
const NOW_MS = 1_800_000_000_900;
const NOW = Math.floor(NOW_MS / 1000);
const user = {
  expiresAt: NOW + 3_600,
  groups: ['support'],
  content: { firstName: 'Peter' },
  apiPlaygroundInputs: { header: { 'X-API-Key': 'demo' } },
};
const claims = { ...user, host: 'docs.initech.test', iat: NOW, exp: NOW + 10 };

const token = (changes: object = {}, header?: object, key = site.privateKey) =>
  signPrivateToken({ ...claims, ...changes }, key, header);
const verify = (text: string, rules: object = {}, nowMs = NOW_MS) =>
  verifyPrivateToken(text, { keys, address, uses: new TokenUses(), ...rules }, nowMs);

async function refusal(text: string, rules: object = {}): Promise<TokenRefusal> {
  const error: unknown = await verify(text, rules).catch((reason: unknown) => reason);
  if (error instanceof TokenRefusal) return error;
  throw new Error('the token was not refused', { cause: error });
}

describe('verifyPrivateToken', () => {
  it('answers the user data of a token that node:crypto signed', async () => {
    await expect(verify(token())).resolves.toEqual(user);
  });

  it('answers the user data of a token that jose signed', async () => {
    const signed = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'EdDSA', typ: 'JWT' })
      .sign(site.privateKey);
    await expect(verify(signed)).resolves.toEqual(user);
  });

  it('tries the keys in turn for a token without a kid, and the named one alone for one with it', async () => {
    const both = parsePublicKeys([other.publicKey, site.publicKey], 'authentication');
    await expect(verify(token(), { keys: both })).resolves.toEqual(user);
    const named = parsePublicKeys(
      [
        { ...other.publicKey.export({ format: 'jwk' }), kid: 'old' },
        { ...site.publicKey.export({ format: 'jwk' }), kid: 'new' },
      ],
      'authentication',
    );
    const withKid = (kid: unknown) => token({}, { alg: 'EdDSA', kid });
    await expect(verify(withKid('new'), { keys: named })).resolves.toEqual(user);
    expect((await refusal(withKid('old'), { keys: named })).code).toBe('wrong-key');
    expect((await refusal(withKid('none'), { keys: named })).code).toBe('wrong-key');
    expect((await refusal(withKid(7))).code).toBe('malformed');
  });

  it.each([
    ['exp ten seconds ahead', { exp: NOW + 10 }],
    ['exp in the next second', { exp: NOW + 1 }],
    ['iat 300 seconds ago', { iat: NOW - 300 }],
    ['iat 30 seconds ahead', { iat: NOW + 30 }],
    ['the origin as aud', { aud: address.origin }],
    ['the origin in a list as aud', { aud: ['other', address.origin] }],
    ['a thousand groups', { groups: Array.from({ length: 1_000 }, () => 'g') }],
    ['a group of 256 characters', { groups: ['g'.repeat(256)] }],
    ['no user data', { expiresAt: undefined, groups: undefined, content: undefined }],
  ])('accepts %s', async (_, changes) => {
    await expect(verify(token(changes))).resolves.toBeDefined();
  });

  it.each([
    ['no exp', { exp: undefined }, 'expiry-missing', /has no exp/],
    ['exp in words', { exp: 'soon' }, 'expiry-missing', /has no exp/],
    ['exp with a fraction', { exp: NOW + 5.5 }, 'expiry-missing', /exp is not a whole number/],
    ['exp in this second', { exp: NOW }, 'expired', /expired 0 seconds ago/],
    ['exp in the past', { exp: NOW - 60 }, 'expired', /expired 60 seconds ago/],
    ['exp eleven seconds ahead', { exp: NOW + 11 }, 'expiry-too-far', /in 11 seconds/],
    ['exp in milliseconds', { exp: NOW_MS }, 'expiry-too-far', /looks like milliseconds/],
    ['no iat', { iat: undefined }, 'issued-at-missing', /has no iat/],
    ['iat in words', { iat: 'now' }, 'malformed', /iat is not of the right type/],
    ['iat with a fraction', { iat: NOW - 0.5 }, 'issued-at-missing', /not a whole number/],
    ['iat 301 seconds ago', { iat: NOW - 301 }, 'issued-too-long-ago', /more than 300 seconds ago/],
    ['iat 31 seconds ahead', { iat: NOW + 31 }, 'issued-in-future', /more than 30 seconds ahead.*clocks/],
    ['iat in milliseconds', { iat: NOW_MS - 900 }, 'issued-in-future', /looks like milliseconds/],
    ['nbf ahead', { nbf: NOW + 5 }, 'not-yet-valid', /not valid yet/],
    ['no host', { host: undefined }, 'host-missing', /set host to docs\.initech\.test/],
    ['another host', { host: 'docs.foo.com' }, 'wrong-host', /exactly docs\.initech\.test/],
    ['host in capitals', { host: 'Docs.Initech.test' }, 'wrong-host', /lower case/],
    ['host with a port', { host: 'docs.initech.test:3002' }, 'wrong-host', /without scheme, port/],
    ['host with a scheme', { host: 'http://docs.initech.test' }, 'wrong-host', /without scheme/],
    ['host with a dot at the end', { host: 'docs.initech.test.' }, 'wrong-host', /exactly/],
    ['host in a list', { host: ['docs.initech.test'] }, 'wrong-host', /exactly/],
    [
      'another aud',
      { aud: 'http://docs.foo.com' },
      'wrong-audience',
      /set it to http:\/\/docs\.initech\.test:3002/,
    ],
    ['the host name as aud', { aud: 'docs.initech.test' }, 'wrong-audience', /the origin of these docs/],
    ['an empty list as aud', { aud: [] }, 'wrong-audience', /audience/],
    ['jti that is a number', { jti: 7 }, 'malformed', /jti is not of the right type/],
    ['an empty jti', { jti: '' }, 'malformed', /jti is not of the right type/],
    ['groups that are no list', { groups: 'support' }, 'invalid-data', /`groups` must be a list/],
    ['too many groups', { groups: Array.from({ length: 1_001 }, () => 'g') }, 'invalid-data', /1,000 groups/],
    ['a group that is too long', { groups: ['g'.repeat(257)] }, 'invalid-data', /256 characters/],
    ['content that is no object', { content: [] }, 'invalid-data', /`content` must be an object/],
    ['expiresAt in the past', { expiresAt: NOW }, 'session-over', /expiresAt is already past/],
    ['too much of everything', { content: { text: 'x'.repeat(32_768) } }, 'too-large', /32,768 characters/],
  ])('refuses %s', async (_, changes, code, message) => {
    const error = await refusal(token(changes));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  it.each(['none', 'Ed25519', 'ES256', 'HS256', 'eddsa', undefined])(
    'refuses the algorithm %s',
    async (alg) => {
      const error = await refusal(token({}, { alg }));
      expect(error.code).toBe('wrong-algorithm');
      expect(error.message).toMatch(/authentication accepts EdDSA alone.*Ed25519 private key/);
    },
  );

  it('refuses a signature of the other mode, and one made with the public key as a secret', async () => {
    const input = token().split('.').slice(0, 2).join('.');
    const es256 = signBytes('sha256', Buffer.from(input), {
      key: p256.privateKey,
      dsaEncoding: 'ieee-p1363',
    });
    const hmac = createHmac('sha256', site.publicKey.export({ type: 'spki', format: 'pem' })).update(input);
    for (const signature of [es256.toString('base64url'), hmac.digest('base64url'), 'AA']) {
      expect((await refusal(`${input}.${signature}`)).code).toBe('wrong-key');
    }
  });

  it('refuses another key, and a payload that was changed after signing', async () => {
    expect((await refusal(token({}, undefined, other.privateKey))).code).toBe('wrong-key');
    const [header, , signature] = token().split('.');
    const [, payload] = token({ groups: ['admin'] }).split('.');
    expect((await refusal([header, payload, signature].join('.'))).code).toBe('wrong-key');
  });

  it('does not trust a key that the token brings along', async () => {
    const jwk = other.publicKey.export({ format: 'jwk' });
    const brought = token({}, { alg: 'EdDSA', jwk }, other.privateKey);
    expect((await refusal(brought)).code).toBe('wrong-key');
  });

  it.each(['', 'hello', 'a.b.c', 'jwt=a.b.c&anchor=step-one'])('refuses %j as no token', async (text) => {
    const error = await refusal(text);
    expect(error.code).toBe('malformed');
    expect(error.message).toMatch(/whole fragment as the token/);
  });

  it('takes a token with a jti once, and any number without', async () => {
    const uses = new TokenUses();
    const once = token({ jti: 'a1' });
    await expect(verify(once, { uses })).resolves.toEqual(user);
    const error = await refusal(once, { uses });
    expect(error.code).toBe('already-used');
    expect(error.message).toMatch(/used already/);
    await expect(verify(token({ jti: 'a2' }), { uses })).resolves.toEqual(user);
    await expect(verify(token(), { uses })).resolves.toEqual(user);
    await expect(verify(token(), { uses })).resolves.toEqual(user);
  });

  it('takes one of many uses at the same time', async () => {
    const uses = new TokenUses();
    const once = token({ jti: 'race' });
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => verify(once, { uses })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('does not use up a token that it refuses', async () => {
    const uses = new TokenUses();
    expect((await refusal(token({ jti: 'a1', host: 'x' }), { uses })).code).toBe('wrong-host');
    await expect(verify(token({ jti: 'a1' }), { uses })).resolves.toEqual(user);
  });

  it('never holds the token, or a claim of it, in a message', async () => {
    for (const changes of [{ host: 'secret-host' }, { aud: 'secret-host' }, { jti: 7 }, { exp: 1 }]) {
      const text = token(changes);
      const { message } = await refusal(text);
      expect(message).not.toContain(text);
      expect(message).not.toContain('secret-host');
    }
  });
});

describe('TokenUses', () => {
  it('remembers an id until its token has expired, and no longer', () => {
    const uses = new TokenUses();
    expect(uses.claim('a', 110, 100_000)).toBe(true);
    expect(uses.claim('a', 110, 109_999)).toBe(false);
    expect(uses.claim('a', 120, 110_000)).toBe(true);
  });
});
