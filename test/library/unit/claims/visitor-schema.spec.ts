import { describe, expect, it } from '@jest/globals';
import { IsString } from 'class-validator';
import { ClaimMapperFor, defineVisitorSchema, type MintlifyUser } from 'nestjs-mintlify-personalization';
import { errorOf } from '../../../support/modules.support.js';
import { docsOf, startTenants, WhoseMapper } from '../../../support/tenants.support.js';

class Content {
  @IsString() firstName!: string;
}

describe('defineVisitorSchema', () => {
  it('keeps each group once, and cannot be changed', () => {
    const groups = ['admin', 'viewer', 'admin'];
    const schema = defineVisitorSchema({ groups, content: Content });
    groups.push('later');
    expect(schema).toMatchObject({ groups: ['admin', 'viewer'], content: Content });
    expect(Object.isFrozen(schema)).toBe(true);
    expect(Object.isFrozen(schema.groups)).toBe(true);
    expect(defineVisitorSchema({}).groups).toBe('any');
  });

  it.each<[string, object]>([
    ['group', { group: ['admin'] }],
    ['groups', { groups: 'admin' }],
    ['groups', { groups: [7] }],
    ['groups', { groups: [''] }],
    ['content', { content: 'string' }],
    ['content', { content: [] }],
    ['apiPlaygroundInputs', { apiPlaygroundInputs: null }],
  ])('names %s where it is wrong', (key, schema) => {
    expect(() => defineVisitorSchema(schema)).toThrow(
      expect.objectContaining({
        code: 'invalid_option',
        message: expect.stringMatching(new RegExp(`^defineVisitorSchema\\(\\): ${key} `)),
      }),
    );
  });
});

class AdminMapper extends WhoseMapper {
  override map = (): MintlifyUser => ({ groups: ['admin'] });
}

describe('The schema of a claim mapper', () => {
  const start = (mapper: typeof AdminMapper) =>
    startTenants({ tenants: { acme: docsOf('acme'), zeta: docsOf('zeta') } }, { providers: [mapper] });

  it('may differ by tenant, and the decorator counts before the class', async () => {
    @ClaimMapperFor('acme', { schema: defineVisitorSchema({ groups: ['viewer'] }) })
    @ClaimMapperFor('zeta')
    class MarkedMapper extends AdminMapper {
      static readonly visitorSchema = defineVisitorSchema({ groups: ['admin'] });
    }
    const { groupsOf } = await start(MarkedMapper);
    expect(await errorOf(() => groupsOf('acme'))).toMatchObject({ code: 'invalid_user', tenantId: 'acme' });
    expect(await groupsOf('zeta')).toEqual(['admin']);
  });

  it('of the default mapper is not asked of a tenant with a mapper of its own', async () => {
    @ClaimMapperFor('acme')
    class AcmeMapper extends AdminMapper {}
    class DefaultMapper extends WhoseMapper {
      static readonly visitorSchema = defineVisitorSchema({ groups: [] });
    }
    const { groupsOf } = await startTenants(
      { tenants: { acme: docsOf('acme'), zeta: docsOf('zeta') }, claimMapper: DefaultMapper },
      { providers: [AcmeMapper] },
    );
    expect(await groupsOf('acme')).toEqual(['admin']);
    expect(await errorOf(() => groupsOf('zeta'))).toMatchObject({ code: 'invalid_user', tenantId: 'zeta' });
  });

  it('is made with defineVisitorSchema, or the app does not start', async () => {
    @ClaimMapperFor('acme')
    class PlainMapper extends AdminMapper {
      static readonly visitorSchema = { groups: ['admin'] };
    }
    expect(await errorOf(() => start(PlainMapper))).toMatchObject({
      code: 'invalid_option',
      message: expect.stringMatching(/visitorSchema of PlainMapper .*defineVisitorSchema\(\)/),
    });
    expect(() => ClaimMapperFor('acme', { schema: { groups: [] } })).toThrow(/defineVisitorSchema\(\)/);
  });
});
