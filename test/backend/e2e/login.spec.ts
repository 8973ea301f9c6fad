import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { sessions } from '../../../src/database/database-schema.js';
import {
  START_TIMEOUT_MS,
  logIn,
  postLogin,
  setCookie,
  startBackend,
  useBackend,
} from './backend-fixture.js';

const ADA = { email: 'ada@acme.example', password: 'docs-demo' };

describe('the login of the reference backend', () => {
  const backend = useBackend();

  describe('GET /login', () => {
    it('shows a labeled form that keeps returnTo', async () => {
      const response = await request(backend.server)
        .get('/login?returnTo=/docs-login%3Fanchor%3Dstep')
        .expect(200);
      expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(response.text).toContain(
        '<input type="hidden" name="returnTo" value="/docs-login?anchor=step">',
      );
      expect(response.text).toContain('<label for="email">');
      expect(response.text).toContain('autocomplete="username"');
      expect(response.text).toContain('autocomplete="current-password"');
      expect(response.text).not.toContain('role="alert"');
    });

    it('drops a returnTo that leaves the app', async () => {
      const response = await request(backend.server).get('/login?returnTo=//evil.example').expect(200);
      expect(response.text).toContain('name="returnTo" value="/"');
      expect(response.text).not.toContain('evil');
    });

    it('drops a repeated returnTo', async () => {
      const response = await request(backend.server).get('/login?returnTo=/a&returnTo=/b').expect(200);
      expect(response.text).toContain('name="returnTo" value="/"');
    });

    it('cannot be cached or framed, and allows no scripts', async () => {
      const { headers } = await request(backend.server).get('/login').expect(200);
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['content-security-policy']).toBe(
        "default-src 'none';style-src 'self';img-src 'self';script-src 'self';connect-src 'self';form-action 'self' http://localhost:3001 http://localhost:3002 http://localhost:3004;frame-ancestors 'none';base-uri 'none'",
      );
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('same-origin');
      expect(headers['x-powered-by']).toBeUndefined();
    });

    it('has a style sheet that can be cached', async () => {
      const response = await request(backend.server).get('/assets/acme.css').expect(200);
      expect(response.headers['content-type']).toBe('text/css; charset=utf-8');
      expect(response.headers['cache-control']).not.toContain('no-store');
    });
  });

  describe('POST /login', () => {
    it('answers 303 to returnTo with a session cookie', async () => {
      const response = await postLogin(backend, {
        ...ADA,
        returnTo: '/docs-login?redirect=%2Fquickstart',
      }).expect(303);
      expect(response.headers['location']).toBe('/docs-login?redirect=%2Fquickstart');
      const attributes = setCookie(response).split('; ').slice(1);
      expect(setCookie(response)).toMatch(/^acme_session=[\w-]+\.[\w-]+\.[\w-]+;/);
      expect(attributes).toEqual(
        expect.arrayContaining(['HttpOnly', 'SameSite=Lax', 'Path=/', 'Max-Age=28800']),
      );
      expect(attributes).not.toContain('Secure');
    });

    it('accepts an email in any case and with spaces around it', async () => {
      const response = await postLogin(backend, { ...ADA, email: ' Ada@ACME.example ' });
      expect(response.status).toBe(303);
    });

    it('goes to the front page without returnTo', async () => {
      const response = await postLogin(backend, ADA).expect(303);
      expect(response.headers['location']).toBe('/');
    });

    it('goes to the front page instead of another site', async () => {
      const response = await postLogin(backend, { ...ADA, returnTo: '/\\evil.example' }).expect(303);
      expect(response.headers['location']).toBe('/');
    });

    it('shows the form again after a wrong password, with the email and returnTo but not the password', async () => {
      const form = { email: 'ada@acme.example', password: 'not-the-password', returnTo: '/docs-login' };
      const response = await postLogin(backend, form).expect(401);
      expect(response.headers['set-cookie']).toBeUndefined();
      expect(response.text).toContain('role="alert"');
      expect(response.text).toContain('value="ada@acme.example"');
      expect(response.text).toContain('name="returnTo" value="/docs-login"');
      expect(response.text).not.toContain('not-the-password');
    });

    it('gives the same message for an unknown account as for a wrong password', async () => {
      const known = await postLogin(backend, { email: 'ada@acme.example', password: 'wrong' }).expect(401);
      const unknown = await postLogin(backend, { email: 'eve@acme.example', password: 'wrong' }).expect(401);
      expect(unknown.text.replace('eve@', 'ada@')).toBe(known.text);
    });

    it('escapes the values it shows again', async () => {
      const response = await postLogin(backend, {
        email: '"><script>alert(1)</script>',
        password: 'wrong',
      }).expect(401);
      expect(response.text).not.toContain('<script');
      expect(response.text).toContain('&quot;&gt;&lt;script&gt;');
    });

    it.each([
      ['no field', {}],
      ['no password', { email: 'ada@acme.example' }],
      ['an email with a control character', { ...ADA, email: 'ada\u0000@acme.example' }],
      ['a password over the length limit', { ...ADA, password: 'x'.repeat(1_025) }],
    ])('answers 400 with an empty form to %s', async (_case, form: Record<string, string>) => {
      const response = await postLogin(backend, form).expect(400);
      expect(response.text).toContain('role="alert"');
      expect(response.text).not.toContain('xxx');
      expect(response.headers['set-cookie']).toBeUndefined();
    });

    it('answers 400 to a repeated field', async () => {
      const response = await request(backend.server)
        .post('/login')
        .type('form')
        .send('email=ada@acme.example&email=eve@acme.example&password=docs-demo');
      expect(response.status).toBe(400);
    });

    it('accepts only forms', async () => {
      const response = await request(backend.server).post('/login').send(ADA);
      expect(response.status).toBe(400);
    });
  });

  describe('POST /logout', () => {
    it('clears the cookie and goes to the front page', async () => {
      const response = await request(backend.server)
        .post('/logout')
        .set('Cookie', await logIn(backend))
        .expect(303);
      expect(response.headers['location']).toBe('/');
      expect(setCookie(response)).toMatch(/^acme_session=; Path=\/; Expires=Thu, 01 Jan 1970 00:00:00 GMT/);
    });

    const nameAt = async (cookie: string): Promise<string> => {
      const { text } = await request(backend.server).get('/').set('Cookie', cookie).expect(200);
      return text.includes('Ada Lovelace') ? 'Ada' : 'anonymous';
    };

    it('ends the session: a copy of its cookie stops working, also for the docs', async () => {
      const cookie = await logIn(backend);
      const another = await logIn(backend);
      expect(await nameAt(cookie)).toBe('Ada');
      await request(backend.server).post('/logout').set('Cookie', cookie).expect(303);
      expect(await nameAt(cookie)).toBe('anonymous');
      const docs = await request(backend.server).get('/docs-login').set('Cookie', cookie).expect(302);
      expect(docs.headers['location']).toMatch(/^\/login\?/);
      await request(backend.server).get('/docs/user-info').set('Cookie', cookie).expect(401);
      await request(backend.server).get('/admin/docs').set('Cookie', cookie).expect(303);
      // The same account in another browser, and a second logout with the old cookie.
      await request(backend.server).post('/logout').set('Cookie', cookie).expect(303);
      expect(await nameAt(another)).toBe('Ada');
    });

    it.each([
      ['no cookie', ''],
      ['an invalid cookie', 'acme_session=a.b.c'],
    ])('goes to the front page with %s', async (_case, cookie) => {
      const response = await request(backend.server).post('/logout').set('Cookie', cookie).expect(303);
      expect(response.headers['location']).toBe('/');
    });

    it('also happens at a new login in the same browser', async () => {
      const before = await logIn(backend);
      const response = await postLogin(backend, ADA).set('Cookie', before).expect(303);
      expect(await nameAt(before)).toBe('anonymous');
      expect(await nameAt(setCookie(response).split(';')[0] ?? '')).toBe('Ada');
    });

    it('deletes the session from the database, and expired sessions at the next login', async () => {
      const { database } = backend;
      await database.delete(sessions);
      await database.insert(sessions).values({ id: 'old', accountId: 'ada', expiresAt: new Date(0) });
      const cookie = await logIn(backend);
      expect(await database.select().from(sessions)).toMatchObject([{ accountId: 'ada' }]);
      await request(backend.server).post('/logout').set('Cookie', cookie).expect(303);
      expect(await database.select().from(sessions)).toEqual([]);
    });

    it('does nothing on GET, so links and images cannot log a visitor out', async () => {
      const response = await request(backend.server).get('/logout');
      expect(response.status).toBe(404);
    });
  });

  describe('posts from other sites', () => {
    it.each([
      ['another site', { 'Sec-Fetch-Site': 'cross-site' }],
      ['a sibling domain', { 'Sec-Fetch-Site': 'same-site' }],
      ['another origin, in an old browser', { Origin: 'https://evil.example' }],
      ['an opaque origin', { Origin: 'null' }],
    ])('are refused from %s', async (_case, headers: Record<string, string>) => {
      const login = await postLogin(backend, ADA).set(headers).expect(403);
      expect(login.headers['set-cookie']).toBeUndefined();
      const logout = await request(backend.server).post('/logout').set(headers).expect(403);
      expect(logout.headers['set-cookie']).toBeUndefined();
    });

    it.each([
      ['its own page', { 'Sec-Fetch-Site': 'same-origin' }],
      ['its own page, in an old browser', { Origin: 'http://localhost:3000', Host: 'localhost:3000' }],
    ])('are accepted from %s', async (_case, headers: Record<string, string>) => {
      const response = await postLogin(backend, ADA).set(headers);
      expect(response.status).toBe(303);
    });
  });
});

describe('the login of the reference backend over https', () => {
  it(
    'sets a cookie that is sent over https only',
    async () => {
      const backend = await startBackend({ publicUrl: 'https://acme.example' });
      try {
        const response = await postLogin(backend, ADA).expect(303);
        expect(setCookie(response)).toMatch(/^__Host-acme_session=.*; Secure/);
        expect(response.headers['strict-transport-security']).toContain('max-age=');
      } finally {
        await backend.app.close();
      }
    },
    START_TIMEOUT_MS,
  );
});
