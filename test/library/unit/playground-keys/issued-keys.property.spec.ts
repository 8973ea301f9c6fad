import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { PlaygroundKey } from 'nestjs-mintlify-personalization';
import { readIssuedKeys } from '../../../../libs/mintlify-personalization/src/playground-keys/issued-keys.js';
import { NOW_SECONDS } from '../../../support/clock.support.js';
import { propertyRuns } from '../../../support/property-runs.support.js';

const GOOD: PlaygroundKey = { in: 'header', name: 'X-Api-Key', value: 'v', expiresAt: NOW_SECONDS + 60 };

function mistakeOf(answer: unknown): string {
  try {
    readIssuedKeys(answer, NOW_SECONDS);
  } catch (error) {
    return (error as Error).message;
  }
  return 'none';
}

describe('readIssuedKeys', () => {
  it('reads one key, several, and none', () => {
    expect(readIssuedKeys(GOOD, NOW_SECONDS)).toEqual([GOOD]);
    expect(readIssuedKeys([GOOD, { ...GOOD, in: 'query' }], NOW_SECONDS)).toHaveLength(2);
    expect(readIssuedKeys(undefined, NOW_SECONDS)).toEqual([]);
    expect(readIssuedKeys([], NOW_SECONDS)).toEqual([]);
  });

  it.each<[string, unknown, RegExp]>([
    ['a text', 'secret-value', /no object at the top/],
    ['a place that is none', { ...GOOD, in: 'path' }, /in must be 'header', 'query' or 'cookie'/],
    ['no name', { ...GOOD, name: '' }, /name must be a string/],
    ['a header with a space', { ...GOOD, name: 'X Key' }, /name is no name of a header/],
    ['a cookie with a semicolon', { ...GOOD, in: 'cookie', name: 'a;b' }, /name is no name of a cookie/],
    ['an empty value', { ...GOOD, value: '' }, /value must be a string of 1 to 4096/],
    ['a line break', { ...GOOD, value: 'secret-value\r\nX: y' }, /without control characters/],
    ['half of a character', { ...GOOD, value: '\ud800' }, /half of a character/],
    ['a time of the past', { ...GOOD, expiresAt: NOW_SECONDS }, /expiresAt is in the past/],
    ['milliseconds', { ...GOOD, expiresAt: NOW_SECONDS * 1_000 }, /looks like milliseconds/],
    ['no time', { ...GOOD, expiresAt: undefined }, /expiresAt must be whole seconds/],
    ['a mistake in a list', [GOOD, { ...GOOD, in: 'body' }], /\[1\]\.in must be/],
    ['two keys for a header', [GOOD, { ...GOOD, name: 'x-api-key' }], /two keys for the same field/],
    ['eleven keys', Array.from({ length: 11 }, (_, n) => ({ ...GOOD, name: `K${n}` })), /the maximum is 10/],
  ])('refuses %s, and never names the value', (_, answer, message) => {
    expect(mistakeOf(answer)).toMatch(message);
    expect(mistakeOf(answer)).not.toContain('secret-value');
  });

  it('takes any text without control characters as a value, and no other', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }), (value) => {
        // oxlint-disable-next-line no-control-regex -- what a header must not contain
        const isSendable = !/[\u0000-\u001f\u007f]/.test(value);
        expect(mistakeOf({ ...GOOD, value }) === 'none').toBe(isSendable);
      }),
      propertyRuns(300),
    );
  });

  it('takes as the name of a header what is a token of RFC 9110', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 20 }), (name) => {
        const isToken = Array.from(name).every(
          (letter) => /[\w!#$%&'*+.^`|~-]/.test(letter) && letter < '\u007f',
        );
        expect(mistakeOf({ ...GOOD, name }) === 'none').toBe(isToken);
      }),
      propertyRuns(300),
    );
  });
});
