import { describe, expect, it } from '@jest/globals';
import {
  Inject,
  Injectable,
  Module,
  type DynamicModule,
  type ModuleMetadata,
  type Type,
} from '@nestjs/common';
import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import {
  CLAIM_MAPPER,
  ClaimMapperFor,
  IdentityService,
  MintlifyPersonalizationModule,
  type ClaimMapper,
  type MintlifyPersonalizationOptions,
  type MintlifyUser,
} from 'nestjs-mintlify-personalization';
import { errorOf, SERVICES_ONLY, startModule } from '../../../support/modules.support.js';

@Injectable()
class PlanService {
  readonly plan: string = 'pro';
}

@Injectable()
class PlainMapper implements ClaimMapper<string> {
  map(principal: string): MintlifyUser {
    return { groups: ['plain', principal] };
  }
}

@Injectable()
@ClaimMapperFor()
class MarkedMapper implements ClaimMapper<string> {
  constructor(@Inject(PlanService) private readonly plans: PlanService) {}

  map(principal: string): MintlifyUser {
    return { groups: [this.plans.plan, principal] };
  }
}

@Module({})
class DocsModule {}
@Module({})
class OtherModule {}
@Module({})
class PlansModule {}

/** A module of a host app, with what the metadata says. */
const hostModule = (module: Type, metadata: ModuleMetadata): DynamicModule => ({ module, ...metadata });

const library = (options: Partial<MintlifyPersonalizationOptions> = {}) =>
  MintlifyPersonalizationModule.forRoot({
    ...SERVICES_ONLY,
    handshakes: { jwt: { guards: [] } },
    ...options,
  });

/** The groups that the app's mapper gives a principal. */
async function groupsFrom(metadata: ModuleMetadata, request: unknown = {}): Promise<string[] | undefined> {
  const module = await startModule(metadata);
  return (await module.get(IdentityService, { strict: false }).identify('ada', request)).groups;
}

describe('The default claim mapper', () => {
  it('is a provider marked with @ClaimMapperFor(), in any module, with the providers of that module', async () => {
    const docs = hostModule(DocsModule, { providers: [MarkedMapper, PlanService] });
    const outer = hostModule(OtherModule, { imports: [docs] });
    expect(await groupsFrom({ imports: [library(), outer] })).toEqual(['pro', 'ada']);
    expect(await groupsFrom({ imports: [outer, library()] })).toEqual(['pro', 'ada']);
  });

  it('is found when it is provided by a factory or as a value under the marked class', async () => {
    const useFactory = (): ClaimMapper => ({ map: () => ({ groups: ['made'] }) });
    const made = hostModule(DocsModule, { providers: [{ provide: MarkedMapper, useFactory }] });
    expect(await groupsFrom({ imports: [library(), made] })).toEqual(['made']);
    const value = hostModule(DocsModule, {
      providers: [{ provide: 'MAPPER', useClass: MarkedMapper }, PlanService],
    });
    expect(await groupsFrom({ imports: [library(), value] })).toEqual(['pro', 'ada']);
  });

  it('is the option claimMapper', async () => {
    expect(await groupsFrom({ imports: [library({ claimMapper: PlainMapper })] })).toEqual(['plain', 'ada']);
  });

  it('is the option claimMapper, with what imports brings it', async () => {
    @Injectable()
    class PlanMapper implements ClaimMapper {
      constructor(@Inject(PlanService) private readonly plans: PlanService) {}
      map(): MintlifyUser {
        return { groups: [this.plans.plan] };
      }
    }
    const plans = hostModule(PlansModule, { providers: [PlanService], exports: [PlanService] });
    expect(await groupsFrom({ imports: [library({ claimMapper: PlanMapper, imports: [plans] })] })).toEqual([
      'pro',
    ]);
  });

  it('is the option claimMapper also when that class is marked', async () => {
    const plans = hostModule(PlansModule, { providers: [PlanService], exports: [PlanService] });
    const options = { claimMapper: MarkedMapper, imports: [plans] };
    expect(await groupsFrom({ imports: [library(options)] })).toEqual(['pro', 'ada']);
  });

  it.each<[string, object]>([
    ['a class', { useClass: PlainMapper }],
    ['a value', { useValue: new PlainMapper() }],
    ['a factory', { useFactory: () => new PlainMapper() }],
    ['a factory that takes its time', { useFactory: () => Promise.resolve(new PlainMapper()) }],
  ])('is the provider of CLAIM_MAPPER in a module of the host: %s', async (_, provider) => {
    const docs = hostModule(DocsModule, {
      providers: [Object.assign({ provide: CLAIM_MAPPER }, provider) as never],
    });
    expect(await groupsFrom({ imports: [library(), docs] })).toEqual(['plain', 'ada']);
  });

  it('is the provider that CLAIM_MAPPER points to', async () => {
    const alias = { provide: CLAIM_MAPPER, useExisting: PlainMapper };
    const docs = hostModule(DocsModule, { providers: [PlainMapper, alias] });
    expect(await groupsFrom({ imports: [library(), docs] })).toEqual(['plain', 'ada']);
  });

  it('is one also when CLAIM_MAPPER points to the marked one', async () => {
    const alias = { provide: CLAIM_MAPPER, useExisting: MarkedMapper };
    const docs = hostModule(DocsModule, { providers: [PlanService, MarkedMapper, alias] });
    expect(await groupsFrom({ imports: [library(), docs] })).toEqual(['pro', 'ada']);
  });

  it('is not inherited by a class that extends the marked one', async () => {
    class Extended extends MarkedMapper {}
    const docs = hostModule(DocsModule, { providers: [PlanService, MarkedMapper, Extended] });
    expect(await groupsFrom({ imports: [library(), docs] })).toEqual(['pro', 'ada']);
  });

  class FakeMapper implements ClaimMapper {
    map(): MintlifyUser {
      return { groups: ['fake'] };
    }
  }
  const byOption: ModuleMetadata = { imports: [library({ claimMapper: PlainMapper })] };
  const byMark: ModuleMetadata = {
    imports: [library(), hostModule(DocsModule, { providers: [MarkedMapper, PlanService] })],
  };

  it.each<[string, ModuleMetadata, (builder: TestingModuleBuilder) => TestingModuleBuilder]>([
    [
      'a value for CLAIM_MAPPER',
      byOption,
      (app) => app.overrideProvider(CLAIM_MAPPER).useValue(new FakeMapper()),
    ],
    ['a class for CLAIM_MAPPER', byOption, (app) => app.overrideProvider(CLAIM_MAPPER).useClass(FakeMapper)],
    [
      'a value for the marked class',
      byMark,
      (app) => app.overrideProvider(MarkedMapper).useValue(new FakeMapper()),
    ],
    [
      'a class for the marked class',
      byMark,
      (app) => app.overrideProvider(MarkedMapper).useClass(FakeMapper),
    ],
    [
      'a factory for the marked class',
      byMark,
      (app) => app.overrideProvider(MarkedMapper).useFactory({ factory: () => new FakeMapper() }),
    ],
  ])('is overridden in a test by %s', async (_, metadata, override) => {
    const module = await override(Test.createTestingModule(metadata)).compile();
    await module.init();
    const user = await module.get(IdentityService, { strict: false }).identify('ada', {});
    expect(user.groups).toEqual(['fake']);
    await module.close();
  });

  it('is missing where there is none, and says how to give one', async () => {
    expect(
      await errorOf(() => startModule({ imports: [library()], providers: [PlainMapper] })),
    ).toMatchObject({
      code: 'claim_mapper_missing',
      message: expect.stringMatching(/no default claim mapper.*@ClaimMapperFor\(\).*claimMapper/),
    });
  });

  it('may be missing where no handshake needs it, until it is asked for', async () => {
    const module = await startModule({ imports: [library({ handshakes: { jwt: false } })] });
    expect(await errorOf(() => module.get(IdentityService).identify('ada', {}))).toMatchObject({
      code: 'claim_mapper_missing',
    });
  });

  it.each<[string, unknown]>([
    ['an object without it', {}],
    ['a function', () => ({})],
    ['nothing', null],
    ['an object whose map is a Map', { map: new Map() }],
  ])('must have a map() method: %s', async (_, useValue) => {
    const docs = hostModule(DocsModule, { providers: [{ provide: CLAIM_MAPPER, useValue }] });
    expect(await errorOf(() => startModule({ imports: [library(), docs] }))).toMatchObject({
      code: 'claim_mapper_missing',
      message: expect.stringMatching(/Symbol\(CLAIM_MAPPER\) in DocsModule .* has no map\(\) method/),
    });
  });

  it.each<[string, ModuleMetadata, RegExp]>([
    [
      'two marked classes',
      {
        imports: [
          library(),
          hostModule(DocsModule, { providers: [MarkedMapper, PlanService] }),
          hostModule(OtherModule, { providers: [MarkedMapper, PlanService] }),
        ],
      },
      /MarkedMapper in DocsModule, MarkedMapper in OtherModule/,
    ],
    [
      'a marked class beside the option',
      {
        imports: [
          library({ claimMapper: PlainMapper }),
          hostModule(DocsModule, { providers: [MarkedMapper, PlanService] }),
        ],
      },
      /(?=.*PlainMapper in MintlifyPersonalizationModule)(?=.*MarkedMapper in DocsModule)/,
    ],
    [
      'the token in the host beside the option',
      {
        imports: [
          library({ claimMapper: PlainMapper }),
          hostModule(DocsModule, { providers: [{ provide: CLAIM_MAPPER, useClass: PlainMapper }] }),
        ],
      },
      /(?=.*in MintlifyPersonalizationModule)(?=.*in DocsModule)/,
    ],
  ])('must be one alone: %s', async (_, metadata, names) => {
    expect(await errorOf(() => startModule(metadata))).toMatchObject({
      code: 'claim_mapper_conflict',
      message: expect.stringMatching(names),
    });
  });

  it('must be a class where it is the option', async () => {
    for (const claimMapper of [new PlainMapper(), null, 'PlainMapper', () => new PlainMapper()]) {
      const options = { claimMapper: claimMapper as unknown as Type<ClaimMapper> };
      expect(await errorOf(() => startModule({ imports: [library(options)] }))).toMatchObject({
        code: 'invalid_option',
        message: expect.stringContaining('claimMapper must be a class'),
      });
    }
  });
});
