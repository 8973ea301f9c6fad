import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { deepEqual } from 'node:assert/strict';
import {
  RULES,
  type CheckFinding,
  type RuleId,
} from '../../../../libs/mintlify-personalization-command/src/check-docs/check-finding.js';
import { sarifOf } from '../../../../libs/mintlify-personalization-command/src/check-docs/sarif.js';
import { parseUrl } from '../../../../libs/mintlify-personalization/src/options/parse-url.js';
import { configOf, makeCheckedFolder } from '../../../support/check-docs.support.js';

// The last revision of SARIF 2.1.0. Its patterns are no regular expressions with the flag u.
const SCHEMA = '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json';
const load = createRequire(import.meta.url);

type Validator = ((value: unknown) => boolean) & {
  errors?: { instancePath: string; message?: string }[] | null;
};

// Under `nodenext` its default export has no constructor.
const { default: Ajv } = load('ajv-draft-04') as {
  default: new (options: object) => { compile(schema: object): Validator };
};
const formats = {
  uri: (text: string) => parseUrl(text) !== undefined,
  'uri-reference': (text: string) =>
    !/[\s"<>\\^`{|}]|%(?![\da-f]{2})/i.test(text) && parseUrl(text, 'https://x') !== undefined,
  'date-time': true,
};
const validate = new Ajv({ formats, strict: false, unicodeRegExp: false }).compile(
  JSON.parse(readFileSync(load.resolve(SCHEMA), 'utf8')) as object,
);

function violationsOf(sarif: unknown): string[] {
  validate(JSON.parse(JSON.stringify(sarif)));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const finding: fc.Arbitrary<CheckFinding> = fc.record({
  rule: fc.constantFrom(...(Object.keys(RULES) as RuleId[])),
  severity: fc.constantFrom('error' as const, 'warning' as const, 'info' as const),
  // What a file system allows.
  file: fc.string({ minLength: 1, unit: 'grapheme' }).filter((file) => !file.includes('\0')),
  line: fc.integer({ min: 1, max: 1_000_000 }),
  message: fc.string({ unit: 'binary' }),
  fix: fc.string({ unit: 'binary' }),
});

describe('SARIF of check-docs, held to the schema of SARIF 2.1.0,', () => {
  it('is valid for a folder with mistakes, and for one without', async () => {
    const mistakes = { 'docs.json': configOf('a b'), 'a b.mdx': '---\ngroups: [admins]\n---\n{user.plan}' };
    await using folder = await makeCheckedFolder(mistakes);
    const { output } = await folder.check('--format', 'sarif');
    const sarif = JSON.parse(output) as { runs: { results: unknown[] }[] };
    expect(sarif.runs[0]?.results.length).toBeGreaterThan(1);
    expect(violationsOf(sarif)).toEqual([]);
    expect(violationsOf(sarifOf([]))).toEqual([]);
  });

  it('is valid whatever is found, and wherever', () => {
    fc.assert(
      fc.property(fc.array(finding, { maxLength: 4 }), (findings) => {
        deepEqual(violationsOf(sarifOf(findings)), []);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['no version', { version: undefined }],
    ['an unknown property', { findings: [] }],
    [
      'a line 0',
      {
        runs: [
          {
            tool: { driver: { name: 'x' } },
            results: [
              { message: { text: 'x' }, locations: [{ physicalLocation: { region: { startLine: 0 } } }] },
            ],
          },
        ],
      },
    ],
    [
      'a level that SARIF lacks',
      { runs: [{ tool: { driver: { name: 'x' } }, results: [{ message: { text: 'x' }, level: 'info' }] }] },
    ],
    ['a URI with a space', { runs: [{ tool: { driver: { name: 'x', informationUri: 'a b' } } }] }],
  ])('is refused with %s', (_, change) => {
    expect(violationsOf({ ...sarifOf([]), ...change })).not.toEqual([]);
  });
});
