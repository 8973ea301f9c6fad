import { describe, expect, it } from '@jest/globals';
import { type TenantOptions } from 'nestjs-mintlify-personalization';
import { errorOf } from '../../../support/modules.support.js';
import {
  backgroundWork,
  docsOf,
  Held,
  verifyTenantToken,
  keyPairFor,
  MAX_AGE_SECONDS,
  startTable,
} from '../../../support/tenants.support.js';

describe('TenantRegistry.invalidate', () => {
  it('lets the next visitor load the tenant again, and no other', async () => {
    const { groupsOf, registry, table, loaded } = await startTable();
    await groupsOf('acme');
    await groupsOf('zeta');
    table['acme'] = { docsUrl: 'https://new.example' };
    registry.invalidate('acme');
    expect(await groupsOf('acme')).toEqual(['acme', 'new.example']);
    await groupsOf('zeta');
    expect(loaded()).toEqual(['acme', 'zeta', 'acme']);
  });

  it('does not keep a first load that is on its way, for it may have begun before the change', async () => {
    const { groupsOf, registry, load, loaded } = await startTable();
    const before = new Held<TenantOptions>();
    load.mockImplementationOnce(() => before.promise);
    const early = groupsOf('acme');
    await backgroundWork();
    registry.invalidate('acme');
    before.resolve({ docsUrl: 'https://old.example' });
    expect(await early).toEqual(['acme', 'old.example']);
    expect(await groupsOf('acme')).toEqual(['acme', 'docs.acme.example']);
    expect(loaded()).toEqual(['acme', 'acme']);
  });

  it('does not keep a load after that was overtaken by a newer one', async () => {
    const { groupsOf, registry, load } = await startTable();
    const before = new Held<TenantOptions>();
    const after = new Held<TenantOptions>();
    load.mockImplementationOnce(() => before.promise).mockImplementationOnce(() => after.promise);
    const early = groupsOf('acme');
    await backgroundWork();
    registry.invalidate('acme');
    const late = groupsOf('acme');
    await backgroundWork();
    expect(load).toHaveBeenCalledTimes(2);
    before.resolve({ docsUrl: 'https://old.example' });
    await early;
    const joining = groupsOf('acme'); // joins the newer load, not a third one
    await backgroundWork();
    expect(load).toHaveBeenCalledTimes(2);
    after.resolve({ docsUrl: 'https://new.example' });
    for (const visit of [late, joining]) expect(await visit).toEqual(['acme', 'new.example']);
    expect(await groupsOf('acme')).toEqual(['acme', 'new.example']);
  });

  it('does not let an overtaken load that fails remove what a newer one brought', async () => {
    const { groupsOf, registry, load } = await startTable();
    const before = new Held<TenantOptions | undefined>();
    load.mockImplementationOnce(() => before.promise);
    const early = errorOf(() => groupsOf('acme'));
    await backgroundWork();
    registry.invalidate('acme');
    await groupsOf('acme');
    before.resolve(undefined);
    expect(await early).toMatchObject({ code: 'unknown_tenant' });
    await groupsOf('acme');
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('does not keep a refresh that is on its way', async () => {
    const { groupsOf, registry, load, age } = await startTable();
    await groupsOf('acme');
    const before = new Held<TenantOptions>();
    load.mockImplementationOnce(() => before.promise);
    age.pass(MAX_AGE_SECONDS);
    await groupsOf('acme');
    registry.invalidate('acme');
    before.resolve({ docsUrl: 'https://old.example' });
    await backgroundWork();
    expect(await groupsOf('acme')).toEqual(['acme', 'docs.acme.example']);
    expect(load).toHaveBeenCalledTimes(3);
  });

  it('rotates a key at once: the next token is signed with the new one', async () => {
    const [old, fresh] = [keyPairFor('personalization'), keyPairFor('personalization')];
    const { identity, signing, registry, table } = await startTable();
    table['acme'] = { ...docsOf('acme'), signingKey: old.privateKey };
    await verifyTenantToken(await signing.sign(await identity.identify('acme', {})), old);
    table['acme'] = { ...docsOf('acme'), signingKey: fresh.privateKey };
    registry.invalidate('acme');
    const token = await signing.sign(await identity.identify('acme', {}));
    await expect(verifyTenantToken(token, fresh)).resolves.toMatchObject({
      groups: ['acme', 'docs.acme.example'],
    });
    await expect(verifyTenantToken(token, old)).rejects.toThrow('signature');
  });

  it('forgets no tenant of the options, and takes what is not there', async () => {
    const { groupsOf, registry } = await startTable({ tenants: { fixed: docsOf('fixed') } });
    for (const id of ['fixed', 'nemo', '__proto__', 'constructor', '']) registry.invalidate(id);
    expect(await groupsOf('fixed')).toEqual(['fixed', 'docs.fixed.example']);
    expect(await groupsOf('acme')).toEqual(['acme', 'docs.acme.example']);
  });
});
