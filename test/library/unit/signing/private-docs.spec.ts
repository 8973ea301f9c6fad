import { describe, expect, it } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import type { MintlifyPersonalizationOptions, MintlifyUser } from 'nestjs-mintlify-personalization';
import { edPair, privateDocsKeys } from '../../../support/keys.support.js';
import { errorOf, NOW_MS, NOW_SECONDS, startSigning } from '../../../support/modules.support.js';
import { PRIVATE_TOKEN_VERIFIERS, readPrivateArrival } from '../../../support/private-docs-arrival.support.js';
import { FULL_USER } from '../../../support/users.support.js';

const TOKEN = String.raw`[\w-]+\.[\w-]+\.[\w-]{86}`;
const FRONT_PAGE = new RegExp(`^https://docs\\.foo\\.com/login/jwt-callback\\?redirect=%2F#${TOKEN}$`);
const VERIFIERS = Object.entries(PRIVATE_TOKEN_VERIFIERS);
const EXP = NOW_SECONDS + 10;

const startPrivate = (options: Partial<MintlifyPersonalizationOptions> = {}) =>
  startSigning({ mode: 'authentication', signingKey: privateDocsKeys.privateKey, ...options });

/** The same part with one bit of one byte turned. */
const flipBit = (part: string, at: number): string => {
  const bytes = Buffer.from(part, 'base64url');
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes.toString('base64url');
};

describe('MintlifySigningService.sign for private docs', () => {
  it.each(VERIFIERS)('makes a token that %s verifies with the public key', async (_, verify) => {
    const { service } = await startPrivate();
    const token = await service.sign(FULL_USER);
    expect(await verify(token, privateDocsKeys.publicKey, NOW_MS)).toEqual({
      host: 'docs.foo.com',
      iat: NOW_SECONDS,
      exp: EXP,
      expiresAt: NOW_SECONDS + 1_209_600,
      ...FULL_USER,
    });
  });

  it.each(VERIFIERS)('makes a token that %s refuses with another key', async (_, verify) => {
    const { service } = await startPrivate();
    const token = await service.sign({});
    await expect(
      Promise.resolve(token).then((text) => verify(text, edPair().publicKey, NOW_MS)),
    ).rejects.toThrow(/sign/i);
  });

  it.each(VERIFIERS)('makes a token that %s refuses once any byte is another', async (_, verify) => {
    const { service } = await startPrivate();
    const parts = (await service.sign(FULL_USER)).split('.');
    for (const [index, part] of parts.entries()) {
      const length = Buffer.from(part, 'base64url').length;
      for (const at of [0, length >> 1, length - 1]) {
        const forged = parts.with(index, flipBit(part, at)).join('.');
        const verified = Promise.resolve(forged).then((text) =>
          verify(text, privateDocsKeys.publicKey, NOW_MS),
        );
        await expect(verified).rejects.toThrow(/sign|header|alg|JSON/i);
      }
    }
  });

  it('writes the algorithm alone into the header, and the kid where there is one', async () => {
    const plain = await startPrivate();
    const [header = ''] = (await plain.service.sign({})).split('.');
    expect(Buffer.from(header, 'base64url').toString()).toBe('{"alg":"EdDSA"}');
    const named = await startPrivate({ keyId: '2027-01' });
    expect(decodeProtectedHeader(await named.service.sign({}))).toEqual({ alg: 'EdDSA', kid: '2027-01' });
  });

  it.each([
    ['https://docs.foo.com', 'docs.foo.com'],
    ['https://docs.foo.com/', 'docs.foo.com'],
    ['HTTPS://Docs.Foo.COM', 'docs.foo.com'],
    ['https://docs.foo.com:443', 'docs.foo.com'],
    ['https://docs.foo.com:8443', 'docs.foo.com'],
    ['https://bücher.example', 'xn--bcher-kva.example'],
    ['https://BÜCHER.example/', 'xn--bcher-kva.example'],
    ['https://[2001:DB8::1]:8443', '[2001:db8::1]'],
    ['http://localhost:3001', 'localhost'],
    ['http://127.0.0.1:3001', '127.0.0.1'],
  ])('names as host what the browser calls it: %s is %s', async (docsUrl, host) => {
    const { service } = await startPrivate({ docsUrl });
    expect(decodeJwt(await service.sign({})).host).toBe(host);
    expect(new URL(docsUrl).hostname).toBe(host);
  });

  it.each([
    ['another', 'docs.evil.com'],
    ['the same', 'docs.foo.com'],
  ])('refuses a user that brings %s host', async (_, host) => {
    const { service } = await startPrivate();
    const error = await errorOf(() => service.sign({ host } as MintlifyUser));
    expect(error).toMatchObject({ code: 'invalid_user', message: expect.stringContaining('host') });
    expect(String(error)).not.toContain('evil');
  });

  it('makes a token of the known claims alone', async () => {
    const { service } = await startPrivate();
    expect(decodeJwt(await service.sign({}))).toEqual({
      host: 'docs.foo.com',
      iat: NOW_SECONDS,
      exp: EXP,
      expiresAt: NOW_SECONDS + 1_209_600,
    });
  });

  it('adds an id and the audience where they are asked for, and leaves out iat', async () => {
    const { service } = await startPrivate({
      docsUrl: 'https://docs.foo.com:8443',
      claims: { iat: false, jti: true, aud: true },
    });
    const [first, second] = await Promise.all([service.sign({}), service.sign({})]);
    expect(decodeJwt(first)).toEqual({
      host: 'docs.foo.com',
      aud: 'https://docs.foo.com:8443',
      jti: expect.stringMatching(/^[\da-f-]{36}$/),
      exp: EXP,
      expiresAt: expect.any(Number),
    });
    expect(decodeJwt(first).jti).not.toBe(decodeJwt(second).jti);
  });

  it.each([1, 5, 10])('lets a token live for %i seconds at most', async (tokenLifetimeSeconds) => {
    const { service, clock } = await startPrivate({ tokenLifetimeSeconds });
    for (const nowMs of [NOW_MS, NOW_MS + 499, NOW_MS + 500]) {
      clock.nowMs = nowMs;
      const { exp = 0 } = decodeJwt(await service.sign({}));
      expect(exp).toBe(Math.floor(nowMs / 1_000) + tokenLifetimeSeconds);
    }
  });

  it('puts a host into the tokens of no public docs', async () => {
    const { service } = await startSigning();
    expect(decodeJwt(await service.sign({}))).not.toHaveProperty('host');
  });
});

describe('MintlifySigningService.createRedirectUrl for private docs', () => {
  it('leads to the callback with a token that belongs to it, and on to page and anchor', async () => {
    const { service, logger } = await startPrivate();
    const url = await service.createRedirectUrl(FULL_USER, { redirect: '/quickstart', anchor: 'step-one' });
    expect(url).toMatch(
      new RegExp(
        `^https://docs\\.foo\\.com/login/jwt-callback\\?redirect=%2Fquickstart%23step-one#${TOKEN}$`,
      ),
    );
    expect(decodeJwt(readPrivateArrival(url).token)).toMatchObject({ host: 'docs.foo.com', ...FULL_USER });
    expect(logger.lines).toEqual([]);
  });

  it('leads on to the front page where there is no redirect, or one that is refused', async () => {
    const { service, logger } = await startPrivate();
    expect(await service.createRedirectUrl({})).toMatch(FRONT_PAGE);
    expect(await service.createRedirectUrl({}, { redirect: '//evil.com/canary', anchor: 'a' })).toMatch(
      FRONT_PAGE,
    );
    expect(logger.text).toContain('off_origin');
    expect(logger.text).not.toMatch(/evil|canary|eyJ/);
  });

  it('leads on to the front page where redirect or anchor alone make the address too long', async () => {
    const { service, logger } = await startPrivate({ maxRedirectUrlLength: 1_000 });
    const tooLong = [
      { redirect: `/${'a'.repeat(1_000)}` },
      { redirect: '/a', anchor: 'b'.repeat(1_000) },
      // Short as it was sent, and three times as long as it is written.
      { redirect: `/a?${'%26'.repeat(200)}` },
    ];
    for (const parameters of tooLong)
      expect(await service.createRedirectUrl({}, parameters)).toMatch(FRONT_PAGE);
    expect(logger.lines).toHaveLength(tooLong.length);
    expect(logger.text).toContain('too_long');
  });

  it('keeps an address of exactly the length that is allowed, and not of one more', async () => {
    const parameters = { redirect: '/page', anchor: 'a b' };
    const first = await startPrivate();
    const { length } = await first.service.createRedirectUrl(FULL_USER, parameters);
    const exact = await startPrivate({ maxRedirectUrlLength: length });
    expect(await exact.service.createRedirectUrl(FULL_USER, parameters)).toHaveLength(length);
    const shorter = await startPrivate({ maxRedirectUrlLength: length - 1 });
    expect(await shorter.service.createRedirectUrl(FULL_USER, parameters)).toMatch(FRONT_PAGE);
  });

  it('is an error where the user alone is too large, without any of it', async () => {
    const { service } = await startPrivate({ maxRedirectUrlLength: 500 });
    const error = await errorOf(() => service.createRedirectUrl({ content: { name: 'canary'.repeat(100) } }));
    expect(error).toMatchObject({ code: 'redirect_url_too_long' });
    expect(String(error)).not.toContain('canary');
  });
});
