import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

const run = promisify(execFile);
const PACKAGE = 'libs/mintlify-personalization-command';

/** The command, as `bin` of the package names it. */
function findCommand(): string {
  const { bin } = JSON.parse(readFileSync(`${PACKAGE}/package.json`, 'utf8')) as {
    bin: Record<string, string>;
  };
  return `${PACKAGE}/${bin['mintlify-personalization']}`;
}

it('runs as a process of its own', async () => {
  const file = findCommand();
  expect(readFileSync(file, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  const child = run(process.execPath, [file, 'validate', '-']);
  child.child.stdin?.end('{"groups":"admin"}');
  const result: unknown = await child.catch((error: unknown) => error);
  expect(result).toMatchObject({ code: 1, stdout: expect.stringMatching(/^✗ groups: /), stderr: '' });
});

it('survives a reader that stops before the end of the output', async () => {
  const child = run(process.execPath, [findCommand(), 'validate', '-']);
  child.child.stdout?.destroy();
  child.child.stdin?.end('{"groups":"admin"}');
  const result: unknown = await child.catch((error: unknown) => error);
  expect(result).toMatchObject({ code: 1, stderr: '' });
});
