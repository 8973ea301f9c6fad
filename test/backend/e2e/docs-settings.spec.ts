import { describe, expect, it } from '@jest/globals';
import { and, eq, isNull } from 'drizzle-orm';
import request from 'supertest';
import { accounts, signingKeys, tenants } from '../../../src/database/database-schema.js';
import { START_TIMEOUT_MS, docsSites, logIn, startBackend, useBackend } from './backend-fixture.js';

const PAGE = '/admin/docs';
const BUTTON = '/admin/docs/rotate-key';

describe('the docs settings of the reference backend', () => {
  const backend = useBackend();

  async function keyInUse(tenantId: string): Promise<typeof signingKeys.$inferSelect | undefined> {
    const [key] = await backend.database
      .select()
      .from(signingKeys)
      .where(and(eq(signingKeys.tenantId, tenantId), isNull(signingKeys.retiredAt)));
    return key;
  }

  const kids = async () =>
    Promise.all(['acme', 'globex', 'initech'].map(async (id) => (await keyInUse(id))?.kid));

  const get = (cookie: string, path = PAGE) => request(backend.server).get(path).set('Cookie', cookie);
  const press = (cookie: string) => request(backend.server).post(BUTTON).set('Cookie', cookie);

  it.each([
    ['ada@acme.example', 'acme', 'Docs of Acme', 'http://localhost:3001', 'Public: personalization, ES256'],
    ['grace@globex.example', 'globex', 'Docs of Globex', 'http://localhost:3001', 'Public: '],
    ['peter@initech.example', 'initech', 'Docs of Initech', 'http://localhost:3002', 'Private: '],
  ])('show %s the settings of their own tenant', async (email, tenantId, heading, docsUrl, mode) => {
    const page = await get(await logIn(backend, email)).expect(200);
    const key = await keyInUse(tenantId);
    expect(page.text).toContain(`<h1>${heading}</h1>`);
    expect(page.text).toContain(`href="${docsUrl}"`);
    expect(page.text).toContain(`<dd>${mode}`);
    expect(page.text).toContain(`>${key?.kid}</code>`);
    expect(page.text).toContain(`datetime="${key?.createdAt.toISOString()}"`);
    expect(page.text).toContain('<button type="submit">Rotate the key</button>');
  });

  it('do not show the key, encrypted or public', async () => {
    const key = await keyInUse('acme');
    const page = await get(await logIn(backend)).expect(200);
    expect(page.text).not.toContain(key?.sealedPrivateKey);
    expect(page.text).not.toContain(key?.publicKey.x);
    expect(page.headers['cache-control']).toBe('no-store');
  });

  it('show the new key after a rotation, and how long the old one is accepted', async () => {
    const cookie = await logIn(backend);
    const [before, ...others] = await kids();
    const pressed = await press(cookie).expect(303);
    const [after, ...othersAfter] = await kids();
    expect(after).not.toBe(before);
    expect(othersAfter).toEqual(others);
    expect(pressed.headers['location']).toBe(`${PAGE}?rotated=${after}`);

    const page = await get(cookie, pressed.headers['location']).expect(200);
    expect(page.text).toContain('role="status">The key was rotated');
    expect(page.text).toContain(`data-testid="kid">${after}</code>`);
    expect(page.text).toMatch(new RegExp(`${before}</code><br><small>Accepted until <time datetime="`));
  });

  it.each(['', 'yes', '<script>alert(1)</script>'])(
    'ignore a rotated parameter that is not the key in use: rotated=%s',
    async (rotated) => {
      const page = await get(await logIn(backend), `${PAGE}?rotated=${encodeURIComponent(rotated)}`);
      expect(page.text).not.toContain('was rotated');
      expect(page.text).not.toContain('<script');
    },
  );

  describe('are protected', () => {
    it.each([
      ['looks', () => request(backend.server).get(PAGE)],
      ['presses the button', () => request(backend.server).post(BUTTON)],
    ])('an anonymous visitor who %s is sent to the login and back to the page', async (_case, ask) => {
      const before = await kids();
      const response = await ask().expect(303);
      expect(response.headers['location']).toBe('/login?returnTo=%2Fadmin%2Fdocs');
      expect(await kids()).toEqual(before);
    });

    it('a visitor who is not an administrator, or no longer one, gets 403', async () => {
      const cookie = await logIn(backend);
      const before = await kids();
      await backend.database
        .update(accounts)
        .set({ roles: ['engineering', 'Admin'] })
        .where(eq(accounts.id, 'ada'));
      for (const response of [await get(cookie), await press(cookie)]) {
        expect(response.status).toBe(403);
        expect(response.text).toContain('for the administrators of your company');
        expect(response.text).not.toContain('Rotate');
      }
      expect(await kids()).toEqual(before);
      await backend.database
        .update(accounts)
        .set({ roles: ['admin'] })
        .where(eq(accounts.id, 'ada'));
    });

    it('nothing in a request reaches the key of another tenant', async () => {
      const cookie = await logIn(backend, 'grace@globex.example');
      const [acme, globex, initech] = await kids();
      await request(backend.server)
        .post(`${BUTTON}?tenantId=acme&tenant=initech`)
        .set('Cookie', cookie)
        .type('form')
        .send({ tenantId: 'acme', tenant: 'initech', kid: acme })
        .expect(303);
      const [acmeAfter, globexAfter, initechAfter] = await kids();
      expect([acmeAfter, initechAfter]).toEqual([acme, initech]);
      expect(globexAfter).not.toBe(globex);
      for (const path of [`${PAGE}?tenantId=acme`, `${PAGE}?tenant=acme`]) {
        const page = await get(cookie, path).expect(200);
        expect(page.text).toContain('Docs of Globex');
        expect(page.text).not.toContain(acme);
      }
      await get(cookie, `${PAGE}/acme`).expect(404);
    });

    it.each([
      ['another site', { 'Sec-Fetch-Site': 'cross-site' }],
      ['a sibling domain', { 'Sec-Fetch-Site': 'same-site' }],
      ['another origin, in an old browser', { Origin: 'https://evil.example' }],
    ])('a post from %s is refused', async (_case, headers: Record<string, string>) => {
      const before = await kids();
      await press(await logIn(backend))
        .set(headers)
        .expect(403);
      expect(await kids()).toEqual(before);
    });

    it('GET rotates nothing, so links and images cannot', async () => {
      const cookie = await logIn(backend);
      const before = await kids();
      await get(cookie, BUTTON).expect(404);
      await get(cookie).expect(200);
      expect(await kids()).toEqual(before);
    });
  });

  it('offer no rotation for a tenant’s own docs site, whose key is managed elsewhere', async () => {
    const cookie = await logIn(backend);
    const before = await kids();
    const docsUrl = 'https://docs.acme.example';
    await backend.database.update(tenants).set({ docsUrl }).where(eq(tenants.id, 'acme'));
    const page = await get(cookie).expect(200);
    expect(page.text).toContain(`href="${docsUrl}"`);
    expect(page.text).not.toContain('<button');
    const pressed = await press(cookie).expect(409);
    expect(pressed.text).toContain('managed elsewhere');
    expect(await kids()).toEqual(before);
    await backend.database.update(tenants).set({ docsUrl: null }).where(eq(tenants.id, 'acme'));
  });
});

describe('the docs settings with keys from the environment', () => {
  it(
    'offer no rotation and show no key of the tenant',
    async () => {
      const { personalization, authentication } = await docsSites();
      const backend = await startBackend({
        docsSites: {
          personalization: { ...personalization, hasTenantKeys: false },
          authentication: { ...authentication, hasTenantKeys: false },
        },
      });
      try {
        for (const email of ['ada@acme.example', 'peter@initech.example']) {
          const cookie = await logIn(backend, email);
          const page = await request(backend.server).get(PAGE).set('Cookie', cookie).expect(200);
          expect(page.text).toContain('The key of the docs site');
          expect(page.text).not.toContain('<button');
          await request(backend.server).post(BUTTON).set('Cookie', cookie).expect(409);
        }
        expect(await backend.database.select().from(signingKeys)).toEqual([]);
      } finally {
        await backend.app.close();
      }
    },
    START_TIMEOUT_MS,
  );
});
