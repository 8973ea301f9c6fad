import { generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { PRIVATE_SAMPLE_DIRECTORY, SAMPLE_DIRECTORY } from 'mintlify-docs-emulator';
import { resolveOptions } from '../../../libs/mintlify-docs-emulator/src/option-resolver.js';
import { siteAddress } from '../../../libs/mintlify-docs-emulator/src/site/site-address.js';

const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;
const ed25519 = generateKeyPairSync('ed25519').publicKey;
const loginUrl = 'http://localhost:3000/docs-login';
const named = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `Team ${index}`, url: `${loginUrl}?team=${index}` }));

const personal = (options: object = {}) => resolveOptions({ publicKeys: [p256], loginUrl, ...options });
const closed = (options: object = {}) =>
  resolveOptions({
    mode: 'authentication',
    publicKeys: [ed25519],
    loginUrl,
    ...options,
  });

describe('resolveOptions', () => {
  it('defaults to public docs with the sample site', async () => {
    const resolved = await personal();
    expect(resolved.loginUrls()).toEqual([{ name: 'Log in', url: loginUrl }]);
    expect(resolved).toMatchObject({
      mode: 'personalization',
      port: 3001,
      host: 'localhost',
      directory: SAMPLE_DIRECTORY,
      basePath: '',
    });
  });

  it('shows the private sample site in authentication, unless a directory is given', async () => {
    expect((await closed()).directory).toBe(PRIVATE_SAMPLE_DIRECTORY);
    expect((await closed({ directory: '/srv/docs' })).directory).toBe('/srv/docs');
  });

  it('exports sample folders that exist', () => {
    for (const directory of [SAMPLE_DIRECTORY, PRIVATE_SAMPLE_DIRECTORY]) {
      expect(existsSync(join(directory, 'docs.json'))).toBe(true);
    }
  });

  it.each([1, 2, 10])('accepts %d named login URLs in authentication, in order', async (count) => {
    const { loginUrls } = await closed({ loginUrl: undefined, loginUrls: named(count) });
    expect(loginUrls()).toEqual(named(count));
  });

  it.each([personal, closed])('calls a loginUrl function each time: $name', async (resolve) => {
    let url = '';
    const { loginUrls } = await resolve({ loginUrl: () => url });
    expect(() => loginUrls()).toThrow('did not return an absolute URL');
    for (url of ['http://localhost:1/docs-login', 'http://localhost:2/docs-login']) {
      expect(loginUrls()).toEqual([{ name: 'Log in', url }]);
    }
  });

  it.each([
    ['an unknown mode', personal, { mode: 'private' }, /mode must be 'personalization' or 'authentication'/],
    ['a mode of the prototype', personal, { mode: 'toString' }, /mode must be/],
    ['no login URL', personal, { loginUrl: undefined }, /loginUrl must be an absolute URL/],
    ['no login URL in authentication', closed, { loginUrl: undefined }, /loginUrl must be an absolute URL/],
    ['both kinds of login URL', closed, { loginUrls: named(1) }, /loginUrl or loginUrls, not both/],
    ['no named login URL', closed, { loginUrl: undefined, loginUrls: [] }, /one to 10 login URLs/],
    ['eleven login URLs', closed, { loginUrl: undefined, loginUrls: named(11) }, /one to 10 login URLs/],
    [
      'named login URLs in personalization',
      personal,
      { loginUrl: undefined, loginUrls: named(1) },
      /Personalization has one login URL/,
    ],
    [
      'a login URL without a name',
      closed,
      { loginUrl: undefined, loginUrls: [{ name: ' ', url: loginUrl }] },
      /loginUrls\[0\]\.name is empty/,
    ],
    [
      'a name twice',
      closed,
      { loginUrl: undefined, loginUrls: [...named(2), { name: ' Team 1 ', url: loginUrl }] },
      /the name "Team 1" twice/,
    ],
    [
      'a named login URL that is a script',
      closed,
      { loginUrl: undefined, loginUrls: [...named(1), { name: 'B', url: 'javascript:alert(1)' }] },
      /loginUrls\[1\]\.url must be an absolute URL/,
    ],
    ['a base path', closed, { basePath: '/docs' }, /private docs cannot have a base path/],
    ['a P-256 key in authentication', closed, { publicKeys: [p256] }, /authentication uses EdDSA.*Ed25519/],
    ['an Ed25519 key in personalization', personal, { publicKeys: [ed25519] }, /uses ES256.*P-256/],
    [
      'a public URL with a path',
      closed,
      { publicUrl: 'https://docs.foo.test/a' },
      /publicUrl must be an origin/,
    ],
    [
      'allowed origins that are no list',
      closed,
      { allowOrigins: 'https://a.test' as never },
      /must be a list/,
    ],
    ['an allowed origin with a path', closed, { allowOrigins: ['https://a.test/x'] }, /without a path/],
    [
      'an allowed origin that ends a directive',
      closed,
      { allowOrigins: ['https://a.test; script-src *'] },
      /origins/,
    ],
    ['every origin', closed, { allowOrigins: ['*'] }, /allowOrigins must hold origins without a path/],
    ['a public URL without a scheme', closed, { publicUrl: 'docs.foo.test' }, /publicUrl must be an origin/],
    ['a public URL with a password', closed, { publicUrl: 'https://a:b@docs.foo.test' }, /publicUrl must be/],
  ])('rejects %s', async (_, resolve, options, message) => {
    await expect(resolve(options)).rejects.toThrow(message);
  });

  it('accepts a base path that is only a slash, in authentication too', async () => {
    expect((await closed({ basePath: '/' })).basePath).toBe('');
  });
});

describe('siteAddress', () => {
  it.each([
    [{ host: 'localhost' }, 'http://localhost:3002', 'localhost'],
    [{ host: '0.0.0.0' }, 'http://localhost:3002', 'localhost'],
    [{ host: '127.0.0.1' }, 'http://127.0.0.1:3002', '127.0.0.1'],
    [{ host: '::1' }, 'http://[::1]:3002', '[::1]'],
    [{ host: 'localhost', publicUrl: 'https://Docs.Foo.test' }, 'https://docs.foo.test', 'docs.foo.test'],
    [{ host: 'localhost', publicUrl: 'http://docs.test:8080/' }, 'http://docs.test:8080', 'docs.test'],
  ])('of %j is %s, with the host name %s', (listening, origin, hostName) => {
    expect(siteAddress({ port: 3002, basePath: '', ...listening })).toEqual({
      url: origin,
      origin,
      hostName,
      port: 3002,
    });
  });

  it('has the base path in the URL alone', () => {
    expect(siteAddress({ host: 'localhost', port: 1, basePath: '/docs' })).toMatchObject({
      url: 'http://localhost:1/docs',
      origin: 'http://localhost:1',
    });
  });
});
