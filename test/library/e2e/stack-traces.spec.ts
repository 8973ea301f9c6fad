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

it('what is exported has its own name, for Nest and for OpenAPI', async () => {
  const script = `
    import 'reflect-metadata';
    const library = await import('nestjs-mintlify-personalization');
    const testing = await import('nestjs-mintlify-personalization/testing');
    const isNamed = ([name, value]) => typeof value !== 'function' || value.name === name;
    console.log(JSON.stringify(Object.entries({ ...library, ...testing }).filter((entry) => !isNamed(entry))));
    console.log(Object.keys(library).length);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
  expect(stdout).toMatch(/^\[\]\n\d\d\n$/);
});

it('source maps lead to the lines of the sources', async () => {
  expect(await readStack('--enable-source-maps')).toMatch(/at importText \(.*src\/keys\/private-key\.ts:\d+/);
});
