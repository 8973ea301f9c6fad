import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import request from 'supertest';
import type { Database } from '../../../src/database/database.connection.js';
import { DATABASE } from '../../../src/database/database.module.js';
import { tenants } from '../../../src/database/database.schema.js';
import { START_TIMEOUT_MS, logIn, startBackend } from './backend.fixture.js';
import type { Backend } from './backend.fixture.js';

describe('the way of a visitor of the reference backend to the docs', () => {
  let backend: Backend;

  beforeAll(async () => {
    backend = await startBackend();
  }, START_TIMEOUT_MS);

  afterAll(async () => {
    await backend.app.close();
  });

  async function visit(path: string, cookie: string): Promise<URL> {
    const response = await request(backend.server).get(path).set('Cookie', cookie).expect(302);
    return new URL(response.headers['location'] ?? '');
  }

  async function claims(location: URL): Promise<JWTPayload> {
    const fragment = new URLSearchParams(location.hash.slice(1));
    const token = fragment.get('jwt') ?? location.hash.slice(1);
    const { payload } = await jwtVerify(token, backend.docsPublicKey, { algorithms: ['ES256'] });
    return payload;
  }

  it('leads over the login to the page and the anchor they came from', async () => {
    const browser = request.agent(backend.server);

    const sentToLogin = await browser.get('/docs-login?redirect=/quickstart&anchor=step-one').expect(302);
    const loginUrl = new URL(sentToLogin.headers['location'] ?? '', backend.config.publicUrl);
    expect(loginUrl.origin + loginUrl.pathname).toBe('http://localhost:3000/login');

    const form = await browser.get(loginUrl.pathname + loginUrl.search).expect(200);
    const returnTo = /name="returnTo" value="([^"]*)"/.exec(form.text)?.[1]?.replaceAll('&amp;', '&');
    const loggedIn = await browser
      .post('/login')
      .type('form')
      .send({ email: 'ada@acme.example', password: 'docs-demo', returnTo })
      .expect(303);

    const sentToDocs = await browser.get(loggedIn.headers['location'] ?? '').expect(302);
    const docs = new URL(sentToDocs.headers['location'] ?? '');
    expect(docs.origin + docs.pathname).toBe('http://localhost:3001/quickstart');
    expect(docs.search).toBe('');
    expect(docs.hash).toMatch(/^#jwt=[\w.-]+&anchor=step-one$/);
    expect(await claims(docs)).toMatchObject({ content: { firstName: 'Ada' } });
  });

  it.each([
    [
      'ada@acme.example',
      {
        groups: ['admin', 'engineering'],
        content: { firstName: 'Ada', lastName: 'Lovelace', company: 'Acme', plan: 'enterprise' },
        apiPlaygroundInputs: { header: { 'X-Acme-Tenant': 'acme' }, server: { tenant: 'acme' } },
      },
    ],
    [
      'grace@globex.example',
      {
        groups: ['viewer'],
        content: { firstName: 'Grace', lastName: 'Hopper', company: 'Globex', plan: 'starter' },
        apiPlaygroundInputs: { header: { 'X-Acme-Tenant': 'globex' }, server: { tenant: 'globex' } },
      },
    ],
  ])('tells the docs who %s is, and nothing more', async (email, user) => {
    const payload = await claims(await visit('/docs-login', await logIn(backend, email)));
    const { exp, iat, expiresAt, ...rest } = payload;
    expect(rest).toEqual(user);
    expect((exp ?? 0) - (iat ?? 0)).toBeLessThanOrEqual(10);
    expect(expiresAt).toBeGreaterThan(exp ?? Infinity);
  });

  it('shows a change of plan at the next visit, without a new login', async () => {
    const cookie = await logIn(backend, 'grace@globex.example');
    const database = backend.app.get<Database>(DATABASE, { strict: false });
    await database.update(tenants).set({ plan: 'team' }).where(eq(tenants.id, 'globex'));
    expect(await claims(await visit('/docs-login', cookie))).toMatchObject({ content: { plan: 'team' } });
    await database.update(tenants).set({ plan: 'starter' }).where(eq(tenants.id, 'globex'));
  });

  it('asks for a login again after the log-out', async () => {
    const browser = request.agent(backend.server);
    await browser
      .post('/login')
      .type('form')
      .send({ email: 'ada@acme.example', password: 'docs-demo' })
      .expect(303);
    await browser.post('/logout').expect(303);
    const response = await browser.get('/docs-login').expect(302);
    expect(response.headers['location']).toMatch(/^\/login\?returnTo=/);
  });
});
