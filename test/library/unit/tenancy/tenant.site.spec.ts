import { describe, expect, it } from '@jest/globals';
import { errorOf } from '../../../support/modules.support.js';
import { docsOf, startTenants, tableSource } from '../../../support/tenants.support.js';
import { spki } from '../../../support/keys.support.js';

describe('TenantRegistry.getSite', () => {
  it('tells the docs site of the default, of a tenant of the options and of one of the source', async () => {
    const { Source } = tableSource({ zeta: docsOf('zeta') });
    const { registry } = await startTenants({ tenantSource: Source, tenants: { acme: docsOf('acme') } });
    const hosts = await Promise.all(
      [undefined, 'acme', 'zeta'].map(async (id) => (await registry.getSite(id)).host),
    );
    expect(hosts).toEqual(['docs.foo.com', 'docs.acme.example', 'docs.zeta.example']);
  });

  it('tells what is wrong with a tenant before a visitor comes, and that it is fixed', async () => {
    const { Source, table } = tableSource({ zeta: { signingKey: spki() } });
    const { registry, groupsOf } = await startTenants({ tenantSource: Source });
    expect(await errorOf(() => registry.getSite('zeta'))).toMatchObject({
      code: 'invalid_signing_key',
      tenantId: 'zeta',
      message: expect.stringMatching(/^Tenant "zeta": signingKey is a public key/),
    });
    table['zeta'] = docsOf('zeta');
    await registry.getSite('zeta');
    expect(await groupsOf('zeta')).toEqual(['zeta', 'docs.zeta.example']);
  });

  it.each(['unknown', 'constructor', ''])('knows no tenant %j', async (id) => {
    const { registry } = await startTenants({ tenantSource: tableSource().Source });
    expect(await errorOf(() => registry.getSite(id))).toMatchObject({ code: 'unknown_tenant' });
  });
});
