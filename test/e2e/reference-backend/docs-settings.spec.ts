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
  ])('show %s those of their own tenant', async (email, tenantId, heading, docsUrl, mode) => {
    const page = await get(await logIn(backend, email)).expect(200);
    const key = await keyInUse(tenantId);
    expect(page.text).toContain(`<h1>${heading}</h1>`);
    expect(page.text).toContain(`href="${docsUrl}"`);
    expect(page.text).toContain(`<dd>${mode}`);
    expect(page.text).toContain(`>${key?.kid}</code>`);
    expect(page.text).toContain(`datetime="${key?.createdAt.toISOString()}"`);
    expect(page.text).toContain('<button type="submit">Rotate the key</button>');
  });

  it('show no key, neither in the page nor in the list of tenants that it is made from', async () => {
    const key = await keyInUse('acme');
    const page = await get(await logIn(backend)).expect(200);
    expect(page.text).not.toContain(key?.sealedPrivateKey);
    expect(page.text).not.toContain(key?.publicKey.x);
    expect(page.headers['cache-control']).toBe('no-store');
  });

  it('show the new key after a rotation, and until when the old one is accepted', async () => {
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
    'say that a key was rotated only of the one in use: rotated=%s',
    async (rotated) => {
      const page = await get(await logIn(backend), `${PAGE}?rotated=${encodeURIComponent(rotated)}`);
      expect(page.text).not.toContain('was rotated');
      expect(page.text).not.toContain('<script');
    },
  );

  describe('let nobody in who may not', () => {
    it.each([
      ['looks', () => request(backend.server).get(PAGE)],
      ['presses the button', () => request(backend.server).post(BUTTON)],
    ])('sends an anonymous visitor who %s to the login and back to the page', async (_case, ask) => {
      const before = await kids();
      const response = await ask().expect(303);
      expect(response.headers['location']).toBe('/login?returnTo=%2Fadmin%2Fdocs');
      expect(await kids()).toEqual(before);
    });

    it('refuses a visitor who is no administrator, or no longer one', async () => {
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

    it('reaches the key of no other tenant, whatever the request says', async () => {
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
    ])('refuses a post from %s', async (_case, headers: Record<string, string>) => {
      const before = await kids();
      await press(await logIn(backend))
        .set(headers)
        .expect(403);
      expect(await kids()).toEqual(before);
    });

    it('rotates nothing on GET, so no link or image can', async () => {
      const cookie = await logIn(backend);
      const before = await kids();
      await get(cookie, BUTTON).expect(404);
      await get(cookie).expect(200);
      expect(await kids()).toEqual(before);
    });
  });

  it('offer no rotation for docs of a tenant’s own, which learn of no key that is made here', async () => {
    const cookie = await logIn(backend);
    const before = await kids();
    const docsUrl = 'https://docs.acme.example';
    await backend.database.update(tenants).set({ docsUrl }).where(eq(tenants.id, 'acme'));
    const page = await get(cookie).expect(200);
    expect(page.text).toContain(`href="${docsUrl}"`);
    expect(page.text).not.toContain('<button');
    const pressed = await press(cookie).expect(409);
    expect(pressed.text).toContain('not made here');
    expect(await kids()).toEqual(before);
    await backend.database.update(tenants).set({ docsUrl: null }).where(eq(tenants.id, 'acme'));
  });
});

describe('the docs settings where the environment gave the keys', () => {
  it(
    'offer no rotation, and name no key of the tenant',
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
          expect(page.text).toContain('The one of the docs site');
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
