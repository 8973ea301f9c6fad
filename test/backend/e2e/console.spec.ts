import { describe, expect, it } from '@jest/globals';
import { importJWK, jwtVerify, SignJWT } from 'jose';
import { exportPublicJwk } from 'nestjs-mintlify-personalization';
import request from 'supertest';
import { ACCESS_TOKEN } from '../../../src/console/console-token.js';
import { logIn, SESSION_SECRET, useBackend } from './backend-fixture.js';

const CONSOLE = 'http://localhost:3005';
const OTHER = 'http://localhost:4666';

describe('the API of Acme Console', () => {
  const backend = useBackend();

  const post = (path: string, origin = CONSOLE) =>
    request(backend.server)
      .post(path)
      .set({ Origin: origin, 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Dest': 'empty' });

  async function logInToConsole(): Promise<{ accessToken: string; cookie: string }> {
    const credentials = { email: 'ada@acme.example', password: 'docs-demo' };
    const response = await post('/console/session').send(credentials).expect(200);
    const [cookie = ''] = response.get('Set-Cookie') ?? [];
    return { accessToken: (response.body as { accessToken: string }).accessToken, cookie };
  }

  const authorize = (accessToken: string) => ({ Authorization: `Bearer ${accessToken}` });

  it('hands a user over to the docs, at the page and anchor that were asked for', async () => {
    const { accessToken } = await logInToConsole();
    const response = await post('/console/docs-login')
      .set(authorize(accessToken))
      .send({ redirect: '/quickstart', anchor: 'step-one' })
      .expect(200)
      .expect('Access-Control-Allow-Origin', CONSOLE)
      .expect('Cache-Control', 'no-store');
    expect(response.headers).not.toHaveProperty('access-control-allow-credentials');
    const { origin, pathname, hash } = new URL((response.body as { url: string }).url);
    expect(origin + pathname).toBe('http://localhost:3006/quickstart');
    const fragment = new URLSearchParams(hash.slice(1));
    expect(fragment.get('anchor')).toBe('step-one');
    const key = await importJWK(await exportPublicJwk(backend.config.consoleDocs.signingKey), 'ES256');
    const { payload } = await jwtVerify(fragment.get('jwt') ?? '', key);
    expect(payload).toMatchObject({ content: { firstName: 'Ada', company: 'Acme' } });
  });

  it('keeps the refresh token in a cookie that scripts and other routes cannot read', async () => {
    const { cookie } = await logInToConsole();
    expect(cookie).toMatch(/^acme_console=[\w.-]+; Max-Age=28800; Path=\/console\/session; /);
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Strict');
  });

  it('gives a new access token for the cookie, until the session ends', async () => {
    const { cookie, accessToken } = await logInToConsole();
    const account = (token: string) => request(backend.server).get('/console/account').set(authorize(token));
    const refreshed = await post('/console/session/refresh').set('Cookie', cookie).expect(200);
    const fresh = (refreshed.body as { accessToken: string }).accessToken;
    await account(fresh).expect(200);
    const own = await account(accessToken).expect(200);
    expect(own.body).toMatchObject({ firstName: 'Ada', company: 'Acme' });

    await request(backend.server)
      .delete('/console/session')
      .set({ Origin: CONSOLE, Cookie: cookie })
      .expect(204);
    await post('/console/session/refresh').set('Cookie', cookie).expect(401);
    await account(fresh).expect(401);
    await post('/console/docs-login').set(authorize(fresh)).send({}).expect(401);
  });

  it('refuses a wrong password, an expired token and a session cookie of the backend', async () => {
    const wrong = { email: 'ada@acme.example', password: 'wrong' };
    await post('/console/session').send(wrong).expect(401);
    const expired = await new SignJWT()
      .setProtectedHeader({ alg: ACCESS_TOKEN.algorithm })
      .setIssuer(ACCESS_TOKEN.issuer)
      .setAudience(ACCESS_TOKEN.audience)
      .setExpirationTime('-1 minute')
      .sign(new TextEncoder().encode(SESSION_SECRET));
    await post('/console/docs-login').set(authorize(expired)).send({}).expect(401);
    const session = await logIn(backend);
    const byCookie = await post('/console/docs-login').set('Cookie', session).send({}).expect(401);
    expect(byCookie.text).not.toContain('eyJ');
    const [, cookieToken = ''] = session.split('=');
    await post('/console/docs-login').set(authorize(cookieToken)).send({}).expect(401);
  });

  it('is closed to pages of other origins', async () => {
    const { accessToken, cookie } = await logInToConsole();
    const docsLogin = await post('/console/docs-login', OTHER)
      .set(authorize(accessToken))
      .send({})
      .expect(403);
    expect(docsLogin.headers).not.toHaveProperty('access-control-allow-origin');
    const refresh = await post('/console/session/refresh', OTHER).set('Cookie', cookie).expect(403);
    expect(refresh.text).not.toContain('eyJ');
  });

  it('opens no other route of the backend to the console', async () => {
    const response = await request(backend.server).get('/login').set('Origin', CONSOLE).expect(200);
    expect(response.headers).not.toHaveProperty('access-control-allow-origin');
  });
});
