import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eq } from 'drizzle-orm';
import request from 'supertest';
import { ActivityRecorder } from '../../../src/activity/activity-recorder.js';
import { ActivityRepository } from '../../../src/activity/activity-repository.js';
import { accounts, activityCounts } from '../../../src/database/database-schema.js';
import { START_TIMEOUT_MS, logIn, startBackend } from './backend-fixture.js';
import type { Backend } from './backend-fixture.js';

const PAGE = '/admin/activity';

describe('the activity page of the reference backend', () => {
  let backend: Backend;
  const get = (cookie: string, path = PAGE) => request(backend.server).get(path).set('Cookie', cookie);

  beforeAll(async () => {
    backend = await startBackend();
  }, START_TIMEOUT_MS);

  afterAll(async () => {
    await backend.app.close();
  });

  it('says so if there was no activity', async () => {
    const page = await get(await logIn(backend, 'peter@initech.example')).expect(200);
    expect(page.text).toContain('No one from Initech has opened the docs in the last 3 hours');
    expect(page.text).not.toContain('<table>');
    expect(page.text).not.toContain('NaN');
  });

  it('shows the latest logins, lookups and refusals of the administrator’s own tenant only', async () => {
    const [ada, grace] = [await logIn(backend), await logIn(backend, 'grace@globex.example')];
    await get(ada, '/docs-login').expect(302);
    await get(ada, '/docs-login').expect(302);
    await get(ada, '/docs/user-info').set('Origin', 'http://localhost:3003').expect(200);
    // The private docs belong to another tenant.
    await get(ada, '/docs/user-info').set('Origin', 'http://localhost:3002').expect(403);
    await get(grace, '/docs-login').expect(302);

    const acme = await get(ada).expect(200);
    expect(acme.text).toContain('<h1>Activity of Acme</h1>');
    expect(acme.text).toMatch(
      /<strong>2<\/strong> logins to the docs, <strong>1<\/strong> lookup by the docs, <strong>1<\/strong> refusal\./,
    );
    for (const series of ['logins', 'lookups', 'refusals']) {
      expect(acme.text).toMatch(new RegExp(`<rect class="${series}" `));
    }
    expect(acme.text).toMatch(/<path class="medianMs" d="M[\d.,MLZ]+"/);
    expect(acme.text).toContain('<li class="medianMs">Median (p50)</li>');
    expect(acme.text).toMatch(/<th scope="row"><time datetime="[^"]+:\d[05]:00\.000Z">/);
    expect(acme.text).not.toMatch(/NaN|Infinity|undefined/);
    // The page's CSP allows neither.
    expect(acme.text).not.toMatch(/<script|\sstyle=/);

    const globex = await get(grace, `${PAGE}?tenantId=acme`).expect(200);
    expect(globex.text).toContain('<strong>1</strong> login to the docs, <strong>0</strong> lookups');
  });

  it('answers 403 to non-administrators, and sends anonymous visitors to the login and back', async () => {
    const anonymous = await request(backend.server).get(PAGE).expect(303);
    expect(anonymous.headers['location']).toBe('/login?returnTo=%2Fadmin%2Factivity');
    const cookie = await logIn(backend);
    await backend.database
      .update(accounts)
      .set({ roles: ['viewer'] })
      .where(eq(accounts.id, 'ada'));
    const refused = await get(cookie).expect(403);
    expect(refused.text).not.toContain('<svg');
    await backend.database
      .update(accounts)
      .set({ roles: ['admin'] })
      .where(eq(accounts.id, 'ada'));
  });

  it('adds up the counts of several processes', async () => {
    const recorder = () => new ActivityRecorder(new ActivityRepository(backend.database));
    const [one, other] = [recorder(), recorder()];
    const minute = new Date(Math.floor(Date.now() / 60_000) * 60_000);
    const occurredAt = new Date(minute.getTime() + 30_000).toISOString();
    const event = { type: 'login.succeeded', outcome: 'ok', tenantId: 'two', occurredAt } as const;
    for (const each of [one, one, other]) each.record({ ...event, durationMs: 4 });
    await Promise.all([one.flush(), other.flush()]);
    const rows = await backend.database
      .select()
      .from(activityCounts)
      .where(eq(activityCounts.tenantId, 'two'));
    expect(rows).toHaveLength(2);
    for (const row of rows) expect(row).toMatchObject({ minute, count: 3 });
  });

  it('deletes counts that are older than a day', async () => {
    const recorder = new ActivityRecorder(new ActivityRepository(backend.database));
    const twoDaysAgo = new Date(Date.now() - 48 * 3_600_000).toISOString();
    recorder.record({ type: 'login.succeeded', outcome: 'ok', tenantId: 'old', occurredAt: twoDaysAgo });
    await recorder.flush();
    const rows = backend.database.select().from(activityCounts).where(eq(activityCounts.tenantId, 'old'));
    expect(await rows).toEqual([]);
  });
});
