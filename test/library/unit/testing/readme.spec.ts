import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';

const SPEC = 'test/e2e/readme/testing-your-app.spec.ts';

it('the README shows the very test that runs here', () => {
  const [, section = ''] = readFileSync('README.md', 'utf8').split('\n## Testing your app\n');
  const [, code] = /```ts\n(.*?)```/s.exec(section) ?? [];
  expect(code).toBe(readFileSync(SPEC, 'utf8'));
});
