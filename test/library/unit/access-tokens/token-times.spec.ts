import { equal, ok } from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { MintlifyPersonalizationError } from 'nestjs-mintlify-personalization';
import { assertTimes } from '../../../../libs/mintlify-personalization/src/access-tokens/token-times.js';
import { propertyRuns } from '../../../support/property-runs.support.js';

const NOW = 1_800_000_000;
const CLOCK = { nowSeconds: NOW, toleranceSeconds: 5 };

/** What is wrong with the times of a token, without "The access token". */
function faultOf(claims: object): string | undefined {
  try {
    assertTimes({ ...claims }, CLOCK);
    return undefined;
  } catch (error) {
    ok(error instanceof MintlifyPersonalizationError && error.code === 'invalid_token');
    return error.message.replace(/^The access token (.*)\.$/, '$1');
  }
}

describe('the times of an access token', () => {
  it.each([
    [{}, undefined],
    [{ exp: NOW - 4 }, undefined],
    [{ exp: NOW - 5 }, 'is expired'],
    [{ nbf: NOW + 5 }, undefined],
    [{ nbf: NOW + 6 }, 'is not valid yet'],
    [{ iat: NOW + 5 }, undefined],
    [{ iat: NOW + 6 }, 'was issued in the future'],
    [{ iat: 0, nbf: 0, exp: NOW + 0.5 }, undefined],
    // JSON has a number that no clock reaches.
    [{ exp: JSON.parse('1e999') as number }, 'has an exp that is not a number'],
    [{ nbf: null }, 'has an nbf that is not a number'],
    [{ iat: `${NOW}` }, 'has an iat that is not a number'],
  ])('%j: %s', (claims, fault) => {
    expect(faultOf(claims)).toBe(fault);
  });

  it('are finite numbers, or the token is refused, whatever JSON holds', () => {
    const time = fc.oneof(fc.jsonValue(), fc.integer({ min: NOW - 20, max: NOW + 20 }));
    const claims = fc.record({ exp: time, nbf: time, iat: time }, { requiredKeys: [] });
    fc.assert(
      fc.property(claims, (given) => {
        const isGood = (name: keyof typeof given, isInTime: (seconds: number) => boolean): boolean => {
          const value = given[name];
          return !(name in given) || (typeof value === 'number' && isInTime(value));
        };
        const isUsable =
          isGood('exp', (exp) => exp > NOW - 5) &&
          isGood('nbf', (nbf) => nbf <= NOW + 5) &&
          isGood('iat', (iat) => iat <= NOW + 5);
        equal(faultOf(given) === undefined, isUsable);
      }),
      propertyRuns(500),
    );
  });
});
