import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { plainToInstance, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayNotEmpty,
  ArrayUnique,
  Equals,
  IsArray,
  IsBoolean,
  IsDateString,
  IsEmail,
  IsEnum,
  IsIn,
  IsInt,
  IsNegative,
  IsNotEmpty,
  IsNotEmptyObject,
  IsNumber,
  IsObject,
  IsOptional,
  IsPositive,
  IsString,
  IsUrl,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
  validateSync,
} from 'class-validator';
import { classToJsonSchema } from '../../../../libs/mintlify-personalization/src/visitors/class-json-schema.js';

enum Plan {
  Free = 'free',
  Pro = 'pro',
}

/** A class with one property, which these decorators are on. */
function classWith(...decorators: PropertyDecorator[]): new () => object {
  class Content {
    [name: string]: unknown;
  }
  for (const decorator of decorators) decorator(Content.prototype, 'value');
  return Content;
}

const TEXTS = ['', 'a', 'abc', 'free', 'ABC', 'ada@acme.example', '2026-01-30T10:00:00Z'];
const ID = '123e4567-e89b-42d3-a456-426614174000';
const LISTS = [[], ['a'], ['a', 'a'], ['a', 'b', 'c'], [1]];
const VALUES: unknown[] = [...TEXTS, ID, -1, 0, 1, 1.5, 7, true, false, null, {}, { a: 1 }, ...LISTS];

const CASES: [name: string, ...decorators: PropertyDecorator[]][] = [
  ['@IsString', IsString()],
  ['@IsBoolean', IsBoolean()],
  ['@IsNumber', IsNumber()],
  ['@IsInt', IsInt()],
  ['@IsPositive', IsPositive()],
  ['@IsNegative', IsNegative()],
  ['@IsInt with @IsPositive', IsInt(), IsPositive()],
  ['@IsNumber with @Min and @Max', IsNumber(), Min(0), Max(1)],
  ['@MinLength', MinLength(2)],
  ['@MaxLength', MaxLength(2)],
  ['@Length', Length(1, 2)],
  ['@Length without an end', Length(2)],
  ['@IsString with @IsNotEmpty', IsString(), IsNotEmpty()],
  ['@Matches', Matches(/^[A-Z]+$/)],
  ['@Equals', Equals('abc')],
  ['@IsIn', IsIn(['a', 7])],
  ['@IsEnum', IsEnum(Plan)],
  ['@IsEmail', IsEmail()],
  ['@IsUUID', IsUUID()],
  ['@IsDateString', IsDateString()],
  ['@IsArray', IsArray()],
  ['@ArrayNotEmpty', ArrayNotEmpty()],
  ['@ArrayMinSize', IsArray(), ArrayMinSize(2)],
  ['@ArrayMaxSize', IsArray(), ArrayMaxSize(2)],
  ['@ArrayUnique', ArrayUnique()],
  ['@IsString of each', IsArray(), IsString({ each: true })],
];

const ajv = addFormats.default(new Ajv2020({ strict: false }));
/** What class-validator says of an object, as an app asks it. */
const isValid = (target: new () => object, plain: object): boolean =>
  validateSync(plainToInstance(target, plain), { whitelist: true, forbidNonWhitelisted: true }).length === 0;

describe('the JSON Schema of a class', () => {
  it.each(CASES)('says of %s what class-validator says', (_, ...decorators) => {
    const target = classWith(...decorators);
    const schema = ajv.compile(classToJsonSchema(target));
    const verdicts = [...VALUES.map((value) => ({ value })), {}, { value: 'abc', other: 1 }];
    expect(verdicts.map((plain) => [plain, schema(plain)])).toEqual(
      verdicts.map((plain) => [plain, isValid(target, plain)]),
    );
  });

  it('takes an object for @IsObject and @IsNotEmptyObject', () => {
    expect(classToJsonSchema(classWith(IsObject())).properties).toEqual({ value: { type: 'object' } });
    expect(classToJsonSchema(classWith(IsNotEmptyObject())).properties).toEqual({
      value: { type: 'object', minProperties: 1 },
    });
  });

  it('takes any text for @IsUrl, which takes URLs without a protocol too', () => {
    expect(classToJsonSchema(classWith(IsUrl())).properties).toEqual({ value: { type: 'string' } });
    expect(isValid(classWith(IsUrl()), { value: 'foo.com' })).toBe(true);
  });

  it('requires what has no condition, and says nothing of other decorators', () => {
    expect(classToJsonSchema(classWith(IsOptional(), IsString()))).toEqual({
      type: 'object',
      properties: { value: { type: 'string' } },
      additionalProperties: false,
    });
    const isOdd: PropertyDecorator = (target, name) => IsNotEmpty()(target, String(name));
    expect(classToJsonSchema(classWith(isOdd)).properties).toEqual({ value: {} });
  });

  it('goes into classes inside, also in lists, and ends in one that is inside itself', () => {
    class Team {
      @IsString()
      name!: string;

      @ValidateNested()
      @Type(() => Team)
      parent!: Team;
    }
    class Content {
      @ValidateNested({ each: true })
      @Type(() => Team)
      teams!: Team[];

      @ValidateNested()
      own!: Team;

      @ValidateNested({ each: true })
      unknown!: Team[];

      @IsNotEmpty()
      plan!: string;
    }
    const team = {
      type: 'object',
      properties: { name: { type: 'string' }, parent: { type: 'object' } },
      required: ['name', 'parent'],
      additionalProperties: false,
    };
    expect(classToJsonSchema(Content).properties).toEqual({
      own: team,
      plan: { type: 'string', minLength: 1 },
      teams: { type: 'array', items: team },
      unknown: { type: 'array', items: { type: 'object' } },
    });
  });
});
