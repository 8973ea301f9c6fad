import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

const SCRIPT = `
  const { exportPublicJwk } = await import('nestjs-mintlify-personalization');
  await exportPublicJwk('no key').catch(({ stack }) => console.log(stack));`;

/** The stack of an error of the package as it is built. */
async function readStack(...words: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...words,
    '--no-warnings',
    '--input-type=module',
    '--eval',
    SCRIPT,
  ]);
  return stdout;
}

it('stack traces name the functions of the library', async () => {
  expect(await readStack()).toMatch(/at importText \(.*\n.*at importAny \(.*\n.*at importPrivateKey \(/);
});

it('source maps lead to the lines of the sources', async () => {
  expect(await readStack('--enable-source-maps')).toMatch(/at importText \(.*src\/keys\/private-key\.ts:\d+/);
});
