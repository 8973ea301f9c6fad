import { createPublicKey, createSecretKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { DocsArrivalError, FixedClock, verifyDocsToken } from 'nestjs-mintlify-personalization/testing';
import { MintlifyPersonalizationModule, MintlifySigningService } from 'nestjs-mintlify-personalization';
import { NOW_MS, NOW_SECONDS } from '../../../support/clock.support.js';
import {
  docsKeys,
  ecPair,
  edPair,
  privateDocsKeys,
  spki,
  type KeyPair,
} from '../../../support/keys.support.js';
import { errorOf, SERVICES_ONLY, startModule, StoppedClock } from '../../../support/modules.support.js';

const clock = new FixedClock(NOW_MS);
const user = { groups: ['admin'], content: { firstName: 'Ada' }, expiresAt: NOW_SECONDS + 3_600 };

const mint = (claims: JWTPayload = {}, alg = 'ES256', { privateKey }: KeyPair = docsKeys): Promise<string> =>
  new SignJWT({ ...user, exp: NOW_SECONDS + 10, ...claims }).setProtectedHeader({ alg }).sign(privateKey);
const mintPrivate = (claims: JWTPayload = {}): Promise<string> =>
  mint({ host: 'docs.foo.com', ...claims }, 'EdDSA', privateDocsKeys);

describe('verifyDocsToken', () => {
  it.each(['personalization', 'authentication'] as const)(
    'gives the claims of what the library signs: %s',
    async (mode) => {
      const keys = mode === 'personalization' ? docsKeys : privateDocsKeys;
      const options = {
        ...SERVICES_ONLY,
        mode,
        signingKey: keys.privateKey,
        claims: { aud: true, jti: true },
      };
      const module = await startModule(
        { imports: [MintlifyPersonalizationModule.forRoot(options)] },
        new StoppedClock(),
      );
      const token = await module.get(MintlifySigningService).sign(user);
      const claims = await verifyDocsToken(token, spki(keys), { clock, docsUrl: options.docsUrl });
      expect(claims).toEqual({
        ...user,
        exp: NOW_SECONDS + 10,
        iat: NOW_SECONDS,
        jti: expect.any(String),
        aud: 'https://docs.foo.com',
        ...(mode === 'authentication' && { host: 'docs.foo.com' }),
      });
    },
  );

  it('takes the key as PEM, as a JWK and as a KeyObject', async () => {
    const { publicKey } = docsKeys;
    for (const key of [spki(), publicKey.export({ format: 'jwk' }), publicKey]) {
      expect(await verifyDocsToken(await mint(), key, { clock })).toMatchObject(user);
    }
  });

  it('asks the machine for the time, where no clock is given', async () => {
    const exp = Math.floor(Date.now() / 1_000) + 10;
    expect(await verifyDocsToken(await mint({ exp }), spki())).toMatchObject({ exp });
    expect(await errorOf(() => mint().then((token) => verifyDocsToken(token, spki())))).toBeInstanceOf(
      DocsArrivalError,
    );
  });

  it.each<[string, () => Promise<string> | string, RegExp]>([
    ['expired', () => mint({ exp: NOW_SECONDS }), /it has expired.*\{ clock \}/],
    ['that lives too long', () => mint({ exp: NOW_SECONDS + 11 }), /exp is 11 seconds ahead/],
    ['without exp', () => mint({ exp: undefined }), /claim exp is missing/],
    ['signed with another key', () => mint({}, 'ES256', ecPair()), /signature does not match this key/],
    ['of another algorithm', () => mintPrivate(), /not signed by ES256/],
    [
      'without a signature',
      () => new UnsecuredJWT({ ...user, exp: NOW_SECONDS + 5 }).encode(),
      /not signed by|not a JSON Web Token/,
    ],
    [
      'of a symmetric algorithm',
      () =>
        new SignJWT({ exp: NOW_SECONDS + 5 })
          .setProtectedHeader({ alg: 'HS256' })
          .sign(createSecretKey(Buffer.from(spki()))),
      /not signed by ES256/,
    ],
    ['that is none', () => 'canary', /not a JSON Web Token/],
    [
      'for other docs',
      () => mint({ aud: 'https://docs.bar.com' }),
      /claim aud must be https:\/\/docs\.foo\.com/,
    ],
  ])('refuses a token %s, by name and without the token', async (_, make, message) => {
    const token = await make();
    const error = await errorOf(() =>
      verifyDocsToken(token, spki(), { clock, docsUrl: 'https://docs.foo.com' }),
    );
    expect(error).toBeInstanceOf(DocsArrivalError);
    expect(String(error)).toMatch(message);
    const secrets = [...token.split('.'), 'Ada', 'admin'].filter((part) => part !== '');
    for (const secret of secrets) expect(String(error)).not.toContain(secret);
  });

  it.each([
    ['without host', { host: undefined }],
    ['with the host of other docs', { host: 'docs.bar.com' }],
    ['with a host that is written otherwise', { host: 'Docs.Foo.com' }],
    ['with a host that is no text', { host: 7 }],
  ])('refuses a token for private docs %s', async (_, claims) => {
    const checks = { clock, docsUrl: 'https://docs.foo.com' };
    const token = await mintPrivate(claims);
    await expect(verifyDocsToken(token, spki(privateDocsKeys), checks)).rejects.toThrow(
      'claim host must be docs.foo.com',
    );
  });

  it('has no host without a docs URL, and requires one all the same', async () => {
    const key = spki(privateDocsKeys);
    expect(await verifyDocsToken(await mintPrivate(), key, { clock })).toMatchObject({
      host: 'docs.foo.com',
    });
    const token = await mintPrivate({ host: undefined });
    await expect(verifyDocsToken(token, key, { clock })).rejects.toThrow('the host name of the docs');
  });

  it.each([
    ['a key of another curve', generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey],
    ['an RSA key', generateKeyPairSync('rsa', { modulusLength: 2_048 }).publicKey],
    ['a private key', edPair().privateKey],
    ['text that is no key', 'canary'],
    ['a JWK that is none', { kty: 'canary' }],
  ])('does not take %s', async (_, key) => {
    const error = await errorOf(async () => verifyDocsToken(await mint(), key, { clock }));
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toMatch(/^TypeError: publicKey must be the public half/);
    expect(String(error)).not.toContain('canary');
  });

  it('takes the public half out of a private PEM: no harm is done', async () => {
    const pem = docsKeys.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    expect(await verifyDocsToken(await mint(), pem, { clock })).toMatchObject(user);
    expect(createPublicKey(pem).equals(docsKeys.publicKey)).toBe(true);
  });
});
