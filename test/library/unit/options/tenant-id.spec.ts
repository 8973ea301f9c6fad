import { equal } from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import { assert, constantFrom, oneof, property, string } from 'fast-check';
import { assertTenantId, isTenantId } from '../../../../libs/mintlify-personalization/src/options/tenant-id.js';
import { propertyRuns } from '../../../support/property-runs.support.js';

const FIRST = 'abcdefghijklmnopqrstuvwxyz0123456789';
const LATER = `${FIRST}_-`;

/** The rule, said in another way than by a regular expression. */
function fitsRule(text: string): boolean {
  const [first = '', ...later] = text;
  if (first === '' || !FIRST.includes(first) || later.length > 63) return false;
  return later.every((character) => LATER.includes(character)) && text !== 'constructor';
}

describe('A tenant id', () => {
  it.each(['a', '0', 'acme', '7-up', 'a-', 'a_', 'acme_inc-2', 'constructors', 'a'.repeat(64)])(
    'may be %s',
    (id) => {
      expect(isTenantId(id)).toBe(true);
      expect(() => assertTenantId('tenants', id)).not.toThrow();
    },
  );

  it.each([
    '',
    ' ',
    ' acme',
    'acme ',
    'acme\n',
    '\nacme',
    'Acme',
    'aCme',
    '-a',
    '_a',
    '__proto__',
    'constructor',
    'toString',
    'a.b',
    'a/b',
    '../acme',
    'a%20b',
    'a\0',
    'é',
    'аcme', // a Cyrillic а
    'a'.repeat(65),
  ])('is not %j', (id) => {
    expect(isTenantId(id)).toBe(false);
    expect(() => assertTenantId('tenants', id)).toThrow('^[a-z0-9][a-z0-9_-]{0,63}$');
  });

  it.each([
    undefined,
    null,
    0,
    7,
    true,
    ['acme'],
    {},
    new String('acme'),
    { toString: () => 'acme' },
    Symbol.iterator,
  ])('is a text, and not %p', (id) => {
    expect(isTenantId(id)).toBe(false);
    expect(() => assertTenantId('tenants', id)).toThrow('not a text');
  });

  it('is what the rule says, for whatever text', () => {
    const texts = oneof(
      string({ unit: 'binary', maxLength: 70 }),
      string({ unit: constantFrom(...LATER.split(''), 'A', '.', '\n'), maxLength: 70 }),
      constantFrom(...Object.getOwnPropertyNames(Object.prototype)),
    );
    assert(
      property(texts, (text) => equal(isTenantId(text), fitsRule(text))),
      propertyRuns(2_000),
    );
  });
});
