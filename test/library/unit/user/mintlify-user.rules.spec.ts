import { describe, expect, it } from '@jest/globals';
import {
  InvalidMintlifyUserError,
  MintlifyPersonalizationError,
} from '../../../../libs/mintlify-personalization/src/errors.js';
import { MintlifyUserValidator } from '../../../../libs/mintlify-personalization/src/user/mintlify-user-validator.js';
import { DEFAULT_USER_LIMITS } from '../../../../libs/mintlify-personalization/src/options/app-options.js';
import { NOW_SECONDS, StoppedClock } from '../../../support/clock.support.js';
import { FULL_USER, userValidator, violationsOf } from '../../../support/users.support.js';

const DAY = 86_400;
const validate = (user: unknown) => userValidator().validate(user);
const asJson = (user: unknown): unknown => JSON.parse(JSON.stringify(validate(user)));

describe('MintlifyUserValidator', () => {
  it('gives back what it was given, with expiresAt filled in', () => {
    expect(asJson(FULL_USER)).toStrictEqual({ ...FULL_USER, expiresAt: NOW_SECONDS + 3_600 });
    expect(asJson({})).toStrictEqual({ expiresAt: NOW_SECONDS + 3_600 });
  });

  it('gives back data that is frozen throughout and shares nothing with what it was given', () => {
    const user = structuredClone(FULL_USER);
    const valid = validate(user);
    const objects: unknown[] = [valid];
    const assertFrozen = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      objects.push(value);
      expect(Object.isFrozen(value)).toBe(true);
      Object.values(value).forEach(assertFrozen);
    };
    assertFrozen(valid);
    expect(objects.length).toBeGreaterThan(10);
    user.groups.push('root');
    user.content.company.plan = 'free';
    user.apiPlaygroundInputs.server.subdomain = 'evil';
    expect(valid).toMatchObject(FULL_USER);
  });

  it('holds a user whom another validator passed to its own limits', () => {
    const lax = userValidator({ maxGroups: 3 }).validate({ groups: ['a', 'b', 'c'] });
    expect(() => userValidator({ maxGroups: 2 }).validate(lax)).toThrow(
      /groups: has 3 groups; the maximum is 2/,
    );
  });

  it('leaves what it was given as it was', () => {
    const user = structuredClone(FULL_USER);
    validate(user);
    expect(user).toStrictEqual(FULL_USER);
    expect(Object.isFrozen(user.content)).toBe(false);
  });

  it('passes a user that it checked before, until that has expired', () => {
    const clock = new StoppedClock();
    const validator = new MintlifyUserValidator(DEFAULT_USER_LIMITS, clock, 3_600);
    const valid = validator.validate({ groups: ['a'], expiresAt: NOW_SECONDS + 10 });
    expect(validator.validate(valid)).toEqual(valid);
    clock.nowMs += 10_000;
    expect(() => validator.validate(valid)).toThrow('expiresAt: is in the past');
  });

  it('does not take a look-alike for a user that it checked before', () => {
    const valid = validate({});
    const forged: unknown = Object.assign(Object.create(Object.getPrototypeOf(valid) as object) as object, {
      expiresAt: NOW_SECONDS + 5,
      host: 'docs.evil.com',
    });
    expect(violationsOf(forged)).toEqual([expect.stringMatching(/^host: /)]);
    expect(violationsOf(Object.create(valid))).toHaveLength(1);
  });

  it('takes any class that only holds the fields', () => {
    class Visitor {
      groups = ['a'];
    }
    expect(validate(new Visitor()).groups).toEqual(['a']);
  });

  it.each([
    ['undefined', undefined],
    ['null', null],
    ['a text', 'Ada'],
    ['a number', 5],
    ['a list', []],
    ['a Map', new Map([['groups', ['a']]])],
    ['a date', new Date(0)],
    ['a function', () => FULL_USER],
    ['a promise', Promise.resolve(FULL_USER)],
  ])('refuses %s in the place of a user', (_, user) => {
    expect(violationsOf(user)).toEqual([
      '(the user): must be an object with any of expiresAt, groups, content, apiPlaygroundInputs.',
    ]);
  });

  it('throws an error of the library, which lists the places', () => {
    const read = (): unknown => validate({ groups: [1] });
    expect(read).toThrow(InvalidMintlifyUserError);
    expect(read).toThrow(MintlifyPersonalizationError);
    expect(read).toThrow(
      expect.objectContaining({
        name: 'InvalidMintlifyUserError',
        code: 'invalid_user',
        message: 'The user cannot be sent to the docs. groups[0]: must be a string of 1 to 256 characters.',
        violations: [{ path: 'groups[0]', message: 'must be a string of 1 to 256 characters.' }],
      }),
    );
  });

  it.each([
    ['host', { host: 'docs.foo.com' }, 'host: is set by the library from docsUrl. Leave it out.'],
    [
      'an unknown key',
      { name: 'Ada' },
      'name: is not in the User format, which has expiresAt, groups, content, apiPlaygroundInputs. Put it into content.',
    ],
    ['another case', { Groups: [] }, 'Groups: is not in the User format'],
    ['a claim', { exp: 5 }, 'exp: is not in the User format'],
    ['an unknown key without a value', { name: undefined }, 'name: is not in the User format'],
    [
      'an unknown playground input',
      { apiPlaygroundInputs: { headers: {} } },
      'apiPlaygroundInputs.headers: is not in',
    ],
    ['a symbol', { [Symbol('a')]: 1 }, '(the user): has a symbol as a property name'],
    [
      'a symbol in the inputs',
      { apiPlaygroundInputs: { [Symbol('a')]: 1 } },
      'apiPlaygroundInputs: has a symbol as',
    ],
    ['a symbol that gives it another nature', { [Symbol.toStringTag]: 'Map' }, '(the user): has a symbol'],
    ['inherited groups', Object.create({ groups: ['admin'] }), 'groups: is inherited from a prototype'],
    [
      'inherited inputs',
      { apiPlaygroundInputs: Object.create({ query: {} }) },
      'apiPlaygroundInputs.query: is inherited',
    ],
    ['__proto__', JSON.parse('{"__proto__": {"groups": ["admin"]}}'), '__proto__: is not in the User format'],
  ])('refuses %s', (_, user, violation) => {
    expect(violationsOf(user)).toEqual([expect.stringContaining(violation)]);
  });

  it.each([
    ['expiresAt', { expiresAt: null }, 'expiresAt: must be a number'],
    ['groups', { groups: null }, 'groups: must be an array of strings'],
    ['content', { content: null }, 'content: must be an object'],
    [
      'apiPlaygroundInputs',
      { apiPlaygroundInputs: null },
      'apiPlaygroundInputs: must be an object with any of header, query, cookie, path, server.',
    ],
    ['header', { apiPlaygroundInputs: { header: null } }, 'apiPlaygroundInputs.header: must be an object'],
    ['server', { apiPlaygroundInputs: { server: null } }, 'apiPlaygroundInputs.server: must be an object'],
  ])('refuses null for %s', (_, user, violation) => {
    expect(violationsOf(user)).toEqual([expect.stringContaining(violation)]);
  });

  it.each([
    [{ groups: 'admin' }, 'groups: must be an array'],
    [{ groups: new Set(['admin']) }, 'groups: must be an array'],
    [{ groups: { 0: 'admin', length: 1 } }, 'groups: must be an array'],
    [{ groups: [['admin']] }, 'groups[0]: must be a string'],
    [{ groups: [null] }, 'groups[0]: must be a string'],
    [{ content: [] }, 'content: must be an object'],
    [{ content: 'Ada' }, 'content: must be an object'],
    [{ content: new Map() }, 'content: must be an object'],
    [{ content: new Date(0) }, 'content: must be an object'],
    [{ apiPlaygroundInputs: [] }, 'apiPlaygroundInputs: must be an object'],
    [
      { apiPlaygroundInputs: { query: 'a=b' } },
      'apiPlaygroundInputs.query: must be an object, keyed by name',
    ],
    [{ apiPlaygroundInputs: { cookie: new Map() } }, 'apiPlaygroundInputs.cookie: must be an object'],
    [
      { apiPlaygroundInputs: { server: { port: 80 } } },
      'apiPlaygroundInputs.server: must only contain strings',
    ],
    [
      { apiPlaygroundInputs: { server: { a: null } } },
      'apiPlaygroundInputs.server: must only contain strings',
    ],
    [
      { apiPlaygroundInputs: { server: { a: { b: 'c' } } } },
      'apiPlaygroundInputs.server: must only contain strings',
    ],
  ])('refuses %j', (user, violation) => {
    expect(violationsOf(user)).toEqual([expect.stringContaining(violation)]);
  });

  describe('on expiresAt', () => {
    it.each([
      ['the next second', NOW_SECONDS + 1],
      ['400 days ahead', NOW_SECONDS + 400 * DAY],
    ])('takes %s', (_, expiresAt) => {
      expect(validate({ expiresAt }).expiresAt).toBe(expiresAt);
    });

    it.each([
      ['now', NOW_SECONDS, 'is in the past'],
      ['the second before', NOW_SECONDS - 1, 'is in the past'],
      ['zero', 0, 'is in the past'],
      ['minus zero', -0, 'is in the past'],
      ['a negative number', -5, 'is in the past'],
      ['400 days and a second ahead', NOW_SECONDS + 400 * DAY + 1, 'is more than 400 days ahead'],
      ['the last second that is no millisecond', 99_999_999_999, 'is more than 400 days ahead'],
      ['milliseconds', (NOW_SECONDS + DAY) * 1_000, 'looks like milliseconds'],
      ['milliseconds with a fraction', 1_893_456_000_000.5, 'looks like milliseconds'],
      ['the largest number', Number.MAX_VALUE, 'looks like milliseconds'],
      ['half a second', NOW_SECONDS + 10.5, 'must be whole seconds'],
      ['NaN', Number.NaN, 'must be a number'],
      ['infinity', Number.POSITIVE_INFINITY, 'must be a number'],
      ['a text', String(NOW_SECONDS + DAY), 'must be a number'],
      ['a date', new Date(), 'must be a number'],
      ['a BigInt', BigInt(NOW_SECONDS + DAY), 'must be a number'],
    ])('refuses %s', (_, expiresAt, says) => {
      expect(violationsOf({ expiresAt })).toEqual([expect.stringMatching(new RegExp(`^expiresAt: ${says}`))]);
    });

    it('keeps to maxExpiresInDays', () => {
      expect(violationsOf({ expiresAt: NOW_SECONDS + DAY }, { maxExpiresInDays: 1 })).toEqual([]);
      expect(violationsOf({ expiresAt: NOW_SECONDS + DAY + 1 }, { maxExpiresInDays: 1 })).toEqual([
        expect.stringContaining('is more than 1 days ahead'),
      ]);
    });
  });
});
