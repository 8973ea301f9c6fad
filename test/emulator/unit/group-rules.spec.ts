import assert from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  describeRule,
  isReadableGroups,
  passesRule,
  readGroupRule,
} from '../../../libs/mintlify-docs-emulator/src/shared/group-rules.js';
import { propertyRuns } from '../../support/property-runs.support.js';

const passes = (groups: unknown, visitor: string[] | undefined) => passesRule(readGroupRule(groups), visitor);
const VISITORS: Record<string, string[] | undefined> = {
  anonymous: undefined,
  'without groups': [],
  a: ['a'],
  b: ['b'],
  'a and b': ['a', 'b'],
};

describe('the rule of groups', () => {
  it.each<[unknown, string[]]>([
    [undefined, ['anonymous', 'without groups', 'a', 'b', 'a and b']],
    [null, ['anonymous', 'without groups', 'a', 'b', 'a and b']],
    [[], []],
    [['a'], ['a', 'a and b']],
    [
      ['a', 'b'],
      ['a', 'b', 'a and b'],
    ],
    [['*'], ['without groups', 'a', 'b', 'a and b']],
    [[{}], ['anonymous', 'without groups', 'a', 'b', 'a and b']],
    [[{ includes: ['a'] }], ['a', 'a and b']],
    [
      [{ includes: ['a'] }, { includes: ['b'] }],
      ['a', 'b', 'a and b'],
    ],
    [[{ includes: ['a'], excludes: ['b'] }], ['a']],
    [[{ includes: ['a'] }, { excludes: ['b'] }], ['a']],
    [[{ excludes: ['b'] }], ['anonymous', 'without groups', 'a']],
    [[{ excludes: [] }], ['anonymous', 'without groups', 'a', 'b', 'a and b']],
    [[{ includes: ['*'], excludes: ['b'] }], ['without groups', 'a']],
    // What cannot be read lets no one in.
    ['a', []],
    [true, []],
    [0, []],
    ['', []],
    [{ includes: ['a'] }, []],
    [['a', { includes: ['a'] }], []],
    [['a', ''], []],
    [['a', 1], []],
    [['a', null], []],
    [[['a']], []],
    [[{ includes: [] }], []],
    [[{ includes: ['a', ''] }], []],
    [[{ includes: 'a' }], []],
    [[{ includes: null }], []],
    [[{ excludes: ['*'] }], []],
    [[{ excludes: 'b' }], []],
    [[{ includes: ['a'], only: ['a'] }], []],
    [[{ include: ['a'] }], []],
  ])('%j lets in: %j', (groups, admitted) => {
    const seen = Object.keys(VISITORS).filter((name) => passes(groups, VISITORS[name]));
    expect(seen).toEqual(admitted);
  });

  it.each<[unknown, boolean]>([
    [undefined, true],
    [[], true],
    [['a'], true],
    [[{ excludes: ['b'] }], true],
    ['a', false],
    [['a', {}], false],
  ])('can read %j: %j', (groups, isReadable) => {
    expect(isReadableGroups(groups)).toBe(isReadable);
  });

  it.each<[unknown, string]>([
    [[], 'no one'],
    [['a', 'b'], 'visitors in a or b'],
    [['*'], 'every visitor who is logged in'],
    [[{ excludes: ['b'] }], 'everyone, except those in b'],
  ])('says of %j: %s', (groups, text) => {
    expect(describeRule(readGroupRule(groups) ?? { excludes: [] })).toBe(text);
  });
});

const name = fc.constantFrom('a', 'b', 'c', 'd');
const names = fc.array(name, { maxLength: 4 });
const rule = fc.record(
  { includes: fc.array(name, { minLength: 1, maxLength: 3 }), excludes: names },
  { requiredKeys: [] },
);
const visitor = fc.option(names, { nil: undefined });
const anything = fc.oneof(
  fc.anything(),
  names,
  fc.array(rule, { maxLength: 3 }),
  fc.array(fc.oneof(name, rule)),
);

describe('any groups', () => {
  it('never let in an excluded visitor, whatever else the rules say', () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 4 }), names, (rules, groups) => {
        const isExcluded = rules.some(({ excludes = [] }) =>
          excludes.some((group) => groups.includes(group)),
        );
        assert.ok(!isExcluded || !passes(rules, groups));
      }),
      propertyRuns(500),
    );
  });

  it('let an anonymous visitor in only without names and without `includes`', () => {
    fc.assert(
      fc.property(anything, (groups) => {
        if (!passes(groups, undefined) || groups === undefined || groups === null) return;
        assert.ok(Array.isArray(groups) && groups.length > 0);
        assert.ok(groups.every((entry) => typeof entry === 'object' && !('includes' in entry)));
      }),
      propertyRuns(1000),
    );
  });

  it('let no one in if they cannot be read', () => {
    fc.assert(
      fc.property(anything, visitor, (groups, groupsOfVisitor) => {
        assert.ok(isReadableGroups(groups) || !passes(groups, groupsOfVisitor));
      }),
      propertyRuns(1000),
    );
  });

  it('let in the same visitors in any order of rules', () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 4 }), visitor, (rules, groups) => {
        assert.equal(passes(rules, groups), passes(rules.toReversed(), groups));
      }),
      propertyRuns(500),
    );
  });
});
