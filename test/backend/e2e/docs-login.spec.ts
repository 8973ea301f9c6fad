import { describe, expect, it } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { TenantRegistry } from 'nestjs-mintlify-personalization';
import type { DocsMode } from 'nestjs-mintlify-personalization';
import request from 'supertest';
import { accounts, tenants } from '../../../src/database/database-schema.js';
import { logIn, useBackend } from './backend-fixture.js';
import { accept, visit } from './docs-arrival-fixture.js';

/** The visitor's own key, and where the API is. */
const PLAYGROUND_INPUTS = {
  header: { 'X-Acme-Key': expect.stringMatching(/^acme_[0-9a-f]{16}_[0-9a-f]{40}$/) },
  server: { port: '3000' },
};

describe('the docs login of the reference backend', () => {
  const backend = useBackend();

  it.each([
    ['ada@acme.example', 'http://localhost:3001/quickstart', /^#jwt=[\w.-]+&anchor=step-one$/],
    ['grace@globex.example', 'http://localhost:3001/quickstart', /^#jwt=[\w.-]+&anchor=step-one$/],
    [
      'peter@initech.example',
      'http://localhost:3002/login/jwt-callback?redirect=%2Fquickstart%23step-one',
      /^#eyJ[\w.-]+$/,
    ],
  ])(
    'sends %s to the login, then back to the page and anchor they came from',
    async (email, page, fragment) => {
      const browser = request.agent(backend.server);

      const sentToLogin = await browser.get('/docs-login?redirect=/quickstart&anchor=step-one').expect(302);
      const loginUrl = new URL(sentToLogin.headers['location'] ?? '', backend.config.publicUrl);
      expect(loginUrl.origin + loginUrl.pathname).toBe('http://localhost:3000/login');

      const form = await browser.get(loginUrl.pathname + loginUrl.search).expect(200);
      const returnTo = /name="returnTo" value="([^"]*)"/.exec(form.text)?.[1]?.replaceAll('&amp;', '&');
      const loggedIn = await browser
        .post('/login')
        .type('form')
        .send({ email, password: 'docs-demo', returnTo })
        .expect(303);

      const sentToDocs = await browser.get(loggedIn.headers['location'] ?? '').expect(302);
      const docs = new URL(sentToDocs.headers['location'] ?? '');
      expect(docs.origin + docs.pathname + docs.search).toBe(page);
      expect(docs.hash).toMatch(fragment);
    },
  );

  it.each<[string, DocsMode, object]>([
    [
      'ada@acme.example',
      'personalization',
      {
        groups: ['admin', 'engineering'],
        content: {
          firstName: 'Ada',
          lastName: 'Lovelace',
          company: 'Acme',
          plan: 'enterprise',
        },
        apiPlaygroundInputs: PLAYGROUND_INPUTS,
      },
    ],
    [
      'grace@globex.example',
      'personalization',
      {
        groups: ['viewer'],
        content: {
          firstName: 'Grace',
          company: 'Globex',
          plan: 'starter',
        },
        apiPlaygroundInputs: PLAYGROUND_INPUTS,
      },
    ],
    [
      'peter@initech.example',
      'authentication',
      {
        host: 'localhost',
        groups: ['support'],
        content: {
          firstName: 'Peter',
          lastName: 'Gibbons',
          company: 'Initech',
          plan: 'team',
        },
        apiPlaygroundInputs: PLAYGROUND_INPUTS,
      },
    ],
  ])('sends the docs only the user data of %s', async (email, mode, user) => {
    const location = await visit(backend, '/docs-login', await logIn(backend, email));
    const { payload } = await accept(backend, location, mode);
    const { exp, iat, expiresAt, ...rest } = payload;
    expect(rest).toEqual(user);
    expect((exp ?? 0) - (iat ?? 0)).toBeLessThanOrEqual(10);
    expect(expiresAt).toBeGreaterThan(exp ?? Infinity);
  });

  it('signs with the key of the tenant, named in the token', async () => {
    const kids = [];
    for (const [email, mode] of [
      ['ada@acme.example', 'personalization'],
      ['grace@globex.example', 'personalization'],
      ['peter@initech.example', 'authentication'],
    ] as const) {
      const location = await visit(backend, '/docs-login', await logIn(backend, email));
      kids.push((await accept(backend, location, mode)).header.kid);
    }
    expect(kids).toEqual([expect.any(String), expect.any(String), expect.any(String)]);
    expect(new Set(kids).size).toBe(3);
  });

  it('sends a visitor from the docs of another tenant to their own docs, with a token for those only', async () => {
    // The login link of the private docs leads here too, and nothing in it can choose the tenant.
    const path =
      '/docs-login?redirect=%2Fquickstart%23step-one&tenant=initech&tenantId=initech&docs=http://localhost:3002';
    const location = await visit(backend, path, await logIn(backend, 'ada@acme.example'));
    expect(location.origin + location.pathname).toBe('http://localhost:3001/quickstart');
    expect(location.hash).toMatch(/&anchor=step-one$/);
    const { payload } = await accept(backend, location);
    expect(payload['host']).toBeUndefined();
    await expect(accept(backend, location, 'authentication')).rejects.toThrow('"alg"');
  });

  it('applies a change of plan at the next visit, without a new login', async () => {
    const cookie = await logIn(backend, 'grace@globex.example');
    await backend.database.update(tenants).set({ plan: 'team' }).where(eq(tenants.id, 'globex'));
    const { payload } = await accept(backend, await visit(backend, '/docs-login', cookie));
    expect(payload).toMatchObject({ groups: ['viewer', 'engineering'], content: { plan: 'team' } });
    await backend.database.update(tenants).set({ plan: 'starter' }).where(eq(tenants.id, 'globex'));
  });

  it.each([
    [['viewer'], ['viewer']],
    [
      ['engineering', 'admin'],
      ['engineering', 'admin'],
    ],
    [['juggler', 'constructor'], []],
    [[], []],
  ])('maps the roles %j at Acme to the groups %j', async (roles, groups) => {
    const cookie = await logIn(backend);
    await backend.database.update(accounts).set({ roles }).where(eq(accounts.id, 'ada'));
    const { payload } = await accept(backend, await visit(backend, '/docs-login', cookie));
    expect(payload['groups']).toEqual(groups);
    await backend.database
      .update(accounts)
      .set({ roles: ['admin'] })
      .where(eq(accounts.id, 'ada'));
  });

  it('sends visitors to the tenant’s own docs site as soon as it has one', async () => {
    const cookie = await logIn(backend, 'grace@globex.example');
    const docsUrl = 'https://docs.globex.example/help';
    await backend.database.update(tenants).set({ docsUrl }).where(eq(tenants.id, 'globex'));
    backend.app.get(TenantRegistry, { strict: false }).invalidate('globex');
    const location = await visit(backend, '/docs-login?redirect=/help/quickstart', cookie);
    expect(location.origin + location.pathname).toBe('https://docs.globex.example/help/quickstart');
    // The docs of this installation no longer accept the tenant's key.
    await expect(accept(backend, location)).rejects.toThrow('no applicable key');
    await backend.database.update(tenants).set({ docsUrl: null }).where(eq(tenants.id, 'globex'));
    backend.app.get(TenantRegistry, { strict: false }).invalidate('globex');
    await accept(backend, await visit(backend, '/docs-login', cookie));
  });

  it('requires a new login after a logout', async () => {
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
