import { describe, expect, it } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { SignJWT, UnsecuredJWT } from 'jose';
import request from 'supertest';
import { accounts, sessions, tenants } from '../../../src/database/database-schema.js';
import { SESSION_SECRET, logIn, useBackend } from './backend-fixture.js';

interface Session {
  subject?: string;
  id?: string | undefined;
  issuer?: string;
  audience?: string;
  expires?: string | number;
  secret?: string;
  algorithm?: string;
}

const SESSION_ID = 'a session of these tests';

/** A session cookie like the backend's own, except for the given changes. */
async function sessionCookie(given: Session): Promise<string> {
  const token = await new SignJWT({ jti: 'id' in given ? given.id : SESSION_ID })
    .setProtectedHeader({ alg: given.algorithm ?? 'HS256' })
    .setIssuer(given.issuer ?? 'acme-cloud')
    .setAudience(given.audience ?? 'acme-cloud-session')
    .setSubject(given.subject ?? 'ada')
    .setIssuedAt()
    .setExpirationTime(given.expires ?? '1 hour')
    .sign(new TextEncoder().encode(given.secret ?? SESSION_SECRET));
  return `acme_session=${token}`;
}

const unsecuredToken = new UnsecuredJWT({})
  .setIssuer('acme-cloud')
  .setAudience('acme-cloud-session')
  .setSubject('ada')
  .setExpirationTime('1 hour')
  .encode();

describe('the home page of the reference backend', () => {
  const backend = useBackend();

  /** Starts a session of an account, for {@link sessionCookie}. */
  async function begin(accountId: string): Promise<void> {
    await backend.database.delete(sessions);
    const expiresAt = new Date(Date.now() + 3_600_000);
    await backend.database.insert(sessions).values({ id: SESSION_ID, accountId, expiresAt });
  }

  async function home(cookie?: string): Promise<string> {
    const page = request(backend.server).get('/');
    const response = await (cookie === undefined ? page : page.set('Cookie', cookie)).expect(200);
    expect(response.headers['cache-control']).toBe('no-store');
    return response.text;
  }

  it('shows an anonymous visitor links to the login and both docs, and what to try', async () => {
    const page = await home();
    expect(page).toContain('You are not logged in');
    expect(page).toContain('href="/login"');
    expect(page).toContain('href="http://localhost:3001"');
    expect(page).toContain('href="http://localhost:3002"');
    expect(page).toContain('What to try');
    expect(page).not.toContain('/logout');
    expect(page).not.toContain('/admin');
  });

  it.each([
    ['ada@acme.example', ['Ada Lovelace', 'Acme', 'enterprise', 'admin']],
    ['grace@globex.example', ['Grace Hopper', 'Globex', 'starter', 'admin']],
    ['peter@initech.example', ['Peter Gibbons', 'Initech', 'team', 'admin, support']],
  ])('says that %s is logged in', async (email, facts) => {
    const page = await home(await logIn(backend, email));
    expect(page).toContain(`<dd>${email}</dd>`);
    expect(page).toContain(`<strong>${facts[0]}</strong>`);
    for (const fact of facts.slice(1)) expect(page).toContain(`<dd>${fact}</dd>`);
    expect(page).toContain('href="/docs-login"');
    expect(page).toContain('<form method="post" action="/logout">');
  });

  it.each([
    ['ada@acme.example', 'http://localhost:3001', 'Public: personalized for you'],
    ['grace@globex.example', 'http://localhost:3001', 'Public: personalized for you'],
    ['peter@initech.example', 'http://localhost:3002', 'Private: only for your company'],
  ])('says which docs %s has', async (email, docsUrl, description) => {
    const page = await home(await logIn(backend, email));
    expect(page).toContain(`<dd>${docsUrl}<br><small>${description}</small></dd>`);
  });

  it('links only administrators to the docs settings', async () => {
    const cookie = await logIn(backend);
    expect(await home(cookie)).toContain('href="/admin/docs"');
    await backend.database
      .update(accounts)
      .set({ roles: ['engineering'] })
      .where(eq(accounts.id, 'ada'));
    expect(await home(cookie)).not.toContain('/admin');
    await backend.database
      .update(accounts)
      .set({ roles: ['admin'] })
      .where(eq(accounts.id, 'ada'));
  });

  it('escapes data from the database', async () => {
    const { database } = backend;
    await database.insert(tenants).values({ id: 'x', company: '<script>alert(1)</script>', plan: '"&\'' });
    const mallory = { id: 'mallory', tenantId: 'x', email: 'm@x.example', passwordHash: '', roles: ['<b>'] };
    await database.insert(accounts).values({ ...mallory, firstName: '<img src=x>', lastName: '<i>' });
    await begin('mallory');
    const page = await home(await sessionCookie({ subject: 'mallory' }));
    expect(page).toContain('&lt;script&gt;');
    expect(page).toContain('Open the docs as &lt;img src=x&gt;');
    expect(page).not.toMatch(/<script|<img src=x|<i>|<b>/);
  });

  it('accepts a session that is signed like the backend’s own', async () => {
    await begin('ada');
    expect(await home(await sessionCookie({}))).toContain('Ada Lovelace');
  });

  it.each<[string, Session]>([
    ['has expired', { expires: 1_700_000_000 }],
    ['is signed with another secret', { secret: `${SESSION_SECRET}!` }],
    ['is signed with another algorithm', { algorithm: 'HS512' }],
    ['has another issuer', { issuer: 'evil' }],
    ['is meant for something else', { audience: 'acme-cloud-password-reset' }],
    ['belongs to an account that does not exist', { subject: 'unknown' }],
    ['belongs to another account', { subject: 'grace' }],
    ['has ended, or never began', { id: 'another' }],
    ['has no id', { id: undefined }],
  ])('treats a visitor as anonymous if their session %s', async (_case, session) => {
    await begin('ada');
    expect(await home(await sessionCookie(session))).toContain('You are not logged in');
  });

  it.each([
    ['unsigned', `acme_session=${unsecuredToken}`],
    ['no token', 'acme_session=ada'],
    ['empty', 'acme_session='],
    ['under another name', 'session=ada'],
  ])('treats a visitor as anonymous if their cookie is %s', async (_case, cookie) => {
    expect(await home(cookie)).toContain('You are not logged in');
  });

  it('ends a session when its account is deleted', async () => {
    const { database } = backend;
    await database.insert(accounts).values({
      id: 'leaver',
      tenantId: 'acme',
      email: 'leaver@acme.example',
      firstName: 'Lea',
      lastName: 'Ver',
      roles: [],
      passwordHash: '',
    });
    await begin('leaver');
    const cookie = await sessionCookie({ subject: 'leaver' });
    expect(await home(cookie)).toContain('Lea');
    await database.delete(accounts).where(eq(accounts.id, 'leaver'));
    expect(await home(cookie)).toContain('You are not logged in');
  });
});
