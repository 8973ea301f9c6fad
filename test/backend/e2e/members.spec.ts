import { describe, expect, it } from '@jest/globals';
import { eq } from 'drizzle-orm';
import request from 'supertest';
import { accounts } from '../../../src/database/database-schema.js';
import { logIn, useBackend } from './backend-fixture.js';
import { accept } from './docs-arrival-fixture.js';

const PAGE = '/admin/members';
const FORM = '/admin/members/view-as';
const REASON = 'Ticket 7: the billing page is missing';

describe('the members page of the reference backend', () => {
  const backend = useBackend();

  const get = (cookie: string) => request(backend.server).get(PAGE).set('Cookie', cookie);
  const post = (cookie: string, fields: object, headers: Record<string, string> = {}) =>
    request(backend.server)
      .post(FORM)
      .type('form')
      .set({ Cookie: cookie, ...headers })
      .send(fields);

  it('lists the other members of the own tenant', async () => {
    const page = await get(await logIn(backend)).expect(200);
    expect(page.text).toContain('<h1>Members of Acme</h1>');
    expect(page.text).toContain('View docs as Alan Turing</button>');
    expect(page.text).toMatch(/name="reason" required/);
    expect(page.text).not.toMatch(/View docs as (?:Ada|Grace|Peter)/);
  });

  it('opens the docs as a member sees them, without their API key', async () => {
    const opened = await post(await logIn(backend), { subject: 'alan', reason: REASON }).expect(303);
    const { payload } = await accept(backend, new URL(opened.headers['location'] ?? ''));
    expect(payload).toMatchObject({
      groups: ['viewer'],
      content: { firstName: 'Alan', company: 'Acme', viewingAs: { until: expect.stringMatching(/Z$/) } },
    });
    expect(payload).not.toHaveProperty('apiPlaygroundInputs');
    expect((payload['expiresAt'] as number) - Date.now() / 1_000).toBeLessThanOrEqual(900);
    expect(opened.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    expect(opened.text).toBe('');
  });

  it('needs a reason', async () => {
    const cookie = await logIn(backend);
    for (const fields of [
      { subject: 'alan' },
      { subject: 'alan', reason: ' ' },
      { subject: 'alan', reason: 'a\nb' },
    ]) {
      const page = await post(cookie, fields).expect(400);
      expect(page.text).toContain('role="alert">Enter a reason');
    }
  });

  it('opens nothing of another tenant, nor for another account', async () => {
    const cookie = await logIn(backend);
    for (const subject of ['grace', 'peter', 'unknown']) {
      const page = await post(cookie, { subject, reason: REASON }).expect(403);
      expect(page.text).toContain('You cannot view the docs as this account.');
    }
    expect(
      (await post(await logIn(backend, 'alan@acme.example'), { subject: 'ada', reason: REASON })).status,
    ).toBe(403);
    expect((await post('', { subject: 'alan', reason: REASON })).headers['location']).toMatch(/^\/login/);
    expect((await get(await logIn(backend, 'alan@acme.example'))).status).toBe(403);
  });

  it('is no longer for an administrator who is one no more', async () => {
    const cookie = await logIn(backend);
    await backend.database.update(accounts).set({ roles: [] }).where(eq(accounts.id, 'ada'));
    expect((await post(cookie, { subject: 'alan', reason: REASON })).status).toBe(403);
    await backend.database
      .update(accounts)
      .set({ roles: ['admin'] })
      .where(eq(accounts.id, 'ada'));
  });

  it.each([{ 'Sec-Fetch-Site': 'cross-site' }, { Origin: 'https://evil.example' }] as Record<
    string,
    string
  >[])('refuses a form of another site: %j', async (headers) => {
    const refused = await post(await logIn(backend), { subject: 'alan', reason: REASON }, headers);
    expect([refused.status, refused.headers['location']]).toEqual([403, undefined]);
  });
});
