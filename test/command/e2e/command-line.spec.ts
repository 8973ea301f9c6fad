import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

const run = promisify(execFile);
const LIBRARY = 'libs/mintlify-personalization';
/** For npx, where the library is not installed. */
const COMMAND = 'libs/mintlify-personalization-command';

/** The command, as `bin` of a package names it. */
function readCommand(directory: string): string {
  const { bin } = JSON.parse(readFileSync(`${directory}/package.json`, 'utf8')) as {
    bin: Record<string, string>;
  };
  return `${directory}/${bin['mintlify-personalization']}`;
}

it.each([LIBRARY, COMMAND])('the command in %s runs as a process of its own', async (directory) => {
  const file = readCommand(directory);
  expect(readFileSync(file, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  const child = run(process.execPath, [file, 'validate', '-']);
  child.child.stdin?.end('{"groups":"admin"}');
  const result: unknown = await child.catch((error: unknown) => error);
  expect(result).toMatchObject({ code: 1, stdout: expect.stringMatching(/^✗ groups: /), stderr: '' });
});

it('who reads its output may stop before the end', async () => {
  const child = run(process.execPath, [readCommand(LIBRARY), 'validate', '-']);
  child.child.stdout?.destroy();
  child.child.stdin?.end('{"groups":"admin"}');
  const result: unknown = await child.catch((error: unknown) => error);
  expect(result).toMatchObject({ code: 1, stderr: '' });
});
