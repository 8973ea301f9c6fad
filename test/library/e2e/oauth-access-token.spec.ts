import { createHmac, generateKeyPairSync } from 'node:crypto';
import { beforeEach, expect, it, jest } from '@jest/globals';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import {
  AccessTokenVerifier,
  OAuthAccessTokenGuard,
  type AccessTokenClaims,
  type JwtAccessTokensOptions,
  type MintlifyPersonalizationOptions,
} from 'nestjs-mintlify-personalization';
import { describeOnEveryHost, mapperOf } from '../../support/apps.support.js';
import { AUDIENCE, SCOPE, signToken, TokenIssuer } from '../../support/token-issuer.support.js';
import { DOCS, OAUTH_PATH, sendRaw } from '../../support/user-info.support.js';

const DESCRIPTION = (why: string): string =>
  `Bearer scope="${SCOPE}", error="invalid_token", error_description="The access token ${why}."`;

describeOnEveryHost('an access token', ({ boot }) => {
  let issuer: TokenIssuer;
  const map = jest.fn((claims: unknown) => ({ content: { sub: (claims as AccessTokenClaims).sub } }));

  beforeEach(async () => {
    issuer = await TokenIssuer.start();
    map.mockClear();
  });

  const options = (
    accessTokens: Partial<JwtAccessTokensOptions> = {},
  ): Partial<MintlifyPersonalizationOptions> => ({
    claimMapper: mapperOf(map),
    handshakes: { jwt: false, oauth: {} },
    accessTokens: {
      issuer: issuer.url,
      audience: AUDIENCE,
      jwksUri: issuer.jwksUri,
      requiredScopes: [SCOPE],
      ...accessTokens,
    },
  });

  async function start(accessTokens: Partial<JwtAccessTokensOptions> = {}) {
    const host = await boot({ options: options(accessTokens) });
    const ask = (token: string) => host.get(OAUTH_PATH, { Origin: DOCS, Authorization: `Bearer ${token}` });
    return { host, ask };
  }

  it('that is valid tells who the visitor is, by its claims', async () => {
    const { ask } = await start();
    const token = issuer.token();
    const answer = await ask(token).expect(200);
    expect(answer.body).toMatchObject({ content: { sub: 'ada' } });
    expect(map.mock.calls[0]?.[0]).toMatchObject({ iss: issuer.url, sub: 'ada', client_id: 'docs' });
    expect(answer.get('access-control-allow-credentials')).toBeUndefined();
    for (const tokenOfKind of [
      issuer.token({ aud: ['https://other.example', AUDIENCE] }),
      issuer.token({}, { typ: 'application/at+jwt' }),
      issuer.token({ scope: SCOPE }),
      issuer.token({ exp: Math.floor(Date.now() / 1_000) - 3 }), // within the tolerance
    ]) {
      expect((await ask(tokenOfKind)).status).toBe(200);
    }
    expect((await (await start()).host.get(OAUTH_PATH, { Authorization: `bearer ${token}` })).status).toBe(
      200,
    );
  });

  it.each<[string, string, (issuer: TokenIssuer) => string]>([
    ['is expired', 'is expired', (by) => by.token({ exp: Math.floor(Date.now() / 1_000) - 6 })],
    ['is not valid yet', 'is not valid yet', (by) => by.token({ nbf: Math.floor(Date.now() / 1_000) + 30 })],
    [
      'was issued in the future',
      'was issued in the future',
      (by) => by.token({ iat: Math.floor(Date.now() / 1_000) + 30 }),
    ],
    ['was issued at a text', 'lacks a claim, or has a wrong one', (by) => by.token({ iat: 'now' })],
    [
      'is for another audience',
      'is for another audience',
      (by) => by.token({ aud: 'https://other.example' }),
    ],
    [
      'is for an audience that begins alike',
      'is for another audience',
      (by) => by.token({ aud: `${AUDIENCE}.evil.example` }),
    ],
    ['is for nobody', 'is for another audience', (by) => by.token({ aud: undefined })],
    ['is of another issuer', 'is of another issuer', (by) => by.token({ iss: 'https://other.example' })],
    ['is an ID token', 'is a token of another type', (by) => by.token({}, { typ: 'JWT' })],
    ['has no type', 'is a token of another type', (by) => by.token({}, { typ: undefined })],
    ['never ends', 'lacks a claim, or has a wrong one', (by) => by.token({ exp: undefined })],
    ['names no subject', 'names no subject', (by) => by.token({ sub: undefined })],
    [
      'is bound to a key',
      'is bound to a key, and was sent as a bearer token',
      (by) => by.token({ cnf: { jkt: 'x' } }),
    ],
    [
      'is signed by another key',
      'is signed with a key that its issuer does not publish',
      (by) => by.token({}, {}, 'key-2'),
    ],
    [
      'is forged under the name of a key',
      'has a wrong signature',
      (by) =>
        signToken(
          { alg: 'ES256', typ: 'at+jwt', kid: 'key-1' },
          by.claims(),
          generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
        ),
    ],
    [
      'is changed',
      'has a wrong signature',
      (by) => by.token().replace(/\.[^.]+\./, `.${by.token({ sub: 'eve' }).split('.')[1]}.`),
    ],
    [
      'is not signed',
      'is signed with an algorithm that is not allowed',
      (by) =>
        `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${by.token().split('.')[1]}.`,
    ],
    [
      'is signed with the public key as a secret',
      'is signed with an algorithm that is not allowed',
      (by) => {
        const pem = by.keys.get('key-1')?.publicKey.export({ format: 'pem', type: 'spki' }) ?? '';
        const input = `${Buffer.from('{"alg":"HS256","typ":"at+jwt","kid":"key-1"}').toString('base64url')}.${by.token().split('.')[1]}`;
        return `${input}.${createHmac('sha256', pem).update(input).digest('base64url')}`;
      },
    ],
    ['is no token', 'is not a JWT that could be verified', () => 'garbage'],
    ['is a token in parts', 'is not a JWT that could be verified', () => 'e30.e30'],
  ])('that %s is 401, and says so', async (_, why, make) => {
    const { host, ask } = await start();
    const token = make(issuer);
    const answer = await ask(token);
    expect(answer.body).toEqual({ statusCode: 401, code: 'invalid_token' });
    expect(answer.get('www-authenticate')).toBe(DESCRIPTION(why));
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': DOCS,
      'access-control-expose-headers': 'WWW-Authenticate, Retry-After',
      'cache-control': 'private, no-store',
    });
    expect(map).not.toHaveBeenCalled();
    const [, payload = token] = token.split('.');
    expect(JSON.stringify([host.logs.lines, answer.headers, answer.text])).not.toContain(payload);
  });

  it.each(['profile', `${SCOPE}.more`, SCOPE.toUpperCase(), '', undefined, [SCOPE]])(
    'without the scope is 403, and says which: %j',
    async (scope) => {
      const { ask } = await start();
      const answer = await ask(issuer.token({ scope }));
      expect(answer.body).toEqual({ statusCode: 403, code: 'insufficient_scope' });
      expect(answer.get('www-authenticate')).toBe(
        `Bearer scope="${SCOPE}", error="insufficient_scope", error_description="The access token lacks a required scope."`,
      );
      expect(answer.get('access-control-allow-origin')).toBe(DOCS);
      expect(map).not.toHaveBeenCalled();
    },
  );

  it('that is not there is 401, and nothing is said of an error', async () => {
    const { host } = await start();
    const requests: Record<string, string>[] = [
      {},
      { Authorization: 'Basic YWRhOmFkYQ==' },
      { Authorization: 'Bearerada' },
    ];
    for (const headers of requests) {
      const answer = await host.get(OAUTH_PATH, { Origin: DOCS, ...headers });
      expect(answer.body).toEqual({ statusCode: 401, code: 'unauthenticated' });
      expect(answer.get('www-authenticate')).toBe(`Bearer scope="${SCOPE}"`);
    }
    expect(issuer.fetches).toBe(0);
  });

  it.each<[string, string, (token: string) => string[]]>([
    [
      'in two headers',
      OAUTH_PATH,
      (token) => [`Authorization: Bearer ${token}`, `Authorization: Bearer ${token}`],
    ],
    ['twice in one header', OAUTH_PATH, (token) => [`Authorization: Bearer ${token} ${token}`]],
    ['in a list', OAUTH_PATH, (token) => [`Authorization: Bearer ${token}, Bearer ${token}`]],
    ['in the query', `${OAUTH_PATH}?access_token=TOKEN`, () => []],
    [
      'in the query and in the header',
      `${OAUTH_PATH}?access_token=TOKEN`,
      (token) => [`Authorization: Bearer ${token}`],
    ],
    ['with nothing in it', OAUTH_PATH, () => ['Authorization: Bearer']],
    ['with characters that no token has', OAUTH_PATH, () => ['Authorization: Bearer a"b']],
  ])('%s is 400', async (_, target, headers) => {
    const { host } = await start();
    const token = issuer.token();
    const lines = [`GET ${target.replace('TOKEN', token)} HTTP/1.1`, `Origin: ${DOCS}`, ...headers(token)];
    const answer = await sendRaw(host.port, lines);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toMatch(
      /www-authenticate: Bearer scope="docs\.user-info", error="invalid_request", error_description="[^"]+"/i,
    );
    expect(answer).toContain('{"statusCode":400,"code":"invalid_request"}');
    expect(answer).not.toContain(token);
    expect(map).not.toHaveBeenCalled();
  });

  it.each<[string, (issuer: TokenIssuer) => Promise<void> | void]>([
    ['is away', (by) => by.goAway()],
    ['answers nothing', (by) => void (by.answer = () => undefined)],
    ['answers with an error', (by) => void (by.answer = (response) => response.writeHead(500).end())],
    ['answers with something else', (by) => void (by.answer = (response) => response.end('<html>'))],
    [
      'answers with a redirect',
      (by) => void (by.answer = (response) => response.writeHead(302, { location: `${by.url}/x` }).end()),
    ],
  ])('cannot be verified when the issuer %s: 503, and a known key goes on', async (_, breakIt) => {
    const known = await start({ timeoutMs: 100 });
    const fresh = await start({ timeoutMs: 100 }); // the last one started has the log
    const token = issuer.token();
    expect((await known.ask(token)).status).toBe(200);
    await breakIt(issuer);
    const answer = await fresh.ask(token);
    expect(answer.body).toEqual({ statusCode: 503, code: 'token_issuer_unavailable' });
    expect([answer.get('retry-after'), answer.get('access-control-allow-origin')]).toEqual(['2', DOCS]);
    expect(answer.get('www-authenticate')).toBeUndefined();
    expect(JSON.stringify(fresh.host.logs.lines)).toContain('keys of the token issuer could not be fetched');
    expect((await known.ask(token)).status).toBe(200);
  });

  it('of another type, algorithm or clock is taken where the options say so', async () => {
    issuer.addKey('ed', generateKeyPairSync('ed25519'));
    const { ask } = await start({
      typ: 'JWT',
      algorithms: ['EdDSA'],
      clockToleranceSeconds: 0,
      requiredScopes: [],
    });
    expect((await ask(issuer.token({ scope: undefined }, { typ: 'JWT', alg: 'EdDSA' }, 'ed'))).status).toBe(
      200,
    );
    const ofAnother = await ask(issuer.token({}, { typ: 'JWT' }));
    expect(ofAnother.get('www-authenticate')).toContain('an algorithm that is not allowed');
    const justExpired = await ask(
      issuer.token({ exp: Math.floor(Date.now() / 1_000) - 1 }, { typ: 'JWT', alg: 'EdDSA' }, 'ed'),
    );
    expect(justExpired.status).toBe(401);
  });
});

/** Finds the account of a token's subject. */
@Injectable()
class AccountGuard implements CanActivate {
  constructor(@Inject(AccessTokenVerifier) readonly verifier: AccessTokenVerifier) {}

  canActivate(context: ExecutionContext): boolean {
    const visitor = context.switchToHttp().getRequest<{ user?: { sub?: string; id?: string } }>();
    visitor.user = visitor.user?.sub === 'ada' ? { id: 'account-of-ada' } : undefined;
    return visitor.user !== undefined;
  }
}

/** Takes tokens of one client alone. */
@Injectable()
class OneClientGuard extends OAuthAccessTokenGuard {
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    await super.canActivate(context);
    const { user } = context.switchToHttp().getRequest<{ user: AccessTokenClaims }>();
    return user.client_id === 'docs';
  }
}

describeOnEveryHost('the guard for access tokens', ({ boot }) => {
  it.each([
    ['with a guard after it', [OAuthAccessTokenGuard, AccountGuard], { id: 'account-of-ada' }],
    ['in a class of the host', [OneClientGuard, AccountGuard], { id: 'account-of-ada' }],
  ])('may stand %s', async (_, guards, principal) => {
    const issuer = await TokenIssuer.start();
    const map = jest.fn((_principal: unknown, _context: unknown) => ({}));
    const host = await boot({
      options: {
        claimMapper: mapperOf(map),
        handshakes: { oauth: { guards } },
        accessTokens: { issuer: issuer.url, audience: AUDIENCE, jwksUri: issuer.jwksUri },
      },
    });
    const ask = (token: string) => host.get(OAUTH_PATH, { Authorization: `Bearer ${token}` });
    expect((await ask(issuer.token())).status).toBe(200);
    expect(map).toHaveBeenCalledWith(principal, expect.anything());
    const gone = await ask(issuer.token({ sub: 'nobody' }));
    expect([gone.status, gone.body]).toEqual([401, { statusCode: 401, code: 'unauthenticated' }]);
  });
});
