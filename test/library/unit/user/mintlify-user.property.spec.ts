import { deepEqual, doesNotMatch, equal } from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import * as fc from 'fast-check';
import { ApiPlaygroundInputsDto } from '../../../../libs/mintlify-personalization/src/user/api-playground-inputs.dto.js';
import { MintlifyUserDto } from '../../../../libs/mintlify-personalization/src/user/mintlify-user.dto.js';
import { MintlifyUserValidator } from '../../../../libs/mintlify-personalization/src/user/mintlify-user-validator.js';
import { DEFAULT_USER_LIMITS } from '../../../../libs/mintlify-personalization/src/options/app-options.js';
import { NOW_SECONDS } from '../../../support/clock.support.js';
import { userValidator, violationsOf } from '../../../support/users.support.js';
import { propertyRuns } from '../../../support/property-runs.support.js';

const isProto = (name: string): boolean => name === '__proto__';
const name = fc.string({ unit: 'binary', maxLength: 8 }).filter((text) => !isProto(text));
const text = fc.string({ unit: 'binary', maxLength: 12 });

/** Any JSON value, but for minus zero and `__proto__`, which have tests of their own. */
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(
      text,
      fc.boolean(),
      fc.constant(null),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    ),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(name, tie('json'), { maxKeys: 4 }),
  ),
}));
const jsonData = json.map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const jsonObject = fc.dictionary(name, jsonData, { maxKeys: 6 });
/** JSON values of which no text and no name has a line break or a NUL. */
const unbrokenObject = jsonObject.filter((object) => !/\\r|\\n|\\u0000/.test(JSON.stringify(object)));
const headers = fc.dictionary(fc.stringMatching(/^[A-Za-z-]{1,12}$/), fc.stringMatching(/^[\t -~]{0,20}$/), {
  maxKeys: 4,
});

const expiresAt = fc.integer({ min: NOW_SECONDS + 1, max: NOW_SECONDS + 400 * 86_400 });
const groups = fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 256 }), { maxLength: 8 });
const server = fc.dictionary(name, text, { maxKeys: 4 });
const validInputs = fc.record(
  { header: headers, query: jsonObject, cookie: unbrokenObject, path: jsonObject, server },
  { requiredKeys: [] },
);
const validUser = fc.record(
  { expiresAt, groups, content: jsonObject, apiPlaygroundInputs: validInputs },
  { requiredKeys: [] },
);

/** Values of which each is fine in some places. */
const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  jsonData,
  jsonObject,
  server,
  groups,
  expiresAt,
  fc.constantFrom<unknown>(undefined, null, '', 'a', '5', true, [], {}),
  fc.constantFrom<unknown>(0, 1, -1, 1.5, 99_999_999_999, 100_000_000_000, 1e300, Number.NaN, 5n),
  fc.constantFrom<unknown>(
    ['x'.repeat(256)],
    ['x'.repeat(257)],
    [''],
    ['a', 1],
    ['a', null],
    [['a']],
    [undefined],
  ),
  fc.constantFrom<unknown>(
    { a: 1 },
    { a: undefined },
    { a: [undefined] },
    { a: 'x\r\ny' },
    { 'x\n': 'a' },
    { a: '\0' },
    { a: [{ 'b\r': 1 }] },
    { a: -0 },
  ),
  fc.constantFrom<unknown>(
    { a: '\uD83D' },
    { a: [{ b: 'x\uDE00' }] },
    { '\uD83D': 'a' },
    { a: { 'x\uDE00\uD83D': 1 } },
    ['a', '\uD83D'],
    ['\uDE00\uD83D'],
    ['a😀'],
  ),
  fc.constantFrom<unknown>(new Date(0), new Map(), new Set(['a']), Symbol('a'), () => 1),
);

/** A valid object in which one property, known or not, is replaced by anything: both answers are common. */
const withOneReplaced = (valid: fc.Arbitrary<object>, names: string[], value: fc.Arbitrary<unknown>) =>
  fc
    .tuple(valid, fc.constantFrom(...names), value)
    .map(([object, key, replaced]): Record<string, unknown> =>
      Object.fromEntries([...Object.entries(object), [key, replaced]]),
    );
const almostValidInputs = withOneReplaced(
  validInputs,
  ['header', 'query', 'cookie', 'path', 'server', 'server', 'body'],
  anyValue,
);
const almostValidUser = fc.oneof(
  withOneReplaced(validUser, ['expiresAt', 'groups', 'content', 'apiPlaygroundInputs', 'host'], anyValue),
  withOneReplaced(validUser, ['apiPlaygroundInputs'], almostValidInputs),
);

const passesDto = async (user: object): Promise<boolean> => {
  const errors = await validate(user, { whitelist: true, forbidNonWhitelisted: true });
  return errors.length === 0;
};

/** At the beginning of time, and as far ahead as seconds go: the rules of time are the validator's alone. */
const timeless = new MintlifyUserValidator(
  { ...DEFAULT_USER_LIMITS, maxExpiresInDays: 1_157_408 },
  { now: () => 0 },
  1,
);

const passesValidator = (user: object): boolean => {
  try {
    timeless.validate(user);
    return true;
  } catch {
    return false;
  }
};

/** A nested object must be of its class for class-validator to look into it. */
function fillDto({ apiPlaygroundInputs, ...user }: Record<string, unknown>): MintlifyUserDto {
  const isObject = Object.prototype.toString.call(apiPlaygroundInputs) === '[object Object]';
  const inputs = isObject
    ? Object.assign(new ApiPlaygroundInputsDto(), apiPlaygroundInputs)
    : apiPlaygroundInputs;
  return Object.assign(new MintlifyUserDto(), user, { apiPlaygroundInputs: inputs });
}

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('MintlifyUserValidator', () => {
  it('takes any user that JSON can hold, and changes nothing in it', () => {
    fc.assert(
      fc.property(validUser, (user) => {
        const valid = asJson(userValidator().validate(user));
        deepEqual(valid, asJson({ expiresAt: NOW_SECONDS + 3_600, ...user }));
      }),
      propertyRuns(500),
    );
  });

  it('refuses half of a character wherever it stands, and says where', () => {
    const half = fc.constantFrom('\uD83D', '\uDE00', '\uDE00\uD83D', 'a\uD83Db');
    const places: [path: string, make: (text: string) => object][] = [
      ['groups[1]', (broken) => ({ groups: ['a', broken] })],
      ['content.a', (broken) => ({ content: { a: broken } })],
      ['content.a[0].b', (broken) => ({ content: { a: [{ b: broken }] } })],
      ['content', (broken) => ({ content: { [broken]: 1 } })],
      ['content.a', (broken) => ({ content: { a: { [broken]: null } } })],
      ...['header', 'query', 'cookie', 'path', 'server'].flatMap((key): typeof places => [
        [`apiPlaygroundInputs.${key}.a`, (broken) => ({ apiPlaygroundInputs: { [key]: { a: broken } } })],
        [`apiPlaygroundInputs.${key}`, (broken) => ({ apiPlaygroundInputs: { [key]: { [broken]: 'a' } } })],
      ]),
    ];
    fc.assert(
      fc.property(fc.constantFrom(...places), text, half, text, ([path, make], before, broken, after) => {
        const violations = violationsOf(make(before + broken + after));
        equal(violations.length, 1);
        equal(/^(?:contains|has) /.test(violations[0]!.slice(`${path}: `.length)), true, violations[0]);
        equal(violations[0]?.startsWith(`${path}: `), true, violations[0]);
        equal(violations[0]?.includes('contains a lone surrogate'), true, violations[0]);
        equal(violationsOf(make(`${before}😀${after}`.replaceAll(/[\r\n\0]/g, ''))).length, 0);
      }),
      propertyRuns(500),
    );
  });

  it('never lets a value through that JSON would change', () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withSet: true,
          withSparseArray: true,
          withTypedArray: true,
          withNullPrototype: true,
          withBoxedValues: true,
          maxDepth: 3,
        }),
        (value) => {
          const user = { content: { value } };
          if (violationsOf(user).length > 0) return;
          const { content } = userValidator().validate(user);
          deepEqual(JSON.parse(JSON.stringify(content)), content);
          equal(JSON.stringify(content), JSON.stringify({ value }));
        },
      ),
      propertyRuns(500),
    );
  });

  it('answers anything with a user or with InvalidMintlifyUserError, and nothing else', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), almostValidUser), (user) => {
        equal(Array.isArray(violationsOf(user)), true);
      }),
      propertyRuns(500),
    );
  });

  it('never repeats a value in a message', () => {
    const canary = fc.constantFrom<unknown>(
      'canary-7f3a',
      ['canary-7f3a'],
      Symbol('canary-7f3a'),
      new Error('canary-7f3a'),
      new Map([['canary-7f3a', 'canary-7f3a']]),
      new Object('canary-7f3a'),
      { a: 'canary-7f3a\r\n', b: 1n },
      () => 'canary-7f3a',
      'canary-7f3a'.repeat(10_000),
      73_731_000_000_000.5,
      -73_731n,
    );
    const user = fc.record(
      {
        expiresAt: canary,
        groups: fc.oneof(canary, fc.array(canary)),
        content: fc.oneof(canary, fc.dictionary(fc.constantFrom('a', 'b'), canary)),
        apiPlaygroundInputs: fc.oneof(
          canary,
          fc.record({ header: canary, query: canary, server: canary, other: canary }, { requiredKeys: [] }),
        ),
        host: canary,
        other: canary,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(canary, user), (value) => {
        doesNotMatch(violationsOf(value).join(), /canary|7373/);
      }),
      propertyRuns(500),
    );
  });
});

describe('MintlifyUserDto and MintlifyUserValidator', () => {
  it('agree on an instance that was filled by hand', async () => {
    await fc.assert(
      fc.asyncProperty(almostValidUser, async (user) => {
        const dto = fillDto(user);
        expect(await passesDto(dto)).toBe(passesValidator(dto));
      }),
      { numRuns: 500 },
    );
  });

  it('agree on JSON that class-transformer made an instance of', async () => {
    const asJson = (user: object): object =>
      JSON.parse(
        JSON.stringify(user, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
      ) as object;
    await fc.assert(
      fc.asyncProperty(almostValidUser.map(asJson), async (user) => {
        // class-transformer throws a TypeError over data with a property of this name.
        fc.pre(!JSON.stringify(user).includes('"constructor"'));
        expect(await passesDto(plainToInstance(MintlifyUserDto, user))).toBe(passesValidator(user));
      }),
      { numRuns: 500 },
    );
  });
});
