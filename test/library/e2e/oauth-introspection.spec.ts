import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { beforeEach, expect, it, jest } from '@jest/globals';
import {
  type AccessTokenClaims,
  type IntrospectedAccessTokensOptions,
} from 'nestjs-mintlify-personalization';
import { describeOnEveryHost, mapperOf } from '../../support/apps.support.js';
import { API_CLIENT, IntrospectionServer } from '../../support/introspection-server.support.js';
import { AUDIENCE, SCOPE } from '../../support/token-issuer.support.js';
import { DOCS, OAUTH_PATH } from '../../support/user-info.support.js';

describeOnEveryHost('an access token that only its issuer can read', ({ boot }) => {
  let issuer: IntrospectionServer;
  const map = jest.fn((claims: unknown) => ({ content: { sub: (claims as AccessTokenClaims).sub } }));

  beforeEach(async () => {
    issuer = await IntrospectionServer.start();
    map.mockClear();
  });

  async function start(changes: Partial<IntrospectedAccessTokensOptions> = {}, endpoint = issuer.endpoint) {
    const host = await boot({
      options: {
        claimMapper: mapperOf(map),
        handshakes: { jwt: false, oauth: {} },
        accessTokens: {
          issuer: issuer.url,
          audience: AUDIENCE,
          requiredScopes: [SCOPE],
          introspection: { endpoint, ...API_CLIENT },
          ...changes,
        },
      },
    });
    const ask = (token: string) => host.get(OAUTH_PATH, { Origin: DOCS, Authorization: `Bearer ${token}` });
    return { host, ask };
  }

  it('tells who the visitor is, by what the issuer says', async () => {
    const { ask } = await start();
    const answer = await ask(await issuer.issue());
    expect([answer.status, answer.body]).toMatchObject([200, { content: { sub: 'ada' } }]);
    expect(map.mock.calls[0]?.[0]).toMatchObject({
      active: true,
      aud: AUDIENCE,
      scope: SCOPE,
      client_id: 'docs',
    });
  });

  it('is 401 from the moment it is revoked', async () => {
    const { ask } = await start();
    const token = await issuer.issue();
    expect((await ask(token)).status).toBe(200);
    await issuer.revoke(token);
    const answer = await ask(token);
    expect(answer.body).toEqual({ statusCode: 401, code: 'invalid_token' });
    expect(answer.get('www-authenticate')).toContain('is expired, revoked or unknown to its issuer');
  });

  it.each([
    ['is unknown', 401, 'invalid_token', () => Promise.resolve('unknown-token')],
    [
      'it is for another API',
      401,
      'invalid_token',
      (by: IntrospectionServer) => by.issue({ audience: 'https://other.example' }),
    ],
    ['it lacks the scope', 403, 'insufficient_scope', (by: IntrospectionServer) => by.issue({ scope: '' })],
  ] as const)('is refused where %s: %i %s', async (_, status, code, make) => {
    const { ask } = await start();
    const answer = await ask(await make(issuer));
    expect([answer.status, answer.body]).toEqual([status, { statusCode: status, code }]);
    expect(answer.get('access-control-allow-origin')).toBe(DOCS);
    expect(map).not.toHaveBeenCalled();
  });

  it('needs no audience where a scope says enough', async () => {
    const { ask } = await start({ audience: undefined });
    expect((await ask(await issuer.issue({ audience: 'https://other.example' }))).status).toBe(200);
  });

  it.each<[string, RequestListener]>([
    ['answers nothing', () => undefined],
    ['answers with an error', (_, response) => response.writeHead(500).end()],
    ['refuses the client', (_, response) => response.writeHead(401).end('{"error":"invalid_client"}')],
    ['answers with something else', (_, response) => response.end('<html>')],
    [
      'answers with JSON that says nothing',
      (_, response) => response.setHeader('Content-Type', 'application/json').end('{}'),
    ],
    ['redirects', (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
  ])('is 503 where the issuer %s', async (_, listener) => {
    const server = createServer(listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const { port } = server.address() as AddressInfo;
      const { host, ask } = await start({ timeoutMs: 100 }, `http://127.0.0.1:${port}/`);
      const answer = await ask('canary-of-a-token');
      expect(answer.body).toEqual({ statusCode: 503, code: 'token_issuer_unavailable' });
      expect([answer.get('retry-after'), answer.get('access-control-allow-origin')]).toEqual(['2', DOCS]);
      const logs = JSON.stringify(host.logs.lines);
      expect(logs).toContain('Introspection of an access token failed');
      expect(logs).not.toContain('canary');
      expect(logs).not.toContain(Buffer.from(API_CLIENT.clientSecret).toString('base64'));
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it.each([
    ['is expired', { exp: 1 }, 'is expired'],
    ['is not valid yet', { nbf: 99_999_999_999 }, 'is not valid yet'],
    ['is of another issuer', { iss: 'https://other.example' }, 'is of another issuer'],
    ['has no subject', { sub: undefined }, 'has no sub'],
    ['is bound to a key', { cnf: { jkt: 'x' } }, 'is bound to a key'],
    ['is a DPoP token', { token_type: 'DPoP' }, 'is not a bearer token'],
    ['is a MAC token', { token_type: 'mac' }, 'is not a bearer token'],
    ['is no access token', { token_type: 'N_A' }, 'is not a bearer token'],
    ['has no type', { token_type: null }, 'is not a bearer token'],
    ['has several types', { token_type: ['Bearer'] }, 'is not a bearer token'],
    ['ends at a text', { exp: '99999999999' }, 'has the claim exp, which is not a number'],
    ['ends at nothing', { exp: null }, 'has the claim exp, which is not a number'],
    ['begins at a text', { nbf: '1' }, 'has the claim nbf, which is not a number'],
    ['was issued at a text', { iat: 'now' }, 'has the claim iat, which is not a number'],
    ['was issued in the future', { iat: 99_999_999_999 }, 'was issued in the future'],
  ])('is refused where the issuer calls it active and it %s', async (_, changes, why) => {
    const answer = await askWith(changes);
    expect([answer.status, answer.get('www-authenticate')]).toEqual([401, expect.stringContaining(why)]);
    expect(map).not.toHaveBeenCalled();
  });

  it.each([
    ['says no more', {}],
    ['calls it a bearer token', { token_type: 'Bearer' }],
    ['calls it one in other letters', { token_type: 'bearer' }],
    ['is a little ahead', { iat: Math.floor(Date.now() / 1_000) + 3 }],
    ['says when it ends', { exp: Math.floor(Date.now() / 1_000) + 60, nbf: 1, iat: 1.5 }],
  ])('tells who the visitor is where the issuer calls it active and %s', async (_, changes) => {
    expect((await askWith(changes)).status).toBe(200);
  });

  /** Asks with a token of which the issuer says what it says of each, but for some changes. */
  async function askWith(changes: object) {
    const claims = { active: true, sub: 'ada', aud: [AUDIENCE], scope: SCOPE, ...changes };
    const server = createServer((_request, response) => {
      response.setHeader('Content-Type', 'application/json').end(JSON.stringify(claims));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const { ask } = await start({}, `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      return await ask('token');
    } finally {
      server.close();
    }
  }
});
