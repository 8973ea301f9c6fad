import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

const run = promisify(execFile);
const PACKAGE = 'libs/mintlify-personalization';

/** The command, as `bin` of the package names it. */
function readCommand(): string {
  const { bin } = JSON.parse(readFileSync(`${PACKAGE}/package.json`, 'utf8')) as {
    bin: Record<string, string>;
  };
  return `${PACKAGE}/${bin['mintlify-personalization']}`;
}

it('the command of the package runs as a process of its own', async () => {
  const file = readCommand();
  expect(readFileSync(file, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  const child = run(process.execPath, [file, 'validate', '-']);
  child.child.stdin?.end('{"groups":"admin"}');
  const result: unknown = await child.catch((error: unknown) => error);
  expect(result).toMatchObject({ code: 1, stdout: expect.stringMatching(/^✗ groups: /), stderr: '' });
});

it('who reads its output may stop before the end', async () => {
  const child = run(process.execPath, [readCommand(), 'validate', '-']);
  child.child.stdout?.destroy();
  child.child.stdin?.end('{"groups":"admin"}');
  const result: unknown = await child.catch((error: unknown) => error);
  expect(result).toMatchObject({ code: 1, stderr: '' });
});
