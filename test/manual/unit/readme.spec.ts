import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';

const spec = readFileSync('test/manual/e2e/testing-your-app.spec.ts', 'utf8');

/** The first block of TypeScript below a place in a file. */
function readCode(file: string, place: string): string {
  const [, section = ''] = readFileSync(file, 'utf8').split(place);
  return /```ts[^\n]*\n(.*?)```/s.exec(section)?.[1] ?? `There is no code below ${place}`;
}

it('the manual shows the very test that runs here', () => {
  expect(readCode('docs/testing.mdx', '\n## Write the test\n')).toBe(spec);
});

it('the README shows the end of it', () => {
  const shown = readCode('README.md', '\n## Test it\n');
  expect(shown).toMatch(/^it\(/);
  expect(spec.endsWith(`\n${shown}`)).toBe(true);
});
