import { createPrivateKey, createPublicKey } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createVerifier } from 'fast-jwt';
import { readArrival } from '../../support/docs-arrival.support.js';
import { readPrivateArrival } from '../../support/private-docs-arrival.support.js';
import { callCommand, type CommandSetting } from '../../support/terminal.support.js';
import { signToken } from '../../support/token-issuer.support.js';

const USER = { groups: ['admin'], content: { firstName: 'Ada' } };
const SECRET = 'sk-visitor-s-own-key';
const MODES = ['personalization', 'authentication'] as const;

let directory: string;
const call = (words: string[], setting: CommandSetting = {}) => callCommand(words, { directory, ...setting });
const write = (name: string, content: unknown) =>
  writeFile(join(directory, name), typeof content === 'string' ? content : JSON.stringify(content));

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mintlify-cli-'));
  await write('user.json', USER);
});
afterEach(() => rm(directory, { recursive: true }));

/** Makes a key pair in the folder, and gives its public half. */
async function makeKey(mode: (typeof MODES)[number] = 'personalization', name = 'docs.pem'): Promise<string> {
  await call(['keygen', '--mode', mode, '--out', name]);
  const pem = await readFile(join(directory, name), 'utf8');
  const publicPem = createPublicKey(pem).export({ format: 'pem', type: 'spki' }).toString();
  await write('public.pem', publicPem);
  return publicPem;
}

describe('keygen', () => {
  it.each([
    ['personalization', 'ec'],
    ['authentication', 'ed25519'],
  ])('makes a key for %s that only its owner can read', async (mode, type) => {
    const { exitCode, output } = await call(['keygen', '--mode', mode, '--out', 'docs.pem']);
    const pem = await readFile(join(directory, 'docs.pem'), 'utf8');
    expect([exitCode, createPrivateKey(pem).asymmetricKeyType]).toEqual([0, type]);
    expect((await stat(join(directory, 'docs.pem'))).mode & 0o777).toBe(0o600);
    const publicPem = createPublicKey(pem).export({ format: 'pem', type: 'spki' }).toString();
    expect(output).toContain(publicPem);
    expect(output).not.toContain('BEGIN PRIVATE');
  });

  it('writes over no file', async () => {
    await write('docs.pem', 'the key in use');
    const { exitCode, errors } = await call(['keygen', '--out', 'docs.pem']);
    expect([exitCode, errors]).toEqual([2, 'docs.pem is there already. Name another file.\n']);
    expect(await readFile(join(directory, 'docs.pem'), 'utf8')).toBe('the key in use');
  });

  it('says what is wrong with a folder that is not there', async () => {
    const { exitCode, errors } = await call(['keygen', '--out', 'nowhere/docs.pem']);
    expect([exitCode, errors]).toEqual([
      2,
      'nowhere/docs.pem cannot be written (ENOENT). Name another file.\n',
    ]);
  });

  it('prints the private key only when it is told to, and nothing else beside it', async () => {
    const { output, errors } = await call(['keygen', '--stdout']);
    expect(createPrivateKey(output).type).toBe('private');
    expect(errors).toMatch(/BEGIN PUBLIC KEY/);
    const undecided = await call(['keygen']);
    expect(undecided).toMatchObject({
      exitCode: 2,
      output: '',
      errors: expect.stringMatching(/--out .*--stdout/),
    });
  });
});

describe('sign', () => {
  it.each(MODES)('signs a token that another implementation takes (%s)', async (mode) => {
    const key = await makeKey(mode);
    const words = [
      'sign',
      'user.json',
      '--mode',
      mode,
      '--key-file',
      'docs.pem',
      '--docs-url',
      'https://docs.foo.com',
    ];
    const { exitCode, output, errors } = await call(words);
    expect([exitCode, errors]).toEqual([0, '']);
    expect(createVerifier({ key })(output.trim())).toMatchObject(USER);
  });

  it('prints the whole address, with page and anchor', async () => {
    const key = await makeKey();
    const pem = await readFile(join(directory, 'docs.pem'), 'utf8');
    const { output } = await call(
      ['sign', '-', '--docs-url', 'https://docs.foo.com', '--redirect', '/a?b=c', '--anchor', 'd e'],
      { env: { MINTLIFY_PRIVATE_KEY: pem.replaceAll('\n', String.raw`\n`) }, input: JSON.stringify(USER) },
    );
    const { page, anchor, token } = readArrival(output.trim());
    expect([page, anchor]).toEqual(['https://docs.foo.com/a?b=c', 'd e']);
    expect(createVerifier({ key })(token)).toMatchObject(USER);
  });

  it.each(['https://foo.com/elsewhere', 'https://other.example/docs/a'])(
    'says that %s is none of the docs',
    async (page) => {
      await makeKey();
      const words = ['sign', 'user.json', '-k', 'docs.pem', '-d', 'https://foo.com/docs', '-r'];
      const { output, errors } = await call([...words, page]);
      expect(output).toMatch(/^https:\/\/foo\.com\/docs#/);
      expect(errors).toMatch(/no page of the docs/);
      expect((await call([...words, '/docs/a'])).errors).toBe('');
    },
  );

  it('prints the address of the callback page of private docs', async () => {
    await makeKey('authentication');
    const words = [
      'sign',
      'user.json',
      '-m',
      'authentication',
      '-k',
      'docs.pem',
      '-d',
      'https://docs.foo.com',
      '-r',
      '/a',
    ];
    const { callback, redirect } = readPrivateArrival((await call(words)).output.trim());
    expect([callback, redirect]).toEqual(['https://docs.foo.com/login/jwt-callback', '/a']);
  });

  it.each([
    ['no key', ['sign', 'user.json'], /MINTLIFY_PRIVATE_KEY is not set/],
    ['a user that breaks a rule', ['sign', 'bad.json', '-k', 'docs.pem'], /groups/],
    ['no such file', ['sign', 'nobody.json', '-k', 'docs.pem'], /nobody\.json cannot be read \(ENOENT\)/],
    ['docs without https', ['sign', 'user.json', '-k', 'docs.pem', '-d', 'http://docs.foo.com'], /docsUrl/],
    ['the key of another mode', ['sign', 'user.json', '-k', 'docs.pem', '-m', 'authentication'], /Ed25519/],
    ['a public key', ['sign', 'user.json', '-k', 'public.pem'], /public/],
    ['a mode that there is not', ['sign', 'user.json', '-m', 'both'], /Allowed choices/],
  ])('says what is wrong with %s', async (_, words, message) => {
    await makeKey();
    await write('bad.json', { groups: 'admin' });
    const { exitCode, output, errors } = await call(words);
    expect([exitCode, output]).toEqual([2, '']);
    expect(errors).toMatch(message);
    expect(errors).not.toMatch(/\n\s+at /);
  });
});

describe('what stands in the wrong place', () => {
  it.each([
    ['sign', ['sign', 'user.json', '--key-env']],
    ['sign, as a file', ['sign', 'user.json', '--key-file']],
    ['validate', ['validate']],
    ['doctor', ['doctor', '--key-env']],
    ['doctor, as a session', ['doctor', '--cookie-env']],
    ['doctor, as a file', ['doctor', '--public-key']],
  ])('is not quoted by %s', async (_, words) => {
    await makeKey();
    const pem = await readFile(join(directory, 'docs.pem'), 'utf8');
    const secrets = [pem, pem.replaceAll('\n', String.raw`\n`), `session=${SECRET}`.padEnd(130, 'x')];
    for (const secret of secrets) {
      const { exitCode, output, errors } = await call([...words, secret]);
      expect(exitCode).toBe(2);
      for (const part of [SECRET, ...pem.split('\n').slice(1, 3)])
        expect(output + errors).not.toContain(part);
    }
  });
});

describe('validate', () => {
  it('takes a user that the docs take', async () => {
    expect(await call(['validate', 'user.json'])).toMatchObject({ exitCode: 0, errors: '' });
  });

  it('names every mistake with its place, and no value', async () => {
    const user = { groups: ['a', ''], expiresAt: 1_900_000_000_000, rôle: 'x', content: { key: SECRET } };
    const { exitCode, output } = await call(['validate', '-'], { input: JSON.stringify(user) });
    expect(exitCode).toBe(1);
    for (const place of [/groups\[1\]/, /expiresAt.*milliseconds/, /rôle/]) expect(output).toMatch(place);
    expect(output).not.toContain(SECRET);
  });

  it('says that a user is no object', async () => {
    expect(await call(['validate', '-'], { input: '[]' })).toMatchObject({
      exitCode: 1,
      output: expect.stringMatching(/^✗ \(the user\): must be an object/),
    });
    await write('half.json', '{');
    expect((await call(['validate', 'half.json'])).errors).toBe(
      'half.json is not JSON. Check commas and quotes.\n',
    );
  });

  it.each([
    ['UTF-8 with a byte order mark', Buffer.from('\uFEFF{"groups":["admin"]}\r\n')],
    ['UTF-16, as PowerShell writes it', Buffer.from('\uFEFF{"groups":["admin"]}\r\n', 'utf16le')],
  ])('reads %s', async (_, input) => {
    expect(await call(['validate', '-'], { input })).toMatchObject({ exitCode: 0, errors: '' });
    await writeFile(join(directory, 'windows.json'), input);
    expect(await call(['validate', 'windows.json'])).toMatchObject({ exitCode: 0, errors: '' });
  });

  it('quotes nothing of what is no JSON', async () => {
    const { exitCode, errors } = await call(['validate', '-'], { input: `{"key": ${SECRET}` });
    expect([exitCode, errors]).toEqual([2, 'The input is not JSON. Check commas and quotes.\n']);
  });
});

describe('decode', () => {
  const nowMs = Date.UTC(2030, 0, 1);
  const nowSeconds = nowMs / 1_000;
  const signWith = async (claims: object) => {
    const key = createPrivateKey(await readFile(join(directory, 'docs.pem'), 'utf8'));
    return signToken({ alg: key.asymmetricKeyType === 'ec' ? 'ES256' : 'EdDSA' }, claims, key);
  };
  const sound = { ...USER, iat: nowSeconds, exp: nowSeconds + 10, expiresAt: nowSeconds + 3_600 };

  it.each([
    ['a token', (token: string) => token],
    ['an address', (token: string) => `https://docs.foo.com/a#${token}`],
    ['an address with an anchor', (token: string) => `https://docs.foo.com/a#jwt=${token}&anchor=b`],
    ['an address in quotes', (token: string) => `"https://docs.foo.com/a#${token}"`],
    ['a token in quotes', (token: string) => `'${token}'`],
    [
      'the headers of an answer',
      (token: string) =>
        `HTTP/1.1 302 Found\r\nLocation: https://docs.foo.com/a#${token}\r\nCache-Control: no-store\r\n`,
    ],
  ])('reads %s, and says that the docs take it', async (_, wrap) => {
    await makeKey();
    const token = await signWith(sound);
    const { exitCode, output } = await call(['decode', '-p', 'public.pem'], {
      input: `${wrap(token)}\n`,
      nowMs,
    });
    expect(exitCode).toBe(0);
    expect(output).toMatch(/"firstName": "Ada"/);
    expect(output).toMatch(/signed with this key/);
    expect(output).not.toContain(token.split('.')[2]);
  });

  it.each([
    ['expired', { exp: nowSeconds - 60 }, [], /expired 60 seconds ago/],
    ['good for too long', { exp: nowSeconds + 3_600 }, [], /good for 3600 seconds/],
    ['without an end', { exp: undefined }, [], /no exp/],
    ['with an end in milliseconds', { exp: nowMs }, [], /exp looks like milliseconds/],
    ['made in the future', { iat: nowSeconds + 60, exp: nowSeconds + 70 }, [], /60 seconds in the future/],
    ['of a session in milliseconds', { expiresAt: nowMs + 1 }, [], /expiresAt.*milliseconds/],
    ['with a claim that the docs do not know', { role: 'admin' }, [], /role/],
    ['for private docs', {}, ['-m', 'authentication'], /has no host/],
    ['for another kind of docs', {}, ['-m', 'authentication'], /signed with ES256, and the docs take EdDSA/],
  ])('says why the docs refuse a token that is %s', async (_, change, words, message) => {
    await makeKey();
    const token = await signWith({ ...sound, ...change });
    const { exitCode, output } = await call(['decode', token, ...words], { nowMs });
    expect(exitCode).toBe(1);
    expect(output).toMatch(message);
  });

  it('says when a token is signed with another key, or its host is that of other docs', async () => {
    await makeKey('authentication');
    const token = await signWith({ ...sound, host: 'docs.bar.com' });
    await makeKey('authentication', 'other.pem');
    const { output } = await call(['decode', token, '-p', 'public.pem', '-d', 'https://docs.foo.com'], {
      nowMs,
    });
    expect(output).toMatch(/not signed with this key/);
    expect(output).toMatch(/not that of the docs, docs\.foo\.com/);
  });

  it('says that a token without an algorithm, an end or a user is none that docs take', async () => {
    await makeKey();
    const { exitCode, output } = await call(['decode', 'e30.e30.c2ln', '-p', 'public.pem']);
    expect(exitCode).toBe(1);
    for (const message of [/signed with no algorithm/, /no exp/]) expect(output).toMatch(message);
    expect(output).not.toMatch(/signed with this key/);
  });

  it('says nothing of a signature of another algorithm', async () => {
    await makeKey();
    const token = await signWith(sound);
    await makeKey('authentication', 'other.pem');
    const words = ['decode', token, '-m', 'authentication', '-p', 'public.pem'];
    const { output } = await call(words, { nowMs });
    expect(output).toMatch(/signed with ES256, and the docs take EdDSA/);
    expect(output).not.toMatch(/signed with this key/);
  });

  it.each([
    ['a public key that is none', ['-p', 'user.json'], /--public-key holds no public key/],
    ['docs without a scheme', ['-d', 'docs.foo.com'], /docsUrl is not an absolute URL/],
  ])('does not begin with %s', async (_, words, message) => {
    const { exitCode, errors } = await call(['decode', 'e30.e30.c2ln', ...words]);
    expect([exitCode, errors]).toEqual([2, expect.stringMatching(message)]);
  });

  it('hides what prefills the API playground, until it is told to show it', async () => {
    await makeKey();
    const apiPlaygroundInputs = { header: { 'X-Api-Key': SECRET } };
    const token = await signWith({ ...sound, apiPlaygroundInputs });
    for (const words of [
      ['decode', token],
      ['decode', token, '--json'],
    ]) {
      const { output } = await call(words, { nowMs });
      expect(output).toContain('X-Api-Key');
      expect(output).not.toContain(SECRET);
    }
    expect((await call(['decode', token, '--show-values'], { nowMs })).output).toContain(SECRET);
  });

  it('prints JSON for scripts', async () => {
    await makeKey();
    const { output } = await call(['decode', await signWith(sound), '--json'], { nowMs });
    expect(JSON.parse(output)).toEqual({
      header: { alg: 'ES256' },
      claims: sound,
      mode: 'personalization',
      signature: 'unchecked',
      faults: [],
    });
  });

  it.each(['', 'hello', 'a.b.c', 'https://docs.foo.com/a#step-one'])('refuses "%s"', async (input) => {
    const { exitCode, errors } = await call(['decode'], { input });
    expect([exitCode, errors]).toEqual([2, expect.stringMatching(/no signed token/)]);
  });
});

describe('the command line', () => {
  it.each([[[]], [['--help']], [['keygen', '--help']], [['sign', '--help']], [['doctor', '--help']]])(
    'has examples in its help (%p)',
    async (words: string[]) => {
      const { output, errors } = await call(words);
      expect(output + errors).toMatch(/Examples:\n {2}.*mintlify-personalization/);
    },
  );

  it('says what to do about a command that there is not', async () => {
    const { exitCode, errors } = await call(['singn', 'user.json']);
    expect(exitCode).toBe(2);
    expect(errors).toMatch(/unknown command 'singn'\n\(Did you mean sign\?\)/);
  });

  it('is coloured for people alone', async () => {
    const colour = '\u001b[';
    expect((await call(['validate', 'user.json'], { isTTY: true })).output).toContain(colour);
    expect((await call(['validate', 'user.json'])).output).not.toContain(colour);
    const plain = await call(['validate', 'user.json'], { isTTY: true, env: { NO_COLOR: '1' } });
    expect(plain.output).not.toContain(colour);
  });
});
