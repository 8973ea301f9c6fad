import { generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { startDocsEmulator, type DocsEmulator, type DocsEmulatorOptions } from 'mintlify-docs-emulator';
import { parseArguments } from '../../../libs/mintlify-docs-emulator/src/cli/arguments-parser.js';
import { resolveOptions } from '../../../libs/mintlify-docs-emulator/src/option-resolver.js';

const publicKeys = [generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey];
const infoApiUrl = 'http://localhost:3000/docs/user-info';
const loginUrl = 'http://localhost:3000/login';
const oauth = {
  type: 'oauth',
  authorizationUrl: 'http://localhost:3000/oidc/auth',
  clientId: 'docs',
  tokenUrl: 'http://auth.localhost:3000/oidc/token',
  infoApiUrl,
} as const;

describe('the handshake of a docs emulator', () => {
  it('is JWT by default', async () => {
    expect((await resolveOptions({ publicKeys, loginUrl })).handshake).toEqual({ type: 'jwt' });
  });

  it('may be a shared session, without keys', async () => {
    const resolved = await resolveOptions({ loginUrl, handshake: { type: 'shared-session', infoApiUrl } });
    expect(resolved.handshake).toEqual({ type: 'shared-session', infoApiUrl });
    expect(resolved.loginUrls()).toMatchObject([{ url: loginUrl }]);
    expect(await resolved.keyring()).toEqual([]);
  });

  it('may be OAuth, without a login URL', async () => {
    const resolved = await resolveOptions({ handshake: oauth });
    expect(resolved.handshake).toMatchObject({ ...oauth, scopes: [], authorizationParameters: {} });
    expect(resolved.loginUrls()).toEqual([]);
  });

  it.each<[string, object, RegExp]>([
    [
      'an unknown handshake',
      { publicKeys, loginUrl, handshake: { type: 'saml' } },
      /'jwt', 'shared-session' or 'oauth'/,
    ],
    ['no handshake at all', { publicKeys, loginUrl, handshake: null }, /handshake/],
    [
      'private docs with a session',
      { mode: 'authentication', loginUrl, handshake: { type: 'shared-session', infoApiUrl } },
      /in authentication/,
    ],
    ['JWT without keys', { loginUrl }, /publicKeys is missing/],
    [
      'a session with keys',
      { publicKeys, loginUrl, handshake: { type: 'shared-session', infoApiUrl } },
      /publicKeys is only for the handshake jwt/,
    ],
    [
      'a session without a login',
      { handshake: { type: 'shared-session', infoApiUrl } },
      /loginUrl must be an absolute URL/,
    ],
    [
      'a session without an API',
      { loginUrl, handshake: { type: 'shared-session' } },
      /handshake\.infoApiUrl must be/,
    ],
    ['OAuth with a login URL', { loginUrl, handshake: oauth }, /loginUrl is not for OAuth/],
    [
      'OAuth with a path',
      { handshake: { ...oauth, tokenUrl: '/token' } },
      /handshake\.tokenUrl must be an absolute URL/,
    ],
    [
      'OAuth at a script',
      { handshake: { ...oauth, authorizationUrl: 'javascript:alert(1)' } },
      /handshake\.authorizationUrl/,
    ],
    ['OAuth without a client', { handshake: { ...oauth, clientId: ' ' } }, /handshake\.clientId is empty/],
    ['scopes in one string', { handshake: { ...oauth, scopes: 'a b' } }, /handshake\.scopes must be a list/],
    [
      'a scope with a space',
      { handshake: { ...oauth, scopes: ['a b'] } },
      /handshake\.scopes must be a list/,
    ],
    [
      'parameters that are not strings',
      { handshake: { ...oauth, authorizationParameters: { max_age: 1 } } },
      /must be an object of strings/,
    ],
    [
      'OAuth with an API and a claim',
      { handshake: { ...oauth, claims: { source: 'access_token' } } },
      /cannot be combined/,
    ],
    [
      'a claim of another token',
      { handshake: { ...oauth, infoApiUrl: undefined, claims: { source: 'userinfo' } } },
      /claims\.source must be 'id_token' or 'access_token'/,
    ],
    [
      'a claim of an ID token without openid',
      { handshake: { ...oauth, infoApiUrl: undefined, claims: { source: 'id_token' } } },
      /needs openid\. Add it to handshake\.scopes/,
    ],
    [
      'a delimiter of five characters',
      {
        handshake: {
          ...oauth,
          infoApiUrl: undefined,
          claims: { source: 'access_token', groupsDelimiter: '-----' },
        },
      },
      /groupsDelimiter must have 1 to 4 characters/,
    ],
    [
      'a reserved parameter',
      { handshake: { ...oauth, authorizationParameters: { state: 'x' } } },
      /authorizationParameters\.state is set by the emulator itself/,
    ],
  ])('is rejected: %s', async (_, options, message) => {
    await expect(resolveOptions(options as DocsEmulatorOptions)).rejects.toThrow(message);
  });
});

describe('the emulator for a handshake', () => {
  const started: DocsEmulator[] = [];

  afterEach(async () => {
    for (const emulator of started.splice(0)) await emulator.close();
  });

  async function start(options: DocsEmulatorOptions): Promise<string> {
    const emulator = await startDocsEmulator({ port: 0, ...options });
    started.push(emulator);
    return emulator.url;
  }

  const policyAt = async (url: string) => (await fetch(url)).headers.get('content-security-policy');

  it('may connect only to the servers of the handshake', async () => {
    expect(await policyAt(await start({ publicKeys, loginUrl }))).toContain("connect-src 'self';");
    const session = await start({ loginUrl, handshake: { type: 'shared-session', infoApiUrl } });
    expect(await policyAt(session)).toContain("connect-src 'self' http://localhost:3000;");
    expect(await policyAt(await start({ handshake: oauth }))).toContain(
      "connect-src 'self' http://auth.localhost:3000 http://localhost:3000;",
    );
  });

  it('may load from other origins only if they are allowed', async () => {
    expect(await policyAt(await start({ publicKeys, loginUrl }))).not.toContain('frame-src');
    const open = await policyAt(
      await start({ publicKeys, loginUrl, allowOrigins: ['https://a.test', 'https://b.test/'] }),
    );
    for (const directive of ['script-src', 'connect-src', 'font-src']) {
      expect(open).toContain(`${directive} 'self' https://a.test https://b.test;`);
    }
    expect(open).toContain('frame-src https://a.test https://b.test;');
  });

  it('has a callback only for OAuth, below the base path', async () => {
    const url = await start({ handshake: oauth, basePath: '/docs' });
    const callback = await fetch(`${url}/mintlify-oauth-callback?code=canary&state=x`);
    expect(callback.status).toBe(200);
    const text = await callback.text();
    expect(text).toMatch(/oauth-callback-parameters\.js.*\n.*oauth-callback\.js/);
    expect(text).not.toContain('canary');
    const other = await start({ publicKeys, loginUrl });
    expect((await fetch(`${other}/mintlify-oauth-callback`)).status).toBe(404);
  });

  it('accepts tokens only for JWT', async () => {
    const url = await start({ handshake: oauth });
    const answer = await fetch(`${url}/_emulator/session`, { method: 'POST', body: '{"token":"x"}' });
    expect(answer.status).toBe(405);
  });
});

describe('the handshake on the command line', () => {
  const session = ['--handshake', 'shared-session', '--info-api-url', infoApiUrl, '--login-url', loginUrl];
  const oauthArgs = [
    ['--handshake', 'oauth'],
    ['--authorization-url', oauth.authorizationUrl],
    ['--client-id', 'docs'],
    ['--token-url', oauth.tokenUrl],
    ['--info-api-url', infoApiUrl],
  ];

  it('may be a shared session', () => {
    expect(parseArguments(session)).toMatchObject({
      handshake: { type: 'shared-session', infoApiUrl },
      loginUrl,
      publicKeyFiles: [],
    });
  });

  it('may be OAuth', () => {
    const more = ['--scope', 'a b', '--scope', 'c', '--authorization-parameter', 'audience=https://api?x=1'];
    expect(parseArguments([...oauthArgs.flat(), ...more]).handshake).toEqual({
      ...oauth,
      scopes: ['a', 'b', 'c'],
      authorizationParameters: { audience: 'https://api?x=1' },
    });
  });

  it.each([
    ['an unknown one', ['--handshake', 'saml'], /--handshake must be jwt, shared-session or oauth/],
    ['one of the prototype', ['--handshake', 'toString'], /--handshake must be/],
    [
      'a session without an API',
      ['--handshake', 'shared-session', '--login-url', loginUrl],
      /--info-api-url is missing/,
    ],
    ['a session without a login', session.slice(0, 4), /--login-url URL is missing/],
    ['a session with a scope', [...session, '--scope', 'a'], /--scope is not for --handshake shared-session/],
    [
      'JWT with an API',
      ['--public-key', 'a', '--login-url', loginUrl, '--info-api-url', infoApiUrl],
      /--info-api-url is not for --handshake jwt/,
    ],
    [
      'a parameter without a value',
      [...oauthArgs.flat(), '--authorization-parameter', 'x'],
      /must be NAME=VALUE/,
    ],
    ...oauthArgs
      .slice(1)
      .map(
        ([flag = ''], index) =>
          [
            `OAuth without ${flag}`,
            oauthArgs.filter((_, position) => position !== index + 1).flat(),
            new RegExp(`${flag} is missing for --handshake oauth`),
          ] as [string, string[], RegExp],
      ),
  ])('is rejected: %s', (_, args, message) => {
    expect(() => parseArguments(args)).toThrow(message);
  });
});
