import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { RULES } from '../../../libs/mintlify-personalization-command/src/check-docs/check-finding.js';

it('every rule of check-docs is in the manual, with its severity', () => {
  const [, section = ''] = readFileSync('docs/check-docs.mdx', 'utf8').split('\n## Rules\n');
  const rows = [...section.matchAll(/^\| `([a-z-]+)` +\| (\w+) +\|/gm)].map(([, id, severity]) => [
    id,
    severity,
  ]);
  const rules = Object.entries(RULES).map(([id, { severity }]) => [
    id,
    severity === 'info' ? 'note' : severity,
  ]);
  expect(new Map(rows as [string, string][])).toEqual(new Map(rules as [string, string][]));
  expect(rows).toHaveLength(rules.length);
});
