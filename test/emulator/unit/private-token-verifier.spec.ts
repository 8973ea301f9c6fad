import { createHmac, generateKeyPairSync, sign as signBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import { parsePublicKeys } from '../../../libs/mintlify-docs-emulator/src/keys/public-key-parser.js';
import { verifyPrivateToken } from '../../../libs/mintlify-docs-emulator/src/token/private-token-verifier.js';
import { TokenRefusedError } from '../../../libs/mintlify-docs-emulator/src/token/token-refused-error.js';
import { JtiReplayStore } from '../../../libs/mintlify-docs-emulator/src/token/jti-replay-store.js';
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
  verifyPrivateToken(text, { keys, address, replayStore: new JtiReplayStore(), ...rules }, nowMs);

async function refusal(text: string, rules: object = {}): Promise<TokenRefusedError> {
  const error: unknown = await verify(text, rules).catch((reason: unknown) => reason);
  if (error instanceof TokenRefusedError) return error;
  throw new Error('the token was not refused', { cause: error });
}

describe('verifyPrivateToken', () => {
  it('returns the user data of a token that node:crypto signed', async () => {
    await expect(verify(token())).resolves.toEqual(user);
  });

  it('returns the user data of a token that jose signed', async () => {
    const signed = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'EdDSA', typ: 'JWT' })
      .sign(site.privateKey);
    await expect(verify(signed)).resolves.toEqual(user);
  });

  it('tries the keys in turn for a token without a kid, and only the named one for a token with a kid', async () => {
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
    ['exp that is a string', { exp: 'soon' }, 'expiry-missing', /has no exp/],
    ['exp with a fraction', { exp: NOW + 5.5 }, 'expiry-missing', /exp is not an integer/],
    ['exp in this second', { exp: NOW }, 'expired', /expired 0 seconds ago/],
    ['exp in the past', { exp: NOW - 60 }, 'expired', /expired 60 seconds ago/],
    ['exp eleven seconds ahead', { exp: NOW + 11 }, 'expiry-too-far', /in 11 seconds/],
    ['exp in milliseconds', { exp: NOW_MS }, 'expiry-too-far', /looks like milliseconds/],
    ['no iat', { iat: undefined }, 'issued-at-missing', /has no iat/],
    ['iat that is a string', { iat: 'now' }, 'malformed', /iat has the wrong type/],
    ['iat with a fraction', { iat: NOW - 0.5 }, 'issued-at-missing', /not an integer/],
    ['iat 301 seconds ago', { iat: NOW - 301 }, 'issued-too-long-ago', /more than 300 seconds ago/],
    [
      'iat 31 seconds ahead',
      { iat: NOW + 31 },
      'issued-in-future',
      /more than 30 seconds in the future.*clocks/,
    ],
    ['iat in milliseconds', { iat: NOW_MS - 900 }, 'issued-in-future', /looks like milliseconds/],
    ['nbf ahead', { nbf: NOW + 5 }, 'not-yet-valid', /not valid yet/],
    ['no host', { host: undefined }, 'host-missing', /Set host to docs\.initech\.test/],
    ['another host', { host: 'docs.foo.com' }, 'wrong-host', /exactly docs\.initech\.test/],
    ['host in uppercase', { host: 'Docs.Initech.test' }, 'wrong-host', /lower case/],
    ['host with a port', { host: 'docs.initech.test:3002' }, 'wrong-host', /without scheme, port/],
    ['host with a scheme', { host: 'http://docs.initech.test' }, 'wrong-host', /without scheme/],
    ['host with a trailing dot', { host: 'docs.initech.test.' }, 'wrong-host', /exactly/],
    ['host in a list', { host: ['docs.initech.test'] }, 'wrong-host', /exactly/],
    [
      'another aud',
      { aud: 'http://docs.foo.com' },
      'wrong-audience',
      /set it to http:\/\/docs\.initech\.test:3002/,
    ],
    ['the host name as aud', { aud: 'docs.initech.test' }, 'wrong-audience', /the origin of these docs/],
    ['an empty list as aud', { aud: [] }, 'wrong-audience', /audience/],
    ['jti that is a number', { jti: 7 }, 'malformed', /jti has the wrong type/],
    ['an empty jti', { jti: '' }, 'malformed', /jti has the wrong type/],
    ['groups that are not a list', { groups: 'support' }, 'invalid-data', /`groups` must be a list/],
    ['too many groups', { groups: Array.from({ length: 1_001 }, () => 'g') }, 'invalid-data', /1,000 groups/],
    ['a group that is too long', { groups: ['g'.repeat(257)] }, 'invalid-data', /256 characters/],
    ['content that is not an object', { content: [] }, 'invalid-data', /`content` must be an object/],
    ['expiresAt in the past', { expiresAt: NOW }, 'session-over', /expiresAt is in the past/],
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
      expect(error.message).toMatch(/authentication accepts only EdDSA.*Ed25519 private key/);
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

  it('does not trust a key inside the token', async () => {
    const jwk = other.publicKey.export({ format: 'jwk' });
    const brought = token({}, { alg: 'EdDSA', jwk }, other.privateKey);
    expect((await refusal(brought)).code).toBe('wrong-key');
  });

  it.each(['', 'hello', 'a.b.c', 'jwt=a.b.c&anchor=step-one'])('refuses %j: not a token', async (text) => {
    const error = await refusal(text);
    expect(error.code).toBe('malformed');
    expect(error.message).toMatch(/whole fragment as the token/);
  });

  it('accepts a token with a jti once, and one without a jti many times', async () => {
    const replayStore = new JtiReplayStore();
    const once = token({ jti: 'a1' });
    await expect(verify(once, { replayStore })).resolves.toEqual(user);
    const error = await refusal(once, { replayStore });
    expect(error.code).toBe('already-used');
    expect(error.message).toMatch(/used already/);
    await expect(verify(token({ jti: 'a2' }), { replayStore })).resolves.toEqual(user);
    await expect(verify(token(), { replayStore })).resolves.toEqual(user);
    await expect(verify(token(), { replayStore })).resolves.toEqual(user);
  });

  it('accepts only one of many simultaneous uses', async () => {
    const replayStore = new JtiReplayStore();
    const once = token({ jti: 'race' });
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => verify(once, { replayStore })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('does not mark a refused token as used', async () => {
    const replayStore = new JtiReplayStore();
    expect((await refusal(token({ jti: 'a1', host: 'x' }), { replayStore })).code).toBe('wrong-host');
    await expect(verify(token({ jti: 'a1' }), { replayStore })).resolves.toEqual(user);
  });

  it('never shows the token or its claims in a message', async () => {
    for (const changes of [{ host: 'secret-host' }, { aud: 'secret-host' }, { jti: 7 }, { exp: 1 }]) {
      const text = token(changes);
      const { message } = await refusal(text);
      expect(message).not.toContain(text);
      expect(message).not.toContain('secret-host');
    }
  });
});

describe('JtiReplayStore', () => {
  it('remembers a jti until its token has expired, and no longer', () => {
    const replayStore = new JtiReplayStore();
    expect(replayStore.markUsed('a', 110, 100_000)).toBe(true);
    expect(replayStore.markUsed('a', 110, 109_999)).toBe(false);
    expect(replayStore.markUsed('a', 120, 110_000)).toBe(true);
  });
});
