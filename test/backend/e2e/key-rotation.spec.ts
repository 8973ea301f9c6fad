import { describe, expect, it } from '@jest/globals';
import { eq, sql } from 'drizzle-orm';
import request from 'supertest';
import { signingKeys } from '../../../src/database/database-schema.js';
import { KEY_OVERLAP_SECONDS } from '../../../src/tenants/rotation-times.js';
import { LogCollector } from '../../support/log-collector.support.js';
import { logIn, useBackend } from './backend-fixture.js';
import { accept, visit } from './docs-arrival-fixture.js';

const LOGINS = 50;
const ROTATIONS = 5;

describe('rotating the key of a tenant during logins', () => {
  const backend = useBackend();

  const rotate = (cookie: string) =>
    request(backend.server).post('/admin/docs/rotate-key').set('Cookie', cookie).expect(303);

  it.each([
    ['ada@acme.example', 'acme', 'personalization'],
    ['peter@initech.example', 'initech', 'authentication'],
  ] as const)('fails no login of %s, and every token is accepted', async (email, tenantId, mode) => {
    const cookie = await logIn(backend, email);
    const kids = new Set<string | undefined>();
    const logins: Promise<void>[] = [];
    const logInToDocs = async (): Promise<void> => {
      const location = await visit(backend, '/docs-login?redirect=/quickstart', cookie);
      kids.add((await accept(backend, location, mode)).header.kid);
    };
    for (let login = 0; login < LOGINS; login += 1) {
      logins.push(logInToDocs());
      if (login % (LOGINS / ROTATIONS) === 0) {
        // The first logins are still running when the key changes.
        await rotate(cookie);
        await logins.at(-1);
      }
    }
    await Promise.all(logins);
    expect(logins).toHaveLength(LOGINS);
    const keys = await backend.database.select().from(signingKeys).where(eq(signingKeys.tenantId, tenantId));
    expect(keys).toHaveLength(ROTATIONS + 1);
    expect(keys.map(({ kid }) => kid)).toEqual(expect.arrayContaining([...kids]));
    expect(kids.size).toBeGreaterThan(1);
  });

  it('signs the next login with the new key', async () => {
    const cookie = await logIn(backend, 'grace@globex.example');
    const before = await accept(backend, await visit(backend, '/docs-login', cookie));
    const { headers } = await rotate(cookie);
    const after = await accept(backend, await visit(backend, '/docs-login', cookie));
    expect(after.header.kid).not.toBe(before.header.kid);
    expect(headers['location']).toBe(`/admin/docs?rotated=${after.header.kid}`);
  });

  it('leaves one key in use and deletes the other private keys, even with two rotations at once', async () => {
    const cookie = await logIn(backend);
    await Promise.all([rotate(cookie), rotate(cookie), rotate(cookie)]);
    const keys = await backend.database.select().from(signingKeys).where(eq(signingKeys.tenantId, 'acme'));
    expect(keys.filter(({ retiredAt }) => retiredAt === null)).toHaveLength(1);
    for (const { retiredAt, sealedPrivateKey } of keys) {
      expect(sealedPrivateKey === null).toBe(retiredAt !== null);
    }
  });

  it('accepts the old key during the overlap, and deletes it afterwards', async () => {
    const cookie = await logIn(backend, 'grace@globex.example');
    const location = await visit(backend, '/docs-login', cookie);
    await rotate(cookie);
    const { header } = await accept(backend, location);
    const ofOldKey = eq(signingKeys.kid, String(header.kid));
    const retiredFor = (seconds: number) =>
      backend.database
        .update(signingKeys)
        .set({ retiredAt: sql`now() - make_interval(secs => ${seconds})` })
        .where(ofOldKey);

    await retiredFor(KEY_OVERLAP_SECONDS - 60);
    await accept(backend, location);
    await retiredFor(KEY_OVERLAP_SECONDS + 1);
    await expect(accept(backend, location)).rejects.toThrow('no applicable key');
    expect(await backend.database.select().from(signingKeys).where(ofOldKey)).toHaveLength(1);
    await rotate(cookie);
    expect(await backend.database.select().from(signingKeys).where(ofOldKey)).toEqual([]);
  });

  it('changes nothing if the new key cannot be stored, and logs no part of it', async () => {
    const cookie = await logIn(backend);
    const before = await backend.database.select().from(signingKeys);
    const logs = new LogCollector();
    backend.app.useLogger(logs);
    await backend.database.execute(
      sql`alter table signing_keys add constraint no_more check (retired_at is not null) not valid`,
    );
    await request(backend.server).post('/admin/docs/rotate-key').set('Cookie', cookie).expect(500);
    await backend.database.execute(sql`alter table signing_keys drop constraint no_more`);
    expect(await backend.database.select().from(signingKeys)).toEqual(before);
    await accept(backend, await visit(backend, '/docs-login', cookie));
    expect(logs.text).toContain('Could not rotate the key of tenant acme: ');
    expect(logs.text).not.toMatch(/eyJ|"x"|kty/);
  });
});
