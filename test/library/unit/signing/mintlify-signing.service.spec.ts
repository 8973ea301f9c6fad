import { sign as signBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { compactVerify, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { exportPublicJwk, type MintlifyUser, type TokenSigner } from 'nestjs-mintlify-personalization';
import { docsKeys, ecPair, pkcs8 } from '../../../support/keys.support.js';
import { errorOf, NOW_MS, NOW_SECONDS, startSigning } from '../../../support/modules.support.js';
import { FULL_USER } from '../../../support/users.support.js';

const at = (nowMs: number) => ({ currentDate: new Date(nowMs), algorithms: ['ES256'] });

/** A key service in one line. */
const remoteSigner: TokenSigner = {
  algorithm: 'ES256',
  keyId: '2026-11',
  sign: (input) => signBytes('sha256', input, { key: docsKeys.privateKey, dsaEncoding: 'ieee-p1363' }),
};

describe('MintlifySigningService.sign', () => {
  it('makes a token that jose verifies with the public key', async () => {
    const { service } = await startSigning();
    const { payload } = await jwtVerify(await service.sign(FULL_USER), docsKeys.publicKey, at(NOW_MS));
    expect(payload).toEqual({
      exp: NOW_SECONDS + 10,
      iat: NOW_SECONDS,
      expiresAt: NOW_SECONDS + 1_209_600,
      ...FULL_USER,
    });
  });

  it('makes a token that no other key verifies', async () => {
    const { service } = await startSigning();
    const token = await service.sign({});
    await expect(jwtVerify(token, ecPair().publicKey, at(NOW_MS))).rejects.toThrow('signature');
  });

  it('makes a token that the exported public key verifies', async () => {
    const { service } = await startSigning({ signingKey: pkcs8() });
    const jwk = await exportPublicJwk(pkcs8());
    expect(Object.keys(jwk).sort()).toEqual(['crv', 'kty', 'x', 'y']);
    const { payload } = await jwtVerify(await service.sign({}), jwk, at(NOW_MS));
    expect(payload.exp).toBe(NOW_SECONDS + 10);
  });

  it('signs in 64 bytes of r and s, whatever the key begins with', async () => {
    const { service } = await startSigning();
    for (let round = 0; round < 40; round += 1) {
      const [, , signature = ''] = (await service.sign({})).split('.');
      expect(Buffer.from(signature, 'base64url')).toHaveLength(64);
      expect(signature).toMatch(/^[\w-]{86}$/);
    }
  });

  it('writes the algorithm alone into the header', async () => {
    const { service } = await startSigning();
    const [header = ''] = (await service.sign({})).split('.');
    expect(Buffer.from(header, 'base64url').toString()).toBe('{"alg":"ES256"}');
  });

  it.each([
    ['the option keyId', { keyId: '2027-01' }, '2027-01'],
    ['the signer', { signingKey: remoteSigner }, '2026-11'],
    ['the option rather than the signer', { signingKey: remoteSigner, keyId: '2027-01' }, '2027-01'],
  ])('takes the kid from %s', async (_, options, kid) => {
    const { service } = await startSigning(options);
    const token = await service.sign({});
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'ES256', kid });
    await expect(compactVerify(token, docsKeys.publicKey)).resolves.toBeDefined();
  });

  it('writes no claim for what the user does not have', async () => {
    const { service } = await startSigning({ claims: { iat: false } });
    expect(decodeJwt(await service.sign({ groups: undefined }))).toEqual({
      exp: NOW_SECONDS + 10,
      expiresAt: NOW_SECONDS + 1_209_600,
    });
  });

  it('keeps empty groups and empty content, which say something else than none', async () => {
    const { service } = await startSigning();
    expect(decodeJwt(await service.sign({ groups: [], content: {} }))).toMatchObject({
      groups: [],
      content: {},
    });
  });

  it('adds an id and the audience where they are asked for', async () => {
    const { service } = await startSigning({
      docsUrl: 'https://foo.com/docs',
      claims: { jti: true, aud: true },
    });
    const tokens = await Promise.all(Array.from({ length: 50 }, () => service.sign({})));
    const claims = tokens.map((token) => decodeJwt(token));
    expect(new Set(claims.map(({ jti }) => jti)).size).toBe(50);
    expect(new Set(claims.map(({ aud }) => aud))).toEqual(new Set(['https://foo.com']));
  });

  it('keeps the expiresAt of the user, and counts it from now where there is none', async () => {
    const { service, clock } = await startSigning({ sessionLifetimeSeconds: 60 });
    expect(decodeJwt(await service.sign({ expiresAt: NOW_SECONDS + 5 })).expiresAt).toBe(NOW_SECONDS + 5);
    clock.nowMs += 100_000;
    expect(decodeJwt(await service.sign({})).expiresAt).toBe(NOW_SECONDS + 160);
  });

  it('never lets a token live longer than ten seconds, at any time of any clock', async () => {
    const { service, clock } = await startSigning();
    const time = fc.double({ min: 0, max: 4e12, noNaN: true });
    await fc.assert(
      fc.asyncProperty(time, async (nowMs) => {
        clock.nowMs = nowMs;
        const { exp = 0, iat } = decodeJwt(await service.sign({}));
        expect(exp).toBe(Math.floor(nowMs / 1_000) + 10);
        expect(iat).toBe(exp - 10);
        expect(exp * 1_000 - nowMs).toBeLessThanOrEqual(10_000);
      }),
      { numRuns: 100 },
    );
  });

  it.each([1, 2, 5, 10])('lets a token live for %i seconds where that is asked for', async (seconds) => {
    const { service, clock } = await startSigning({ tokenLifetimeSeconds: seconds });
    for (const nowMs of [NOW_MS, NOW_MS + 499, NOW_MS + 500]) {
      clock.nowMs = nowMs;
      expect(decodeJwt(await service.sign({})).exp).toBe(Math.floor(nowMs / 1_000) + seconds);
    }
  });

  it('signs what a user holds in any script, unharmed', async () => {
    const { service } = await startSigning();
    const content = { name: 'Ångström 日本 😀 \u2028 "\\', 'k.e y': '\u0000' };
    const token = await service.sign({ content });
    const { payload } = await jwtVerify(token, docsKeys.publicKey, at(NOW_MS));
    expect(payload.content).toEqual(content);
  });

  it.each([
    ['host', { host: 'docs.evil.com' }],
    ['exp', { exp: NOW_SECONDS + 999_999 }],
    ['iat', { iat: 0 }],
    ['jti', { jti: 'mine' }],
    ['aud', { aud: 'https://evil.com' }],
    ['sub', { sub: 'ada' }],
    ['__proto__', JSON.parse('{"__proto__": {"admin": true}}')],
    ['__proto__ in content', JSON.parse('{"content": {"a": {"__proto__": {"admin": true}}}}')],
    ['constructor', { constructor: { prototype: {} } }],
    ['toJSON', { toJSON: () => ({ exp: 0 }) }],
  ])('refuses a user that brings %s', async (name, user) => {
    const { service } = await startSigning();
    const error = await errorOf(() => service.sign(user as MintlifyUser));
    expect(error).toMatchObject({ code: 'invalid_user' });
    expect(String(error)).toContain(name.split(' ')[0]);
    expect(Object.prototype).not.toHaveProperty('admin');
  });

  it('takes no claim from a prototype, where somebody put one', async () => {
    const { service } = await startSigning();
    const polluted = Object.prototype as { admin?: boolean };
    polluted.admin = true;
    try {
      const [, payload = ''] = (await service.sign({ content: {} })).split('.');
      expect(Buffer.from(payload, 'base64url').toString()).not.toContain('admin');
    } finally {
      delete polluted.admin;
    }
  });

  it('is an error without a key, where no handshake needed one', async () => {
    const { service } = await startSigning({ signingKey: undefined });
    expect(await errorOf(() => service.sign({}))).toMatchObject({
      code: 'invalid_option',
      message: expect.stringContaining('signingKey'),
    });
  });
});
