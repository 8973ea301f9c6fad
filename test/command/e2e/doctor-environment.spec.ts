import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { checkNode } from '../../../libs/mintlify-personalization-command/src/doctor/environment-checks.js';
import { DOCS_PRIVATE_KEY, DOCS_PUBLIC_KEY } from '../../support/docs-arrival.support.js';
import { readFindings, useDoctorsDirectory } from '../../support/doctor.support.js';
import { callCommand } from '../../support/terminal.support.js';

const getDirectory = useDoctorsDirectory();

describe('doctor, of the environment,', () => {
  const pem = (key: 'ed25519' | 'P-256'): string =>
    (key === 'ed25519'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: 'P-256' })
    ).privateKey
      .export({ format: 'pem', type: 'pkcs8' })
      .toString();
  const install = async (name: string, version: string): Promise<void> => {
    await mkdir(join(getDirectory(), 'node_modules', name), { recursive: true });
    await writeFile(
      join(getDirectory(), 'node_modules', name, 'package.json'),
      JSON.stringify({ name, version }),
    );
  };
  const look = async (words: string[], env: Record<string, string> = {}) => {
    const result = await callCommand(['doctor', '--json', ...words], { directory: getDirectory(), env });
    return { ...result, findings: readFindings(result) };
  };

  it.each([
    ['an address without https', ['--docs-url', 'http://docs.foo.com'], {}, 'docs-url', /https/],
    ['no address', ['--docs-url', 'docs.foo.com'], {}, 'docs-url', /address that visitors see/],
    [
      'private docs on a base path',
      ['--docs-url', 'https://foo.com/docs', '-m', 'authentication'],
      {},
      'docs-url',
      /origin alone/,
    ],
    ['an address in DOCS_URL', [], { DOCS_URL: 'http://docs.foo.com' }, 'docs-url', /https/],
    [
      'half a key',
      [],
      { MINTLIFY_PRIVATE_KEY: pem('P-256').slice(0, 80) },
      'signing-key',
      /MINTLIFY_PRIVATE_KEY/,
    ],
    ['the key of the other mode', [], { DOCS_KEY: pem('ed25519') }, 'signing-key', /DOCS_KEY/],
    [
      'a key that the docs do not know',
      ['--public-key', 'other.pem'],
      { MINTLIFY_PRIVATE_KEY: pem('P-256') },
      'signing-key',
      /rotated on one side/,
    ],
  ])('finds %s', async (_, words, env, check, fix) => {
    const keyEnv = 'DOCS_KEY' in env ? ['--key-env', 'DOCS_KEY'] : [];
    const { exitCode, findings, output } = await look([...words, ...keyEnv], env);
    expect(exitCode).toBe(1);
    expect(findings.find((finding) => finding.check === check)?.fix).toMatch(fix);
    expect(output).not.toMatch(/BEGIN PRIVATE|MIGHAgEA|MC4CAQAw/);
  });

  it.each([
    ['node16 in a CommonJS app', '{ "module": "node16" }', '{}', 'failed'],
    ['node18 in a CommonJS app', '{\n  // "module": "nodenext",\n  "module": "Node18" }', '{}', 'failed'],
    ['node16 in an ES module', '{ "module": "node16" }', '{ "type": "module" }', 'passed'],
    ['nodenext', '{\n  // "module": "node16",\n  "module": "nodenext" }', '{}', 'passed'],
    ['commonjs', '{ "module": "commonjs", "moduleResolution": "node16" }', '{}', 'passed'],
  ])('looks at tsconfig.json: %s', async (_, options, manifest, state) => {
    await writeFile(join(getDirectory(), 'tsconfig.json'), `{ "compilerOptions": ${options} }`);
    await writeFile(join(getDirectory(), 'package.json'), manifest);
    const { findings } = await look([]);
    const found = findings.find(({ check }) => check === 'tsconfig');
    expect(found?.state).toBe(state);
    expect(found?.fix?.includes('"module": "nodenext"') ?? false).toBe(state === 'failed');
  });

  it('finds packages that are missing, and a NestJS that is too old', async () => {
    await install('@nestjs/core', '10.4.1');
    await install('rxjs', '7.8.0');
    const { findings } = await look([]);
    expect(findings).toContainEqual(
      expect.objectContaining({
        check: 'packages',
        fix: expect.stringMatching(/^Run "npm install @nestjs\/common .*class-validator/),
      }),
    );
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'nest', fix: 'Upgrade NestJS to 11 or 12.' }),
    );
  });

  it.each([
    ['20.18.9', 'failed'],
    ['18.20.0', 'failed'],
    ['20.19.0', 'passed'],
    ['24.0.0', 'passed'],
  ])('knows whether Node %s is new enough', (version, state) => {
    expect(checkNode(version)).toMatchObject({ check: 'node', state });
  });

  it.each([
    ['a variable that is not set', ['--cookie-env', 'MISSING'], /MISSING is not set/],
    ['a value that is no header', ['--cookie-env', 'BROKEN'], /line break/],
    ['a value that is none either', ['--access-token-env', 'DOTS'], /DOTS is no header: .*Latin-1/],
    ['a password in an address', ['--login-url', 'https://ada:pw@foo.com/docs-login'], /--authorization-env/],
    ['a public key that is none', ['--public-key', 'none.pem'], /--public-key holds no public key/],
    ['an address that is none', ['--login-url', '/docs-login'], /--login-url is no URL/],
    ['no time', ['--timeout', '0'], /1 to 60000/],
    ['a public key that is not there', ['--public-key', 'missing.pem'], /missing\.pem cannot be read/],
  ])('does not begin with %s', async (_, words, message) => {
    await writeFile(join(getDirectory(), 'none.pem'), '{}');
    const result = await callCommand(['doctor', ...words], {
      directory: getDirectory(),
      env: { BROKEN: 'a\nb', DOTS: 'tok…' },
    });
    expect(result).toMatchObject({ exitCode: 2, errors: expect.stringMatching(message) });
  });

  it('compares with the public key', async () => {
    const key = DOCS_PRIVATE_KEY.export({ format: 'pem', type: 'pkcs8' }).toString();
    expect(createPublicKey(key).equals(DOCS_PUBLIC_KEY)).toBe(true);
    const { exitCode, findings } = await look(['--public-key', 'public.pem'], { MINTLIFY_PRIVATE_KEY: key });
    expect(exitCode).toBe(0);
    expect(findings).toContainEqual(expect.objectContaining({ check: 'signing-key', state: 'passed' }));
  });
});
