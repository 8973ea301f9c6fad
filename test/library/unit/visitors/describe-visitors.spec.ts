import { describe, expect, it } from '@jest/globals';
import { forwardRef, Module, type Provider } from '@nestjs/common';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsPositive,
  IsString,
  ValidateNested,
} from 'class-validator';
import {
  CLAIM_MAPPER,
  ClaimMapperFor,
  defineVisitorSchema,
  MintlifyPersonalizationModule,
} from 'nestjs-mintlify-personalization';
import { describeVisitors } from 'nestjs-mintlify-personalization/visitors';
import { WhoseMapper } from '../../../support/tenants.support.js';

class Plan {
  @IsIn(['free', 'team']) name!: string;
  @IsInt() @IsPositive() seats!: number;
}

class Content {
  @IsString() firstName!: string;
  @IsOptional() @ValidateNested() @Type(() => Plan) plan?: Plan;
  @IsArray() @ValidateNested({ each: true }) @Type(() => Plan) @ArrayMaxSize(3) plans!: Plan[];
  @IsString({ each: true }) tags!: string[];
  @IsBoolean() isTrial!: boolean;
  // No decorator, so class-validator takes it out.
  ignored?: string;
}

const JSON_CONTENT = {
  type: 'object',
  properties: { firstName: { type: 'string' }, region: { type: 'string' } },
  required: ['firstName', 'region'],
  additionalProperties: false,
};

@ClaimMapperFor('acme')
class AcmeMapper extends WhoseMapper {
  static readonly visitorSchema = defineVisitorSchema({ groups: ['viewer', 'admin'], content: Content });
}

@ClaimMapperFor('zeta')
@ClaimMapperFor()
class ZetaMapper extends WhoseMapper {
  static readonly visitorSchema = defineVisitorSchema({ groups: ['viewer'], content: JSON_CONTENT });
}

@ClaimMapperFor()
class SilentMapper extends WhoseMapper {}

function moduleOf(...providers: Provider[]) {
  @Module({ providers })
  class DocsModule {}
  return DocsModule;
}

describe('describeVisitors', () => {
  it('describes a class as a JSON Schema: properties, optional ones, nested classes and lists', async () => {
    const { description, problems } = await describeVisitors(moduleOf(AcmeMapper));
    const plan = {
      type: 'object',
      properties: { name: { enum: ['free', 'team'] }, seats: { type: 'integer', exclusiveMinimum: 0 } },
      required: ['name', 'seats'],
      additionalProperties: false,
    };
    expect(description.tenants.acme).toEqual({
      groups: ['admin', 'viewer'],
      content: {
        type: 'object',
        properties: {
          firstName: { type: 'string' },
          isTrial: { type: 'boolean' },
          plan,
          plans: { type: 'array', items: plan, maxItems: 3 },
          tags: { type: 'array', items: { type: 'string' } },
        },
        required: ['firstName', 'isTrial', 'plans', 'tags'],
        additionalProperties: false,
      },
      apiPlaygroundInputs: {},
    });
    expect(problems).toEqual([]);
  });

  it('unites the mappers: all groups, all keys, and only what all of them require', async () => {
    const { description } = await describeVisitors(moduleOf(AcmeMapper, ZetaMapper));
    expect(Object.keys(description.tenants)).toEqual(['acme', 'zeta']);
    expect(description.default).toEqual(description.tenants.zeta);
    expect(description.groups).toEqual(['admin', 'viewer']);
    expect(description.content).toMatchObject({
      required: ['firstName'],
      additionalProperties: false,
      properties: { region: { type: 'string' }, isTrial: { type: 'boolean' } },
    });
  });

  it('writes the same text, however the mappers are ordered', async () => {
    const one = await describeVisitors(moduleOf(AcmeMapper, ZetaMapper));
    const other = await describeVisitors(moduleOf(ZetaMapper, AcmeMapper));
    expect(JSON.stringify(one.description)).toBe(JSON.stringify(other.description));
  });

  it('finds mappers in imports of any kind, and in the option claimMapper', async () => {
    class PlainMapper {
      static readonly visitorSchema = defineVisitorSchema({ groups: ['plain'] });
      map = () => ({});
    }
    @Module({
      imports: [
        forwardRef(() => moduleOf(AcmeMapper)),
        Promise.resolve({ module: moduleOf(), providers: [] }),
        MintlifyPersonalizationModule.forRoot({
          docsUrl: 'https://docs.foo.com',
          claimMapper: PlainMapper,
          handshakes: { jwt: { guards: [] } },
        }),
      ],
    })
    class AppModule {}
    const { description } = await describeVisitors({ AppModule, other: 7 });
    expect(description.groups).toEqual(['admin', 'plain', 'viewer']);
  });

  it.each<[string, Provider, RegExp]>([
    ['without a schema', SilentMapper, /^SilentMapper in DocsModule declares no visitor schema/],
    [
      'made by a factory',
      { provide: CLAIM_MAPPER, useFactory: () => new WhoseMapper() },
      /^CLAIM_MAPPER in DocsModule is made by a factory/,
    ],
    [
      'that is a value',
      { provide: CLAIM_MAPPER, useValue: { map: () => ({}) } },
      /^CLAIM_MAPPER in DocsModule is made by a factory or a value/,
    ],
  ])('says of a mapper %s that it may give anything', async (_, provider, problem) => {
    const { description, problems } = await describeVisitors(moduleOf(AcmeMapper, provider));
    expect(description).toMatchObject({ groups: 'any', content: {}, default: { groups: 'any' } });
    expect(problems).toEqual([expect.stringMatching(problem)]);
  });

  it.each<[string, unknown, RegExp]>([
    ['no module', { seven: 7 }, /exports no class with @Module/],
    ['several modules', { A: moduleOf(AcmeMapper), B: moduleOf() }, /several modules: A, B\. .*#A/],
    ['no mapper', moduleOf(), /no claim mapper.*function/],
  ])('says what is wrong with %s', async (_, exported, message) => {
    await expect(describeVisitors(exported)).rejects.toThrow(message);
  });

  it('takes the export that is named', async () => {
    const exported = { A: moduleOf(AcmeMapper), B: moduleOf(ZetaMapper) };
    expect((await describeVisitors(exported, 'A')).description.groups).toEqual(['admin', 'viewer']);
    await expect(describeVisitors(exported, 'C')).rejects.toThrow('no export C');
  });
});
