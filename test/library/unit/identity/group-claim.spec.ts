import { deepEqual, equal } from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { InvalidMintlifyUserError } from 'nestjs-mintlify-personalization';
import {
  createGroupClaim,
  resolveGroupClaim,
} from '../../../../libs/mintlify-personalization/src/options/group-claim.js';
import { propertyRuns } from '../../../support/property-runs.support.js';

/** As the docs read a claim that is a string: section 9 of the handshakes. */
const readGroups = (claim: string, delimiter: string): string[] =>
  claim
    .split(delimiter)
    .map((part) => part.trim())
    .filter((part) => part !== '');

const claimOf = (groups: readonly string[], groupsDelimiter?: string) =>
  createGroupClaim(groups, { groupsClaim: 'groups', groupsDelimiter });

function pathsOf(groups: readonly string[], delimiter: string): string[] {
  try {
    claimOf(groups, delimiter);
  } catch (error) {
    if (error instanceof InvalidMintlifyUserError) return error.violations.map(({ path }) => path);
    throw error;
  }
  return [];
}

describe('createGroupClaim', () => {
  it('is a list without a delimiter', () => {
    expect(claimOf(['a', 'b,c'])).toEqual(['a', 'b,c']);
    expect(claimOf([])).toEqual([]);
    expect(claimOf([], ',')).toBe('');
  });

  it('with a delimiter is read by the docs as the same groups, or is an error', () => {
    const text = fc.string({
      minLength: 1,
      maxLength: 6,
      unit: fc.constantFrom('a', 'b', '-', ',', ' ', '|', '\t'),
    });
    fc.assert(
      fc.property(
        fc.array(text, { maxLength: 4 }),
        text.map((each) => each.slice(0, 4)),
        (groups, delimiter) => {
          const isReadable =
            JSON.stringify(readGroups(groups.join(delimiter), delimiter)) === JSON.stringify(groups);
          equal(pathsOf(groups, delimiter).length === 0, isReadable);
          if (isReadable) deepEqual(claimOf(groups, delimiter), groups.join(delimiter));
        },
      ),
      propertyRuns(1_000),
    );
    expect.assertions(0);
  });

  it.each([
    [['a', 'b,c'], ',', ['groups[1]']],
    [[' a', 'b '], ',', ['groups[0]', 'groups[1]']],
    [['a-', 'b'], '--', ['groups[0]']],
    [['a b'], ' ', ['groups[0]']],
    [['a', 'b'], ' ', []],
  ])('of %j with %j is refused at %j', (groups, delimiter, paths) => {
    expect(pathsOf(groups, delimiter)).toEqual(paths);
  });
});

describe('resolveGroupClaim', () => {
  it.each<[object | undefined, RegExp]>([
    [undefined, /for\(\)\.source must be 'id_token' or 'access_token'/],
    [{ source: 'userinfo' }, /source must be/],
    [{ source: 'id_token', groupsClaim: '' }, /groupsClaim must be a string of 1 to 256 characters/],
    [
      { source: 'id_token', groupsClaim: 'nonce' },
      /groupsClaim is nonce, which means something else in an ID token/,
    ],
    [{ source: 'access_token', groupsClaim: 'scope' }, /something else in an access token/],
    [
      { source: 'access_token', groupsDelimiter: '' },
      /groupsDelimiter must be a string of 1 to 4 characters/,
    ],
    [{ source: 'access_token', groupsDelimiter: '12345' }, /groupsDelimiter must be/],
    [{ source: 'access_token', groupsDelimiter: 1 }, /groupsDelimiter must be/],
  ])('refuses %j', (options, message) => {
    expect(() => resolveGroupClaim('for()', options as never)).toThrow(message);
  });

  it('has groups as the default claim, and a scope claim only where the token has none', () => {
    expect(resolveGroupClaim('for()', { source: 'id_token' })).toEqual({
      groupsClaim: 'groups',
      groupsDelimiter: undefined,
    });
    expect(resolveGroupClaim('for()', { source: 'id_token', groupsClaim: 'scope' }).groupsClaim).toBe(
      'scope',
    );
  });
});
