import { describe, expect, it, jest } from '@jest/globals';
import { type TenantOptions } from 'nestjs-mintlify-personalization';
import { errorOf } from '../../../support/modules.support.js';
import {
  backgroundWork,
  docsOf,
  Held,
  verifyTenantToken,
  keyPairFor,
  away,
  MAX_AGE_SECONDS,
  startTable,
} from '../../../support/tenants.support.js';

describe('A tenant of the source', () => {
  it('is used as it is until it is tenantMaxAgeSeconds old', async () => {
    const { groupsOf, table, age, loaded } = await startTable();
    await groupsOf('acme');
    table['acme'] = { docsUrl: 'https://new.example' };
    age.pass(MAX_AGE_SECONDS - 0.001);
    expect(await groupsOf('acme')).toEqual(['acme', 'docs.acme.example']);
    await backgroundWork();
    expect(loaded()).toEqual(['acme']);
  });

  it('is used while it is loaded again, once, and then as it is now', async () => {
    const { groupsOf, load, age } = await startTable();
    await groupsOf('acme');
    const held = new Held<TenantOptions>();
    load.mockImplementation(() => held.promise);
    age.pass(MAX_AGE_SECONDS);
    for (let visit = 0; visit < 3; visit += 1) {
      expect(await groupsOf('acme')).toEqual(['acme', 'docs.acme.example']);
    }
    expect(load).toHaveBeenCalledTimes(2);
    held.resolve({ docsUrl: 'https://new.example' });
    await backgroundWork();
    expect(await groupsOf('acme')).toEqual(['acme', 'new.example']);
    age.pass(MAX_AGE_SECONDS - 0.001);
    await groupsOf('acme');
    expect(load).toHaveBeenCalledTimes(2); // its age counts from the second load
  });

  it('is loaded again when a visitor comes, and not by itself', async () => {
    const { groupsOf, age, loaded } = await startTable();
    await groupsOf('acme');
    age.pass(MAX_AGE_SECONDS * 1.5);
    await groupsOf('zeta');
    await backgroundWork();
    expect(loaded()).toEqual(['acme', 'zeta']);
  });

  it('is used up to twice its age while the source fails, and no longer', async () => {
    const { groupsOf, load, age } = await startTable();
    await groupsOf('acme');
    load.mockImplementation(away);
    age.pass(MAX_AGE_SECONDS);
    for (let quarter = 0; quarter < 4; quarter += 1) {
      expect(await groupsOf('acme')).toEqual(['acme', 'docs.acme.example']);
      await backgroundWork();
      age.pass(MAX_AGE_SECONDS / 4);
    }
    age.pass(0.001);
    expect(await errorOf(() => groupsOf('acme'))).toMatchObject({
      code: 'tenant_source_failed',
      tenantId: 'acme',
    });
    load.mockImplementation((id) => Promise.resolve(docsOf(id)));
    expect(await groupsOf('acme')).toEqual(['acme', 'docs.acme.example']);
  });

  it('does not ask a source that fails again for five seconds, however many come', async () => {
    const { groupsOf, load, age } = await startTable();
    await groupsOf('acme');
    load.mockImplementation(away);
    age.pass(MAX_AGE_SECONDS);
    for (let visit = 0; visit < 5; visit += 1) {
      await groupsOf('acme');
      await backgroundWork();
    }
    expect(load).toHaveBeenCalledTimes(2);
    age.pass(4.999);
    await groupsOf('acme');
    expect(load).toHaveBeenCalledTimes(2);
    age.pass(0.001);
    await groupsOf('acme');
    expect(load).toHaveBeenCalledTimes(3);
  });

  it('that lives for a second is asked about every second while the source fails', async () => {
    const { groupsOf, load, age } = await startTable({ tenantMaxAgeSeconds: 1 });
    await groupsOf('acme');
    load.mockImplementation(away);
    age.pass(1);
    await groupsOf('acme');
    await backgroundWork();
    age.pass(1);
    expect(await groupsOf('acme')).toEqual(['acme', 'docs.acme.example']);
    expect(load).toHaveBeenCalledTimes(3);
    await backgroundWork();
  });

  it('leaves word in the log, with the kind of error, when it could not be loaded again', async () => {
    const { groupsOf, load, age, logs } = await startTable();
    await groupsOf('acme');
    load.mockImplementation(() => Promise.reject(new RangeError('The database db-7 is away.')));
    age.pass(MAX_AGE_SECONDS);
    await groupsOf('acme');
    await backgroundWork();
    expect(logs.lines).toEqual([expect.stringMatching(/^error Tenant "acme" could not be loaded again\. /)]);
    expect(logs.text).toMatch(/Caused by: RangeError\n\s+at /);
    expect(logs.text).not.toContain('db-7');
  });

  it('is used up to twice its age when its new options are wrong, and the log says which', async () => {
    const { groupsOf, table, age, logs } = await startTable();
    await groupsOf('acme');
    table['acme'] = { ...docsOf('acme'), tokenLifetimeSeconds: 60 };
    age.pass(MAX_AGE_SECONDS);
    await groupsOf('acme');
    await backgroundWork();
    expect(await groupsOf('acme')).toEqual(['acme', 'docs.acme.example']);
    expect(logs.text).toMatch(/Tenant "acme": tokenLifetimeSeconds must be a whole number from 1 to 10/);
    age.pass(MAX_AGE_SECONDS + 0.001);
    expect(await errorOf(() => groupsOf('acme'))).toMatchObject({ code: 'invalid_option' });
  });

  it('is gone at once when the source says so', async () => {
    const { groupsOf, table, age, logs } = await startTable();
    await groupsOf('acme');
    delete table['acme'];
    age.pass(MAX_AGE_SECONDS);
    expect(await groupsOf('acme')).toEqual(['acme', 'docs.acme.example']);
    await backgroundWork();
    expect(await errorOf(() => groupsOf('acme'))).toMatchObject({ code: 'unknown_tenant' });
    expect(logs.text).toContain('Tenant "acme" could not be loaded again: it is gone.');
  });

  it('that is twice too old waits for the load that already runs', async () => {
    const { groupsOf, load, age } = await startTable();
    await groupsOf('acme');
    const held = new Held<TenantOptions>();
    load.mockImplementation(() => held.promise);
    age.pass(MAX_AGE_SECONDS);
    await groupsOf('acme');
    age.pass(MAX_AGE_SECONDS + 0.001);
    const late = groupsOf('acme');
    await backgroundWork();
    expect(load).toHaveBeenCalledTimes(2);
    held.resolve({ docsUrl: 'https://new.example' });
    expect(await late).toEqual(['acme', 'new.example']);
  });

  it('does not bring down another one', async () => {
    const { groupsOf, table, load, age } = await startTable();
    await groupsOf('acme');
    await groupsOf('zeta');
    load.mockImplementation((id) => (id === 'acme' ? away() : Promise.resolve(table[id])));
    table['zeta'] = { docsUrl: 'https://new.example' };
    age.pass(2 * MAX_AGE_SECONDS + 0.001);
    expect(await errorOf(() => groupsOf('acme'))).toMatchObject({ code: 'tenant_source_failed' });
    expect(await groupsOf('zeta')).toEqual(['zeta', 'new.example']);
  });

  it('that has no visitors makes room for others', async () => {
    const { groupsOf, table, loaded } = await startTable({ maxCachedTenants: 2 });
    table['third'] = docsOf('third');
    await groupsOf('acme');
    await groupsOf('zeta');
    await groupsOf('acme');
    await groupsOf('third'); // zeta was visited longest ago
    await groupsOf('acme');
    expect(loaded()).toEqual(['acme', 'zeta', 'third']);
    expect(await groupsOf('zeta')).toEqual(['zeta', 'docs.zeta.example']);
    expect(loaded()).toEqual(['acme', 'zeta', 'third', 'zeta']);
  });

  it('keeps its room while a source is asked for tenants that do not exist', async () => {
    const { groupsOf, loaded } = await startTable({ maxCachedTenants: 1 });
    await groupsOf('acme');
    for (const id of ['nemo', 'none']) {
      expect(await errorOf(() => groupsOf(id))).toMatchObject({ code: 'unknown_tenant' });
    }
    await groupsOf('acme');
    expect(loaded()).toEqual(['acme', 'nemo', 'none']);
  });

  it("shares the default's key, which is read once for all", async () => {
    const signingKey = jest.fn(() => keys.privateKey);
    const keys = keyPairFor('personalization');
    const { identity, signing } = await startTable({ signingKey });
    for (const id of ['acme', 'zeta', 'acme']) {
      const token = await signing.sign(await identity.identify(id, {}));
      expect(await verifyTenantToken(token, keys)).toMatchObject({ groups: [id, `docs.${id}.example`] });
    }
    expect(signingKey).toHaveBeenCalledTimes(1);
  });
});
