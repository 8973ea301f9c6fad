import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { START_TIMEOUT_MS, postLogin, setCookie, startBackend } from './backend-fixture.js';
import type { Backend } from './backend-fixture.js';

const SESSION_DOCS = 'http://localhost:3003';
const OAUTH_DOCS = 'http://localhost:3004';

describe('the rate limits of the reference backend', () => {
  let backend: Backend;

  beforeAll(async () => {
    backend = await startBackend({
      rateLimits: { loginsPerAddress: 2, loginsPerAccount: 4, docsPerVisitor: 2 },
      trustedProxies: ['127.0.0.0/8', '::1'],
    });
  }, START_TIMEOUT_MS);

  afterAll(async () => {
    await backend.app.close();
  });

  /** Sends a request as a proxy on this machine forwards it. */
  const logInFrom = (address: string, email: string, password = 'wrong') =>
    postLogin(backend, { email, password, returnTo: '/docs-login?redirect=%2Fquickstart' }).set(
      'X-Forwarded-For',
      address,
    );

  async function sessionOf(email: string, address: string): Promise<string> {
    const response = await logInFrom(address, email, 'docs-demo').expect(303);
    return setCookie(response).split(';')[0] ?? '';
  }

  it('answer too many logins from one address with 429, the form and when to retry', async () => {
    await logInFrom('203.0.113.1', 'eve@acme.example').expect(401);
    await logInFrom('203.0.113.1', 'mallory@acme.example').expect(401);
    const refused = await logInFrom('203.0.113.1', 'ada@acme.example', 'docs-demo').expect(429);
    expect(refused.headers['retry-after']).toMatch(/^(?:[1-9]|[1-5]\d|60)$/);
    expect(refused.headers['set-cookie']).toBeUndefined();
    expect(refused.text).toContain(`Try again in ${refused.headers['retry-after']} seconds.`);
    expect(refused.text).toContain('name="returnTo" value="/docs-login?redirect=%2Fquickstart"');
    expect(refused.text).not.toContain('docs-demo');
    // The form itself has no limit.
    await request(backend.server).get('/login').set('X-Forwarded-For', '203.0.113.1').expect(200);
  });

  it.each([
    ['an account', 'peter@initech.example', ' PETER@initech.example ', '198.51.100'],
    ['a name that no account has', 'unknown@acme.example', 'Unknown@Acme.Example', '192.0.2'],
  ])('count %s from all addresses together, however it is typed', async (_, email, typed, network) => {
    for (const [host, name] of [email, typed, email, typed].entries()) {
      await logInFrom(`${network}.${host}`, name).expect(401);
    }
    const refused = await logInFrom(`${network}.4`, email, 'docs-demo').expect(429);
    expect(refused.headers['retry-after']).toMatch(/^\d+$/);
  });

  it('do not count requests of an address over its limit for an account', async () => {
    const statuses = [];
    for (const host of [20, 20, 20, 20, 20, 20, 21, 21, 22]) {
      statuses.push((await logInFrom(`203.0.113.${host}`, 'oscar@acme.example')).status);
    }
    expect(statuses).toEqual([401, 401, 429, 429, 429, 429, 401, 401, 429]);
  });

  it('read X-Forwarded-For from trusted proxies only', async () => {
    const statuses = [];
    for (const forged of ['198.51.100.10', '198.51.100.11', '198.51.100.12']) {
      statuses.push((await logInFrom(`${forged}, 203.0.113.30`, `trudy@${forged}.example`)).status);
    }
    expect(statuses).toEqual([401, 401, 429]);
  });

  it('count a form without an account, which gets 400', async () => {
    const post = () =>
      request(backend.server)
        .post('/login')
        .set('X-Forwarded-For', '203.0.113.40')
        .type('form')
        .send('email=a&email=b&password=c');
    expect([(await post()).status, (await post()).status, (await post()).status]).toEqual([400, 400, 429]);
  });

  it('count each visitor of /docs-login separately, and anonymous visitors by address', async () => {
    const cookies = [
      await sessionOf('ada@acme.example', '203.0.113.50'),
      await sessionOf('grace@globex.example', '203.0.113.50'),
      '',
    ];
    for (const cookie of cookies) {
      const visit = () => request(backend.server).get('/docs-login').set('Cookie', cookie);
      await visit().expect(302);
      await visit().expect(302);
      const refused = await visit().expect(429);
      expect(refused.headers['retry-after']).toMatch(/^\d+$/);
      expect(refused.headers['location']).toBeUndefined();
      expect(refused.headers['cache-control']).toBe('no-store');
      expect(refused.body).toEqual({ statusCode: 429, message: 'Too many requests.' });
    }
  });

  it.each([
    ['/docs/user-info', SESSION_DOCS, 'true'],
    ['/docs/oauth/user-info', OAUTH_DOCS, undefined],
  ])(
    'tell a docs page that calls %s too often when to retry, also across origins',
    async (path, origin, credentials) => {
      const ask = () => request(backend.server).get(path).set('Origin', origin);
      expect([(await ask()).status, (await ask()).status]).toEqual([401, 401]);
      const { headers } = await ask().expect(429);
      expect(headers['retry-after']).toMatch(/^\d+$/);
      expect(headers['access-control-allow-origin']).toBe(origin);
      expect(headers['access-control-allow-credentials']).toBe(credentials);
      expect(headers['access-control-expose-headers']).toContain('Retry-After');
      expect(headers['vary']).toContain('Origin');
      expect(headers['cache-control']).toBe('private, no-store');
    },
  );

  it('do not count requests from other origins for a visitor, and count each route separately', async () => {
    const cookie = await sessionOf('ada@acme.example', '203.0.113.60');
    const ask = (origin: string) =>
      request(backend.server).get('/docs/user-info').set({ Cookie: cookie, Origin: origin });
    const statuses = [];
    for (const origin of ['https://evil.example', 'https://evil.example', 'https://evil.example']) {
      statuses.push((await ask(origin)).status);
    }
    for (const origin of [SESSION_DOCS, SESSION_DOCS, SESSION_DOCS])
      statuses.push((await ask(origin)).status);
    expect(statuses).toEqual([403, 403, 403, 200, 200, 429]);
  });
});
