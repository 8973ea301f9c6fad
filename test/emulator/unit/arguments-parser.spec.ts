import { describe, expect, it } from '@jest/globals';
import { parseArguments, USAGE } from '../../../libs/mintlify-docs-emulator/src/cli/arguments-parser.js';

const needed = ['--public-key', 'a.pem', '--login-url', 'http://localhost:3000/docs-login'];

describe('parseArguments', () => {
  it('reads every option, and several keys', () => {
    const args = [
      ...needed,
      '--public-key',
      'b.jwk',
      '--directory',
      'docs',
      '--port',
      '0',
      '--base-path',
      '/d',
    ];
    expect(parseArguments(args)).toEqual({
      visitors: {},
      open: false,
      preview: false,
      allowOrigins: [],
      check: false,
      json: false,
      help: false,
      handshake: { type: 'jwt' },
      directory: 'docs',
      port: 0,
      basePath: '/d',
      publicKeyFiles: ['a.pem', 'b.jwk'],
      loginUrl: 'http://localhost:3000/docs-login',
    });
  });

  it('reads each origin that pages may load from', () => {
    const args = ['--allow-origin', 'https://a.test', '--allow-origin=https://b.test'];
    expect(parseArguments(args).allowOrigins).toEqual(['https://a.test', 'https://b.test']);
  });

  it('leaves missing options to the defaults', () => {
    expect(parseArguments(needed)).toMatchObject({
      directory: undefined,
      port: undefined,
      basePath: undefined,
    });
  });

  it('reads the mode, the public URL and named login URLs, whose queries may contain =', () => {
    const args = [
      '--public-key=a.pem',
      '--mode=authentication',
      '--public-url=https://docs.foo.test',
      '--login-url=Staff=http://localhost:3000/docs-login?team=1',
      '--login-url=Our partners=https://foo.test/login',
    ];
    expect(parseArguments(args)).toMatchObject({
      mode: 'authentication',
      publicUrl: 'https://docs.foo.test',
      loginUrls: [
        { name: 'Staff', url: 'http://localhost:3000/docs-login?team=1' },
        { name: 'Our partners', url: 'https://foo.test/login' },
      ],
    });
  });

  it.each(['http://localhost:3000/docs-login?team=1', 'HTTPS://foo.test/login', 'no-url'])(
    'takes %s by itself as the one login URL',
    (url) => {
      const { loginUrl, loginUrls } = parseArguments(['--public-key', 'a.pem', '--login-url', url]);
      expect({ loginUrl, loginUrls }).toEqual({ loginUrl: url, loginUrls: undefined });
    },
  );

  it('needs no key and no login URL', () => {
    expect(parseArguments([])).toMatchObject({
      handshake: undefined,
      visitors: {},
      check: false,
      open: false,
    });
    expect(
      parseArguments(['--groups', 'a, b', '--user', 'u.json', '--visitors', 'v.json', '--open']),
    ).toMatchObject({
      visitors: { groups: ['a', 'b'], userFile: 'u.json', visitorsFile: 'v.json' },
      open: true,
    });
    expect(parseArguments(['--check', '--json', '--mode', 'authentication'])).toMatchObject({
      check: true,
      json: true,
      mode: 'authentication',
    });
  });

  it('requires nothing for --help', () => {
    expect(parseArguments(['--help']).help).toBe(true);
  });

  it.each([
    ['no key', ['--login-url', 'http://a'], '--public-key FILE is missing'],
    ['no login URL', ['--public-key', 'a.pem'], '--login-url URL is missing'],
    [
      'two login URLs, one without a name',
      [...needed, '--login-url', 'A=http://b'],
      'needs a name, because there are several',
    ],
    ['--json alone', ['--json'], '--json is for --check'],
    ['visitors beside a login', [...needed, '--groups', 'a'], 'are for docs without a login'],
    ['an unknown option', [...needed, '--prot', '1'], '--prot'],
    ['an extra argument', [...needed, 'docs'], 'docs'],
  ])('rejects %s', (_, args, message) => {
    expect(() => parseArguments(args)).toThrow(message);
  });

  it.each(['', 'http', '12x'])('has no port for %j, so that the emulator does not start', (port) => {
    expect(parseArguments([...needed, `--port=${port}`]).port).toBeNaN();
  });

  it('lists every option in the help', () => {
    for (const name of [
      'public-key',
      'login-url',
      'mode',
      'directory',
      'port',
      'base-path',
      'public-url',
      'groups',
      'user',
      'visitors',
      'check',
      'json',
      'open',
      'help',
    ]) {
      expect(USAGE).toContain(`--${name}`);
    }
  });
});
