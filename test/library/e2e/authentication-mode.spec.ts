import { expect, it } from '@jest/globals';
import { decodeProtectedHeader } from 'jose';
import type { SigningKey } from 'nestjs-mintlify-personalization';
import request from 'supertest';
import { describeOnEveryHost, mapperOf, type HostFactory, type HostSetup } from '../../support/apps.support.js';
import { edPair, pkcs8, privateDocsKeys, privateJwk } from '../../support/keys.support.js';
import { PRIVATE_TOKEN_VERIFIERS, readPrivateArrival } from '../../support/private-docs-arrival.support.js';
import { ADA, bearer, cookie } from '../../support/sessions.support.js';

const CALLBACK = 'https://docs.acme.example/login/jwt-callback';
const LOGIN_URL = 'https://acme.example/login';
const VERIFIERS = Object.keys(PRIVATE_TOKEN_VERIFIERS);

/** The same key in the forms that hosts keep it in. */
const KEYS: Record<string, SigningKey> = {
  PEM: pkcs8(privateDocsKeys),
  'PEM on one line': pkcs8(privateDocsKeys).replaceAll('\n', String.raw`\n`),
  JWK: privateJwk(privateDocsKeys),
  'JWK as text in base64': Buffer.from(JSON.stringify(privateJwk(privateDocsKeys))).toString('base64'),
  KeyObject: privateDocsKeys.privateKey,
};

/** A host whose docs are private. */
const bootPrivate = (boot: HostFactory['boot'], { options, ...setup }: HostSetup = {}) =>
  boot({
    ...setup,
    options: { mode: 'authentication', signingKey: privateDocsKeys.privateKey, ...options },
  });

describeOnEveryHost('docs login for private docs', ({ boot }) => {
  it.each([
    ['a bearer token', bearer],
    ['a cookie', cookie],
  ])('sends a visitor with %s to the callback, with a token that the docs accept', async (_, session) => {
    const host = await bootPrivate(boot);
    const response = await host.get('/docs-login', await session()).expect(302);
    const { callback, parameters, redirect, token } = readPrivateArrival(response.get('location'));

    expect(response.get('location')).toBe(`${CALLBACK}?redirect=%2F#${token}`);
    expect({ callback, parameters, redirect }).toEqual({
      callback: CALLBACK,
      parameters: ['redirect'],
      redirect: '/',
    });
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'EdDSA' });
    expect(await PRIVATE_TOKEN_VERIFIERS.jose?.(token, privateDocsKeys.publicKey)).toEqual({
      host: 'docs.acme.example',
      groups: ADA.roles,
      content: { firstName: ADA.firstName },
      iat: expect.any(Number),
      exp: expect.any(Number),
      expiresAt: expect.any(Number),
    });
  });

  it.each(Object.keys(KEYS))('signs with a key as %s what every implementation accepts', async (form) => {
    const host = await bootPrivate(boot, {
      options: { signingKey: KEYS[form], docsUrl: 'https://DOCS.Acme.example/' },
    });
    const response = await host.get('/docs-login', await bearer()).expect(302);
    const { token } = readPrivateArrival(response.get('location'));
    for (const verify of Object.values(PRIVATE_TOKEN_VERIFIERS)) {
      expect(await verify(token, privateDocsKeys.publicKey)).toMatchObject({ host: 'docs.acme.example' });
    }
  });

  it.each(VERIFIERS)(
    'makes tokens that %s refuses with another key, and once a claim is changed',
    async (name) => {
      const verify = async (token: string, { publicKey } = privateDocsKeys): Promise<unknown> =>
        PRIVATE_TOKEN_VERIFIERS[name]?.(token, publicKey);
      const host = await bootPrivate(boot);
      const response = await host.get('/docs-login', await bearer()).expect(302);
      const { token } = readPrivateArrival(response.get('location'));
      const [header = '', payload = '', signature = ''] = token.split('.');
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
      const forged = Buffer.from(JSON.stringify({ ...claims, groups: ['root'] })).toString('base64url');

      await expect(verify(token)).resolves.toBeDefined();
      await expect(verify(token, edPair())).rejects.toThrow(/sign/i);
      await expect(verify(`${header}.${forged}.${signature}`)).rejects.toThrow(/sign/i);
    },
  );

  it('gives the token ten seconds, and adds the claims that the options ask for', async () => {
    const options = { keyId: '2027-01', claims: { jti: true, aud: true } };
    const host = await bootPrivate(boot, { options });
    const response = await host.get('/docs-login', await bearer()).expect(302);
    const { token } = readPrivateArrival(response.get('location'));
    const claims = await PRIVATE_TOKEN_VERIFIERS.jose?.(token, privateDocsKeys.publicKey);
    const { iat, exp } = claims as { iat: number; exp: number };

    expect(decodeProtectedHeader(token)).toEqual({ alg: 'EdDSA', kid: '2027-01' });
    expect(claims).toMatchObject({ aud: 'https://docs.acme.example', jti: expect.any(String) });
    expect(exp - iat).toBe(10);
  });

  it('tells browsers and caches to keep nothing, and keeps the token out of query, body and log', async () => {
    const host = await bootPrivate(boot);
    const response = await host.get('/docs-login?redirect=/a', await bearer()).expect(302);
    const { token } = readPrivateArrival(response.get('location'));
    expect(response.get('cache-control')).toBe('no-store');
    expect(response.get('referrer-policy')).toBe('no-referrer');
    expect(response.text).toBe('');
    expect(new URL(response.get('location') ?? '').search).toBe('?redirect=%2Fa');
    for (const part of token.split('.').slice(1)) expect(host.logs.text).not.toContain(part);
  });

  it('lets no claim mapper say which docs a token is for', async () => {
    const claimMapper = mapperOf(() => ({ groups: ['a'], host: 'docs.evil.example' }));
    const host = await bootPrivate(boot, { options: { claimMapper } });
    const response = await host.get('/docs-login', await bearer()).expect(500);
    expect(response.body).toEqual({ statusCode: 500, code: 'invalid_user' });
    expect(response.get('location')).toBeUndefined();
    expect(host.logs.text).toContain('host');
    expect(host.logs.text).not.toContain('evil');
  });

  it.each([
    ['HEAD', 405, {}],
    ['GET', 503, { 'Sec-Purpose': 'prefetch' }],
    ['GET', 503, { 'Sec-Purpose': 'prefetch;prerender' }],
    ['GET', 503, { 'X-Moz': 'prefetch' }],
    ['GET', 403, { 'Sec-Fetch-Dest': 'iframe' }],
  ])('mints no token for a machine: %s is %i with %j', async (method, status, headers) => {
    const host = await bootPrivate(boot, { options: { loginUrl: LOGIN_URL } });
    const agent = request(`http://127.0.0.1:${host.port}`);
    const ask = method === 'HEAD' ? agent.head('/docs-login') : agent.get('/docs-login');
    const response = await ask.set({ ...headers, ...(await bearer()) }).expect(status);
    expect(response.get('location')).toBeUndefined();
    expect(host.map).not.toHaveBeenCalled();
  });

  it.each([
    ['a key for public docs', { signingKey: pkcs8() }, /wrong kind \(P-256\).*Ed25519 \(EdDSA\) alone/],
    ['no key', { signingKey: undefined }, /^signingKey is empty or undefined/],
    ['a base path', { docsUrl: 'https://acme.example/docs' }, /docsUrl has the base path \/docs/],
  ])('does not start with %s', async (_, options, says) => {
    await expect(bootPrivate(boot, { options })).rejects.toThrow(says);
  });
});
