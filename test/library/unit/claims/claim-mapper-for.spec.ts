import { describe, expect, it } from '@jest/globals';
import {
  Inject,
  Injectable,
  Module,
  Scope,
  type DynamicModule,
  type ModuleMetadata,
  type Type,
} from '@nestjs/common';
import { REQUEST } from '@nestjs/core';
import type { TestingModuleBuilder } from '@nestjs/testing';
import {
  ClaimMapperFor,
  IdentityService,
  MintlifyPersonalizationModule,
  type ClaimMapper,
  type ClaimMappingContext,
  type MintlifyPersonalizationOptions,
  type MintlifyUser,
  type TenantSource,
} from 'nestjs-mintlify-personalization';
import { errorOf } from '../../../support/modules.support.js';
import {
  docsOf,
  sourceOf,
  startTenants,
  TENANT_DEFAULTS,
  WhoseMapper,
} from '../../../support/tenants.support.js';

@Injectable()
class PlanService {
  readonly plan: string = 'pro';
}

@Injectable()
@ClaimMapperFor('acme')
class AcmeMapper implements ClaimMapper {
  constructor(@Inject(PlanService) private readonly plans: PlanService) {}

  map(): MintlifyUser {
    return { groups: ['mapped for acme', this.plans.plan] };
  }
}

@ClaimMapperFor('acme', 'zeta')
class BothMapper implements ClaimMapper {
  map(_: unknown, { tenantId = 'nobody' }: ClaimMappingContext): MintlifyUser {
    return { groups: ['mapped for both', tenantId] };
  }
}

class PlainMapper implements ClaimMapper {
  map(): MintlifyUser {
    return { groups: ['plain'] };
  }
}

@ClaimMapperFor()
class DefaultMapper extends WhoseMapper {}

@Module({})
class DocsModule {}
@Module({})
class OtherModule {}

const host = (...modules: [Type, ModuleMetadata][]): ModuleMetadata => ({
  imports: modules.map(([module, metadata]): DynamicModule => Object.assign({ module }, metadata)),
});

const tenants = { acme: docsOf('acme'), zeta: docsOf('zeta') };
const acmeOnly = { acme: docsOf('acme') };

/** Starts with tenants of the options and what a module of the host provides. */
const start = (
  providers: ModuleMetadata['providers'],
  options: Partial<MintlifyPersonalizationOptions> = {},
  override?: (builder: TestingModuleBuilder) => TestingModuleBuilder,
) => startTenants({ tenants, ...options }, host([DocsModule, { providers }]), override);

describe('A claim mapper for one tenant', () => {
  it('maps the visitors of that tenant alone, with the providers of its own module', async () => {
    const { groupsOf } = await start([AcmeMapper, PlanService]);
    expect(await groupsOf('acme')).toEqual(['mapped for acme', 'pro']);
    expect(await groupsOf('zeta')).toEqual(['zeta', 'docs.zeta.example']);
  });

  it('is not for the default docs site', async () => {
    const { groupsOf } = await start([AcmeMapper, PlanService], { tenantResolver: undefined });
    expect(await groupsOf('acme')).toEqual(['nobody', 'docs.foo.com']);
  });

  it('may be for several tenants, and is told which one', async () => {
    const { groupsOf } = await start([BothMapper]);
    expect(await groupsOf('acme')).toEqual(['mapped for both', 'acme']);
    expect(await groupsOf('zeta')).toEqual(['mapped for both', 'zeta']);
  });

  it('may name a tenant twice', async () => {
    @ClaimMapperFor('acme', 'acme')
    class TwiceMapper extends WhoseMapper {}
    const { groupsOf } = await start([TwiceMapper]);
    expect(await groupsOf('acme')).toEqual(['acme', 'docs.acme.example']);
  });

  it('may be marked several times, for tenants and as the default one', async () => {
    @ClaimMapperFor('acme')
    @ClaimMapperFor()
    @ClaimMapperFor('zeta')
    class StackedMapper extends PlainMapper {}
    const { groupsOf } = await start([StackedMapper], { claimMapper: undefined });
    expect(await groupsOf('acme')).toEqual(['plain']);
    expect(await groupsOf('zeta')).toEqual(['plain']);
    const { groupsOf: groupsOfAnybody } = await start([StackedMapper], {
      claimMapper: undefined,
      tenantResolver: undefined,
    });
    expect(await groupsOfAnybody('anybody')).toEqual(['plain']);
  });

  it('is for tenants of the tenant source, too', async () => {
    const tenantSource = sourceOf(docsOf);
    const { groupsOf } = await start([AcmeMapper, PlanService], { tenants: {}, tenantSource });
    expect(await groupsOf('acme')).toEqual(['mapped for acme', 'pro']);
    expect(await groupsOf('zeta')).toEqual(['zeta', 'docs.zeta.example']);
  });

  it('is told tenant and docs site; the default one, where there is no tenant, no id', async () => {
    const contexts: ClaimMappingContext[] = [];
    class ListeningMapper implements ClaimMapper {
      map(_: unknown, context: ClaimMappingContext): MintlifyUser {
        contexts.push(context);
        return {};
      }
    }
    const options = { claimMapper: ListeningMapper };
    await (await start([], options)).groupsOf('acme');
    await (await start([], { ...options, tenantResolver: undefined })).groupsOf('acme');
    expect(contexts.map(({ tenantId, site }) => [tenantId, site.url])).toEqual([
      ['acme', 'https://docs.acme.example'],
      [undefined, 'https://docs.foo.com'],
    ]);
    expect(contexts.map((context) => 'tenantId' in context)).toEqual([true, false]);
    for (const { site } of contexts) expect(Object.isFrozen(site)).toBe(true);
  });

  it('may be request-scoped, beside one that is not', async () => {
    @Injectable({ scope: Scope.REQUEST })
    @ClaimMapperFor('acme')
    class VisitMapper implements ClaimMapper {
      constructor(@Inject(REQUEST) private readonly request: { id: string }) {}
      map(): MintlifyUser {
        return { groups: ['visit', this.request.id] };
      }
    }
    const { identity } = await start([VisitMapper]);
    const visits = ['a', 'b'].flatMap((id) => [
      identity.identify('acme', { id }),
      identity.identify('zeta', { id }),
    ]);
    expect((await Promise.all(visits)).map(({ groups }) => groups)).toEqual([
      ['visit', 'a'],
      ['zeta', 'docs.zeta.example'],
      ['visit', 'b'],
      ['zeta', 'docs.zeta.example'],
    ]);
  });

  it('is the same one when another token points to it', async () => {
    const alias = { provide: 'ACME_MAPPER', useExisting: AcmeMapper };
    const { groupsOf } = await start([AcmeMapper, PlanService, alias]);
    expect(await groupsOf('acme')).toEqual(['mapped for acme', 'pro']);
  });

  it('is whatever provider the marked class points to', async () => {
    const alias = { provide: AcmeMapper, useExisting: WhoseMapper };
    const { groupsOf } = await start([WhoseMapper, alias], { claimMapper: PlainMapper });
    expect(await groupsOf('acme')).toEqual(['acme', 'docs.acme.example']);
    expect(await groupsOf('zeta')).toEqual(['plain']);
  });

  it('is the marked one that another marked class points to, and no second one', async () => {
    const alias = { provide: BothMapper, useExisting: AcmeMapper };
    const { groupsOf } = await start([AcmeMapper, PlanService, alias]);
    expect(await groupsOf('acme')).toEqual(['mapped for acme', 'pro']);
  });

  class FakeMapper implements ClaimMapper {
    map(): MintlifyUser {
      return { groups: ['fake'] };
    }
  }

  it.each<[string, (builder: TestingModuleBuilder) => TestingModuleBuilder]>([
    ['a value', (app) => app.overrideProvider(AcmeMapper).useValue(new FakeMapper())],
    ['a class', (app) => app.overrideProvider(AcmeMapper).useClass(FakeMapper)],
    ['a factory', (app) => app.overrideProvider(AcmeMapper).useFactory({ factory: () => new FakeMapper() })],
  ])('is overridden in a test of the host by %s, for that tenant alone', async (_, override) => {
    const { groupsOf } = await start([AcmeMapper, PlanService], {}, override);
    expect(await groupsOf('acme')).toEqual(['fake']);
    expect(await groupsOf('zeta')).toEqual(['zeta', 'docs.zeta.example']);
  });

  it('fails with the name of its tenant', async () => {
    @ClaimMapperFor('acme')
    class BrokenMapper implements ClaimMapper {
      map(): MintlifyUser {
        throw new Error('canary');
      }
    }
    const { groupsOf } = await start([BrokenMapper]);
    const error = await errorOf(() => groupsOf('acme'));
    expect(error).toMatchObject({
      code: 'claim_mapper_failed',
      tenantId: 'acme',
      message: expect.stringMatching(/^Tenant "acme": The claim mapper threw/),
      cause: expect.objectContaining({ message: 'canary' }),
    });
    expect(String(error)).not.toContain('canary');
    expect(await groupsOf('zeta')).toEqual(['zeta', 'docs.zeta.example']);
  });
});

describe('The claim mappers of tenants stop the app at start', () => {
  it.each<[string, ModuleMetadata, RegExp]>([
    [
      'of one module',
      host([DocsModule, { providers: [AcmeMapper, BothMapper, PlanService] }]),
      /AcmeMapper in DocsModule, BothMapper in DocsModule/,
    ],
    [
      'of two modules',
      host(
        [DocsModule, { providers: [BothMapper] }],
        [OtherModule, { providers: [AcmeMapper, PlanService] }],
      ),
      /BothMapper in DocsModule, AcmeMapper in OtherModule/,
    ],
    [
      'that are one class in two modules',
      host([DocsModule, { providers: [BothMapper] }], [OtherModule, { providers: [BothMapper] }]),
      /BothMapper in DocsModule, BothMapper in OtherModule/,
    ],
  ])('when there are two for one tenant: %s', async (_, metadata, names) => {
    const error = await errorOf(() => startTenants({ tenants }, metadata));
    expect(error).toMatchObject({ code: 'claim_mapper_conflict', tenantId: 'acme' });
    expect((error as Error).message).toMatch(/^Tenant "acme": There is more than one claim mapper/);
    expect((error as Error).message).toMatch(names);
  });

  it('when there are two default ones beside them', async () => {
    const error = await errorOf(() => start([AcmeMapper, PlanService, DefaultMapper]));
    expect(error).toMatchObject({
      code: 'claim_mapper_conflict',
      message: expect.stringMatching(/^There is more than one default claim mapper/),
    });
    expect(error).not.toHaveProperty('tenantId');
  });

  it('when one is for a tenant that nobody lists', async () => {
    expect(await errorOf(() => start([BothMapper], { tenants: acmeOnly }))).toMatchObject({
      code: 'unknown_tenant',
      tenantId: 'zeta',
      message: expect.stringMatching(/^Tenant "zeta": .*option tenants.*@ClaimMapperFor\('zeta'\)/),
    });
  });

  it('when one is for a tenant that nobody lists, even where no handshake is mounted', async () => {
    const options = { tenants: acmeOnly, handshakes: { jwt: false } } as const;
    expect(await errorOf(() => start([BothMapper], options))).toMatchObject({ tenantId: 'zeta' });
  });

  it('but not while a tenant source may know the tenant', async () => {
    const options = { tenants: acmeOnly, tenantSource: sourceOf(() => undefined) };
    const { groupsOf } = await start([BothMapper], options);
    expect(await groupsOf('acme')).toEqual(['mapped for both', 'acme']);
    expect(await errorOf(() => groupsOf('zeta'))).toMatchObject({ code: 'unknown_tenant' });
  });

  it.each<[string, readonly unknown[]]>([
    ['Acme', ['Acme']],
    ['constructor', ['acme', 'constructor']],
    ['not a text', [7]],
    ['not a text', [undefined]],
  ])('when one is for what is no tenant id: %s', async (words, ids) => {
    @ClaimMapperFor(...(ids as string[]))
    class MistakenMapper extends WhoseMapper {}
    const error = await errorOf(() => start([MistakenMapper], { tenantSource: sourceOf(docsOf) }));
    expect(error).toMatchObject({ code: 'invalid_option' });
    expect((error as Error).message).toMatch(/^@ClaimMapperFor\(\) on MistakenMapper in DocsModule has/);
    expect((error as Error).message).toContain(words);
  });

  it('when one has no map() method', async () => {
    @ClaimMapperFor('acme')
    class EmptyMapper {}
    expect(await errorOf(() => start([EmptyMapper]))).toMatchObject({
      code: 'claim_mapper_missing',
      message: expect.stringContaining('EmptyMapper in DocsModule'),
    });
  });

  it('when a tenant has neither its own nor a default one', async () => {
    const options = { claimMapper: undefined };
    expect(await errorOf(() => start([AcmeMapper, PlanService], options))).toMatchObject({
      code: 'claim_mapper_missing',
      tenantId: 'zeta',
      message: expect.stringMatching(/^Tenant "zeta": It has no claim mapper.*@ClaimMapperFor\('zeta'\)/),
    });
  });

  it('when visitors may have no tenant and there is no default one', async () => {
    const options = { claimMapper: undefined, tenantResolver: undefined };
    const error = await errorOf(() => start([BothMapper], options));
    expect(error).toMatchObject({
      code: 'claim_mapper_missing',
      message: expect.stringMatching(/^There is no default claim mapper/),
    });
  });

  it('when there is none at all, whatever the tenant source knows', async () => {
    const options = { tenants: {}, claimMapper: undefined, tenantSource: sourceOf(docsOf) };
    expect(await errorOf(() => start([], options))).toMatchObject({ code: 'claim_mapper_missing' });
  });
});

describe('Without a default claim mapper', () => {
  it('each tenant may have its own, and a visitor without a tenant gets no token', async () => {
    const { groupsOf, identity } = await startTenants(
      { tenants, claimMapper: undefined, tenantResolver: ByGroup },
      host([DocsModule, { providers: [BothMapper] }]),
    );
    expect(await groupsOf({ tenant: 'acme' })).toEqual(['mapped for both', 'acme']);
    const error = await errorOf(() => identity.identify({}, {}));
    expect(error).toMatchObject({ code: 'claim_mapper_missing' });
    expect(error).not.toHaveProperty('tenantId');
  });

  it('a tenant of the source without its own gets no token, and is named', async () => {
    const options = { tenants: {}, claimMapper: undefined, tenantSource: sourceOf(docsOf) };
    const { groupsOf } = await start([AcmeMapper, PlanService], options);
    expect(await groupsOf('acme')).toEqual(['mapped for acme', 'pro']);
    expect(await errorOf(() => groupsOf('zeta'))).toMatchObject({
      code: 'claim_mapper_missing',
      tenantId: 'zeta',
      message: expect.stringMatching(/^Tenant "zeta": It has no claim mapper/),
    });
  });

  it('an app that mounts no handshake starts, and finds out when it asks', async () => {
    const { groupsOf } = await start([], { claimMapper: undefined, handshakes: { jwt: false } });
    expect(await errorOf(() => groupsOf('acme'))).toMatchObject({
      code: 'claim_mapper_missing',
      tenantId: 'acme',
    });
  });
});

describe('Two imports of the library in one app', () => {
  const other = (options: Partial<MintlifyPersonalizationOptions>): DynamicModule =>
    MintlifyPersonalizationModule.forRoot({
      ...TENANT_DEFAULTS,
      docsUrl: 'https://partners.foo.com',
      handshakes: { jwt: { path: 'partners', guards: [] } },
      ...options,
    });

  it('know each its own tenants, and the mappers for all of them are at home in the app', async () => {
    const { module } = await startTenants(
      { tenants: acmeOnly },
      { imports: [other({ tenants: { zeta: {} } })], providers: [BothMapper] },
    );
    const identities = module.get(IdentityService, { strict: false, each: true });
    const answers = identities.flatMap((identity) => [
      errorOf(async () => Promise.reject(await identity.identify('acme', {}))),
      errorOf(async () => Promise.reject(await identity.identify('zeta', {}))),
    ]);
    const [own, partners] = [
      ['mapped for both', 'acme'],
      ['mapped for both', 'zeta'],
    ];
    expect(await Promise.all(answers)).toMatchObject([
      { groups: own },
      { code: 'unknown_tenant', tenantId: 'zeta' },
      { code: 'unknown_tenant', tenantId: 'acme' },
      { groups: partners },
    ]);
  });

  it('do not start with a mapper for a tenant that neither knows', async () => {
    const metadata = { imports: [other({ tenants: {} })], providers: [BothMapper] };
    expect(await errorOf(() => startTenants({ tenants: acmeOnly }, metadata))).toMatchObject({
      code: 'unknown_tenant',
      tenantId: 'zeta',
    });
  });

  it('start with a mapper for a tenant that the source of the other one may know', async () => {
    const metadata = { imports: [other({ tenantSource: sourceOf(docsOf) })], providers: [BothMapper] };
    await expect(startTenants({ tenants: acmeOnly }, metadata)).resolves.toBeDefined();
  });

  it('do not start with a source that serves one request, whichever of them looks at it first', async () => {
    @Injectable({ scope: Scope.REQUEST })
    class RequestSource implements TenantSource {
      load = (): Promise<undefined> => Promise.resolve(undefined);
    }
    const metadata = { imports: [other({ tenantSource: RequestSource })], providers: [BothMapper] };
    expect(await errorOf(() => startTenants({ tenants: acmeOnly }, metadata))).toMatchObject({
      code: 'invalid_option',
      message: expect.stringMatching(/^tenantSource is request-scoped/),
    });
  });
});

/** Principals with a tenant, and without one. */
class ByGroup {
  resolve({ tenant }: { tenant?: string }): string | undefined {
    return tenant;
  }
}
