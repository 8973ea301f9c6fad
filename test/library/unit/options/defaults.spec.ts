import { expect, it } from '@jest/globals';
import type { OptionRule } from '../../../../libs/mintlify-personalization/src/options/option-table.js';
import { APP_OPTIONS } from '../../../../libs/mintlify-personalization/src/options/app-options.js';
import { SITE_OPTIONS } from '../../../../libs/mintlify-personalization/src/options/site-options.js';
import { readPages } from '../../../support/manual.support.js';

/** The names and the defaults of the tables in the manual, in their first two columns. */
function readDefaults(): Map<string, string> {
  const page = readPages().find(({ name }) => name === 'options')?.text ?? '';
  const rows = page.matchAll(/^\| `([\w.]+)` *\| ([^|]*?) *\|/gm);
  return new Map([...rows].map(([, name = '', defaultValue = '']) => [name, defaultValue]));
}

/** A value as the manual writes it. */
function write(value: unknown): string {
  if (typeof value === 'number') return value.toLocaleString('en-US');
  return Array.isArray(value) && value.length === 0 ? '`[]`' : `\`'${String(value)}'\``;
}

it('the manual has the default of each option that has a fixed one', () => {
  const rules: [string, OptionRule][] = Object.entries({ ...SITE_OPTIONS, ...APP_OPTIONS });
  const fixed = rules.filter(([, { defaultValue }]) => defaultValue !== undefined);
  expect(fixed.length).toBeGreaterThan(10);
  const documented = readDefaults();
  for (const [name, { defaultValue }] of fixed) {
    expect([name, documented.get(name)]).toEqual([name, write(defaultValue)]);
  }
});
