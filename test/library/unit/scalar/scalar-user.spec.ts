import { equal } from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { SCALAR_RULES } from '../../../../libs/mintlify-personalization/src/scalar/scalar-rules.js';
import { findScalarViolations } from '../../../../libs/mintlify-personalization/src/scalar/scalar-user.js';
import type { ValidMintlifyUser } from '../../../../libs/mintlify-personalization/src/user/valid-mintlify-user.js';
import { NOW_SECONDS } from '../../../support/clock.support.js';
import { propertyRuns } from '../../../support/property-runs.support.js';

const pathsOf = (user: object): string[] =>
  findScalarViolations({ expiresAt: NOW_SECONDS, ...user } as ValidMintlifyUser, NOW_SECONDS).map(
    ({ path }) => path,
  );

describe('findScalarViolations', () => {
  it.each<[string, object, string[]]>([
    ['15 minutes', { expiresAt: NOW_SECONDS + 900 }, []],
    ['more than 15 minutes', { expiresAt: NOW_SECONDS + 901 }, ['expiresAt']],
    ['groups of all allowed characters', { groups: ['Az0_.:-', '9'] }, []],
    [
      'groups of others',
      { groups: ['ok', '-a', 'a b', 'ä', 'a/b'] },
      ['groups[1]', 'groups[2]', 'groups[3]', 'groups[4]'],
    ],
    ['texts of 4,096 characters', { content: { a: ['x'.repeat(4_096)] } }, []],
    ['longer texts', { content: { a: ['ok', { b: 'x'.repeat(4_097) }] } }, ['content.a[1].b']],
    ['content of every kind', { content: { a: 1, b: null, c: true, d: { 'a b': [] } } }, []],
    ['content with an empty name', { content: { '': 1 } }, ['content[""]']],
    ['names of 64 characters', { content: { ['k'.repeat(64)]: 1 } }, []],
    [
      'a longer text in an input',
      { apiPlaygroundInputs: { query: { key: 'x'.repeat(4_097) } } },
      ['apiPlaygroundInputs.query.key'],
    ],
    [
      'an input that is no text',
      { apiPlaygroundInputs: { path: { id: 7 } } },
      ['apiPlaygroundInputs.path.id'],
    ],
    ['names of inputs of 200 characters', { apiPlaygroundInputs: { cookie: { ['k'.repeat(200)]: '' } } }, []],
  ])('of %s', (_, user, paths) => {
    expect(pathsOf(user)).toEqual(paths);
  });

  it('are at most 20', () => {
    expect(pathsOf({ groups: Array.from({ length: 50 }, () => 'a b') })).toHaveLength(20);
  });

  it('are none exactly where every group has the form that Scalar documents', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' }), (group) => {
        const isAllowed = Array.from(group).every((each) =>
          'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:-'.includes(each),
        );
        equal(pathsOf({ groups: [group] }).length === 0, isAllowed && !'_.:-'.includes(group.charAt(0)));
      }),
      propertyRuns(500),
    );
    expect.assertions(0);
  });
});

describe('what Scalar sends', () => {
  it('is read or refused with a reason, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        const lookup = SCALAR_RULES.readBody(body, 1);
        equal(typeof lookup === 'string' || typeof lookup.subject === 'string', true);
      }),
      propertyRuns(300),
    );
    expect.assertions(0);
  });
});
