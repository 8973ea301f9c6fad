import { expect, it } from '@jest/globals';
import { decodeProtectedHeader } from 'jose';
import { describeOnEveryHost } from '../../support/apps.support.js';
import { readArrival, verifyToken } from '../../support/docs-arrival.support.js';
import { ADA, bearer, cookie, createSession } from '../../support/sessions.support.js';

describeOnEveryHost('docs login of a visitor with a session', ({ boot }) => {
  it.each([
    ['a bearer token', bearer],
    ['a cookie', cookie],
  ])('sends a visitor with %s to the docs, with a token that the docs accept', async (_, session) => {
    const host = await boot();
    const response = await host.get('/docs-login', await session()).expect(302);
    const { page, token, anchor } = readArrival(response.get('location'));

    expect(page).toBe('https://docs.acme.example/');
    expect(anchor).toBeUndefined();
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'ES256' });
    expect(await verifyToken(token)).toEqual({
      groups: ADA.roles,
      content: { firstName: ADA.firstName },
      iat: expect.any(Number),
      exp: expect.any(Number),
      expiresAt: expect.any(Number),
    });
  });

  it('gives the token ten seconds and the session two weeks', async () => {
    const host = await boot();
    const response = await host.get('/docs-login', await bearer()).expect(302);
    const { iat, exp, expiresAt } = await verifyToken(readArrival(response.get('location')).token);
    expect(exp).toBe((iat ?? 0) + 10);
    // The user is validated before it is signed, perhaps in the second before.
    expect([1_209_599, 1_209_600]).toContain(Number(expiresAt) - (iat ?? 0));
  });

  it('keeps the token out of the query and out of the body', async () => {
    const host = await boot();
    const response = await host.get('/docs-login?redirect=/quickstart?tab=npm', await bearer()).expect(302);
    const { page } = readArrival(response.get('location'));
    expect(page).toBe('https://docs.acme.example/quickstart?tab=npm');
    expect(response.text).toBe('');
    expect(response.get('content-length')).toBe('0');
  });

  it('tells browsers and caches to keep nothing and to pass nothing on', async () => {
    const host = await boot();
    const response = await host.get('/docs-login', await bearer()).expect(302);
    expect(response.get('cache-control')).toBe('no-store');
    expect(response.get('referrer-policy')).toBe('no-referrer');
    expect(response.get('set-cookie')).toBeUndefined();
  });

  it('logs neither the token, nor the claims, nor the session', async () => {
    const visitor = { id: 'a7', firstName: 'Wilhelmina', roles: ['clandestine'] };
    const session = await createSession(visitor);
    const host = await boot();
    const response = await host
      .get('/docs-login?redirect=//evil.example', { authorization: `Bearer ${session}` })
      .expect(302);
    const { token } = readArrival(response.get('location'));

    expect(host.logs.text).toContain('"type":"redirect.refused"');
    const secrets = [...token.split('.'), ...session.split('.').slice(1), 'Wilhelmina', 'clandestine'];
    for (const secret of secrets) expect(host.logs.text).not.toContain(secret);
  });

  it('names the key and adds the claims that the options ask for', async () => {
    const options = {
      keyId: '2026-11',
      tokenLifetimeSeconds: 5,
      claims: { iat: false, jti: true, aud: true },
    };
    const host = await boot({ options });
    const [first, second] = await Promise.all([
      host.get('/docs-login', await bearer()).expect(302),
      host.get('/docs-login', await bearer()).expect(302),
    ]);
    const tokens = [first, second].map((response) => readArrival(response.get('location')).token);
    const [claims, others] = await Promise.all(tokens.map((token) => verifyToken(token)));

    expect(decodeProtectedHeader(tokens[0] ?? '')).toEqual({ alg: 'ES256', kid: '2026-11' });
    expect(claims).toMatchObject({ aud: 'https://docs.acme.example', jti: expect.any(String) });
    expect(claims).not.toHaveProperty('iat');
    expect(claims?.jti).not.toBe(others?.jti);
  });

  it('sends a visitor of docs on a base path to that path', async () => {
    const host = await boot({ options: { docsUrl: 'https://acme.example/docs/' } });
    const response = await host.get('/docs-login', await bearer()).expect(302);
    expect(readArrival(response.get('location')).page).toBe('https://acme.example/docs');
  });
});
