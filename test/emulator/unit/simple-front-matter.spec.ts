import assert from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { readSimpleFrontMatter } from '../../../libs/mintlify-docs-emulator/src/site/simple-front-matter.js';
import { propertyRuns } from '../../support/property-runs.support.js';

describe('readSimpleFrontMatter', () => {
  it('reads lines of text', () => {
    const yaml = 'title: Quick start (v2)\ndescription: "Five: minutes"\n\nicon: \'bolt # x\'\n';
    expect(readSimpleFrontMatter(yaml)).toEqual({
      title: 'Quick start (v2)',
      description: 'Five: minutes',
      icon: 'bolt # x',
    });
  });

  it.each([
    'groups: admin',
    'public: yes',
    'hidden: x',
    'title: true',
    'title: 7',
    'title: [a]',
    'title: a: b',
    'title: a #b',
    ' title: a',
    'a: x\na: y',
    'title: "a\\n"',
    "title: 'it''s'",
    'title:',
  ])('leaves this to the parser: %j', (yaml) => {
    expect(readSimpleFrontMatter(yaml)).toBeUndefined();
  });

  it('reads what the parser reads, or nothing', () => {
    const value = fc.oneof(
      fc.string(),
      fc.string({
        unit: fc.constantFrom(
          'a',
          'Z',
          '0',
          ' ',
          '.',
          ',',
          '-',
          '+',
          '/',
          '(',
          ')',
          '_',
          "'",
          '"',
          ':',
          '#',
          '\\',
          '\t',
          '\r',
        ),
      }),
      fc.constantFrom('True', 'NULL', '.inf', 'e5', 'No', 'a - b', '---', '"a', "'b", '| x'),
    );
    const quoted = fc.tuple(fc.constantFrom('', '"', "'"), value).map(([mark, text]) => mark + text + mark);
    const line = fc
      .tuple(
        fc.constantFrom('title', 'a1', 'B', 'x_y', 'groups', ''),
        fc.constantFrom(': ', ':  ', ':'),
        quoted,
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 3 }), (lines) => {
        const yaml = `${lines.join('\n')}\n`;
        const simple = readSimpleFrontMatter(yaml);
        if (simple) assert.deepEqual({ ...simple }, { ...(parse(yaml) as object | null) });
      }),
      propertyRuns(5000),
    );
  });
});
