import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { MintlifyUser, PlaygroundKey, ValidMintlifyUser } from 'nestjs-mintlify-personalization';
import { prefill } from '../../../../libs/mintlify-personalization/src/playground-keys/prefill.js';
import { NOW_SECONDS } from '../../../support/clock.support.js';

const PLACES = ['header', 'query', 'cookie'] as const;

const name = fc.stringMatching(/^[A-Za-z][A-Za-z-]{0,6}$/).filter((text) => text !== '__proto__');
const key = fc.record({
  in: fc.constantFrom(...PLACES),
  name,
  value: fc.string({ minLength: 1 }),
  expiresAt: fc.integer({ min: NOW_SECONDS + 1, max: NOW_SECONDS + 10_000 }),
});
const values = fc.dictionary(name, fc.string(), { maxKeys: 4 });
const user = fc.record(
  {
    groups: fc.array(fc.string()),
    content: fc.dictionary(fc.string(), fc.string()),
    apiPlaygroundInputs: fc.record(
      { header: values, query: values, cookie: values, path: values, server: values },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);

const fieldOf = (place: string, each: string) => `${place} ${place === 'header' ? each.toLowerCase() : each}`;

function fieldsOf({ apiPlaygroundInputs = {} }: MintlifyUser): [string, unknown][] {
  return Object.entries(apiPlaygroundInputs).flatMap(([place, given]) =>
    Object.entries((given ?? {}) as object).map(([each, value]): [string, unknown] => [
      `${place} ${each}`,
      value,
    ]),
  );
}

describe('prefill', () => {
  it('adds each key, keeps what no key replaces, and never changes the user that it was given', () => {
    fc.assert(
      fc.property(
        user,
        fc.uniqueArray(key, { selector: (each) => fieldOf(each.in, each.name), minLength: 1, maxLength: 4 }),
        (given, keys: PlaygroundKey[]) => {
          const valid = { ...given, expiresAt: NOW_SECONDS + 5_000 } as ValidMintlifyUser;
          const before = JSON.stringify(valid);
          const filled = prefill(valid, keys, true);
          expect(JSON.stringify(valid)).toBe(before);
          expect({ ...filled, apiPlaygroundInputs: 0, expiresAt: 0 }).toEqual({
            groups: undefined,
            content: undefined,
            ...given,
            apiPlaygroundInputs: 0,
            expiresAt: 0,
          });
          for (const each of keys) {
            expect(filled.apiPlaygroundInputs?.[each.in]?.[each.name]).toBe(each.value);
          }
          const replaced = new Set(keys.map((each) => fieldOf(each.in, each.name)));
          const [was, is] = [fieldsOf(given), fieldsOf(filled)];
          const kept = was.filter(([field]) => {
            const [place = '', ...rest] = field.split(' ');
            return !replaced.has(fieldOf(place, rest.join(' ')));
          });
          expect(is).toEqual(expect.arrayContaining(kept));
          expect(
            new Set(is.map(([field]) => field.toLowerCase()).filter((field) => field.startsWith('header')))
              .size,
          ).toBeLessThanOrEqual(is.length);
          expect(filled.expiresAt).toBe(Math.min(valid.expiresAt, ...keys.map(({ expiresAt }) => expiresAt)));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('leaves expiresAt alone if it is asked to', () => {
    const valid = { expiresAt: NOW_SECONDS + 5_000 } as ValidMintlifyUser;
    const soon = { in: 'query', name: 'key', value: 'v', expiresAt: NOW_SECONDS + 1 } as const;
    expect(prefill(valid, [soon], false)).toMatchObject({
      expiresAt: NOW_SECONDS + 5_000,
      apiPlaygroundInputs: { query: { key: 'v' } },
    });
  });

  it('replaces a header that is written in another case', () => {
    const valid = {
      expiresAt: NOW_SECONDS + 5_000,
      apiPlaygroundInputs: { header: { 'x-key': 'old', other: 'kept' } },
    } as unknown as ValidMintlifyUser;
    const key = { in: 'header', name: 'X-Key', value: 'new', expiresAt: NOW_SECONDS + 1 } as const;
    expect(prefill(valid, [key], true).apiPlaygroundInputs).toEqual({
      header: { other: 'kept', 'X-Key': 'new' },
    });
  });
});
