import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadOptionalPackage } from '../../../../libs/mintlify-personalization/src/options/optional-package.js';
import { errorOf } from '../../../support/modules.support.js';

const DIST = 'libs/mintlify-personalization/dist';
const OPTIONAL = ['@aws-sdk/client-kms', 'cockatiel', 'pkcs11js'];

/** Runs a module in a process of its own, with what is built, and gives what it prints. */
async function run(script: string, folder = process.cwd()): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--no-warnings', '--input-type=module', '--eval', script],
    { cwd: folder },
  );
  return stdout.trim();
}

/** Which of the optional packages have a file in Node's cache: all three are CommonJS, even when imported. */
const LIST_LOADED = `
  const { cache } = (await import('node:module')).createRequire(import.meta.url);
  const names = ${JSON.stringify(OPTIONAL)};
  console.log(names.filter((name) => Object.keys(cache).some((file) => file.includes('node_modules/' + name + '/'))).join());
`;

describe('The packages of key services', () => {
  it.each(['', '/aws-kms', '/vault-transit', '/pkcs11'])(
    'are not loaded by nestjs-mintlify-personalization%s',
    async (subpath) => {
      const script = `await import('nestjs-mintlify-personalization${subpath}'); ${LIST_LOADED}`;
      expect(await run(script)).toBe('');
    },
  );

  it('are loaded when a signer is made', async () => {
    const script = `
      const { createAwsKmsTokenSigner } = await import('nestjs-mintlify-personalization/aws-kms');
      const clientConfig = { region: 'x', endpoint: 'http://127.0.0.1:1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
      await createAwsKmsTokenSigner({ kmsKeyId: 'a', clientConfig }).catch(() => {});
      ${LIST_LOADED}`;
    expect(await run(script)).toBe('@aws-sdk/client-kms,cockatiel');
  });

  describe('where they are not installed', () => {
    let folder: string;

    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'no-packages-'));
      cpSync(DIST, folder, { recursive: true });
      writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    });
    afterAll(() => {
      rmSync(folder, { recursive: true });
    });

    it.each([
      ['aws-kms', 'createAwsKmsTokenSigner', { kmsKeyId: 'a' }, '@aws-sdk/client-kms'],
      [
        'vault-transit',
        'createVaultTransitTokenSigner',
        { address: 'https://vault.example', token: 'a', keyName: 'docs' },
        'cockatiel',
      ],
      [
        'pkcs11',
        'createPkcs11TokenSigner',
        { libraryPath: '/a', tokenLabel: 'a', pin: 'a', keyLabel: 'a' },
        'pkcs11js',
      ],
    ])('%s says so when a signer is made, and not before', async (file, maker, options, name) => {
      const script = `
        const { ${maker} } = await import('./${file}.js');
        await ${maker}(${JSON.stringify(options)}).catch(({ code, message }) => console.log(code, message));`;
      expect(await run(script, folder)).toBe(
        `invalid_option ${maker} needs the package ${name}, and it could not be loaded. Run "npm install ${name}".`,
      );
    });
  });

  it('keep their own error as the cause, lest a broken installation look like a missing one', async () => {
    const cause = new Error('The addon was compiled for another Node.js.');
    const error = await errorOf(() => loadOptionalPackage('a', 'b', () => Promise.reject(cause)));
    expect(error).toMatchObject({ code: 'invalid_option', cause });
  });
});
