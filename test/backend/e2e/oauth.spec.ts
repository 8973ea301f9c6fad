import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import supertest from 'supertest';
import { reservePorts } from '../../../src/start/reserve-ports.js';
import { DocsLogin } from '../../support/oauth-login.support.js';
import { startBackend, START_TIMEOUT_MS } from './backend-fixture.js';
import type { Backend } from './backend-fixture.js';

const DOCS = 'http://localhost:3004';
const REDIRECT_URI = `${DOCS}/mintlify-oauth-callback`;

describe('the OAuth server of the reference backend', () => {
  let backend: Backend;
  let origin: string;
  let docs: DocsLogin;

  beforeAll(async () => {
    const port = (await reservePorts([{ variable: 'PORT', port: 0 }])).get('PORT') ?? 0;
    origin = `http://localhost:${port}`;
    backend = await startBackend({ publicUrl: origin, localUrl: `http://127.0.0.1:${port}` });
    await backend.app.listen(port);
    docs = new DocsLogin({ origin, redirectUri: REDIRECT_URI });
  }, START_TIMEOUT_MS);

  afterAll(async () => {
    await backend?.app.close();
  });

  const askUserInfo = (token: string, headers: Record<string, string> = {}) =>
    fetch(`${origin}/docs/oauth/user-info`, {
      headers: { authorization: `Bearer ${token}`, origin: DOCS, ...headers },
    });

  it.each([
    ['ada@acme.example', { content: { firstName: 'Ada', lastName: 'Lovelace' } }],
    ['grace@globex.example', { content: { firstName: 'Grace', plan: 'starter' }, groups: ['viewer'] }],
    ['peter@initech.example', { content: { firstName: 'Peter' }, groups: ['support'] }],
  ])('sends %s through the login page and issues a token that identifies them', async (email, user) => {
    const request = await docs.begin();
    const anonymous = await request.visitor.follow(request.address);
    expect(anonymous.way.at(-1)).toBe('/login');
    expect(await anonymous.page?.text()).toContain('name="returnTo" value="/oauth/interaction/');
    await request.visitor.logIn(email);
    const interaction = anonymous.way.find((path) => path.startsWith('/oauth/interaction/')) ?? '';
    const { left, way } = await request.visitor.follow(interaction);
    expect(way).toHaveLength(2); // no consent page in between
    expect(left?.origin + (left?.pathname ?? '')).toBe(REDIRECT_URI);

    const answer = await docs.redeem(request, left as URL);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const { access_token: token } = (await answer.json()) as { access_token: string };
    expect(decodeProtectedHeader(token)).toMatchObject({ typ: 'at+jwt', alg: 'EdDSA' });
    expect(decodeJwt(token)).toMatchObject({
      iss: `${origin}/oidc`,
      aud: `${origin}/docs/oauth/user-info`,
      client_id: 'acme-docs',
      scope: 'docs.user-info',
    });
    const info = await askUserInfo(token);
    expect(info.status).toBe(200);
    expect(await info.json()).toMatchObject(user);
  });

  it('gives the groups of the same mapper in both tokens', async () => {
    const client = new DocsLogin({ origin, redirectUri: REDIRECT_URI, scope: 'openid docs.user-info' });
    const request = await client.begin();
    await request.visitor.logIn('peter@initech.example');
    const { left } = await request.visitor.follow(request.address);
    const tokens = (await (await client.redeem(request, left as URL)).json()) as Record<string, string>;
    for (const name of ['id_token', 'access_token']) {
      expect(decodeJwt(tokens[name] ?? '')).toMatchObject({ sub: 'peter', groups: ['support'] });
    }
  });

  it('skips the login page for a logged-in visitor', async () => {
    const request = await docs.begin();
    await request.visitor.logIn('ada@acme.example');
    const { left } = await request.visitor.follow(request.address);
    expect(left?.searchParams.get('code')).toEqual(expect.any(String));
  });

  it('identifies the visitor who is logged in now, not the previous one', async () => {
    const request = await docs.begin();
    await request.visitor.logIn('ada@acme.example');
    await request.visitor.follow(request.address);
    await request.visitor.logOut();
    expect((await request.visitor.follow(request.address)).way.at(-1)).toBe('/login');
    await request.visitor.logIn('grace@globex.example');
    const { left } = await request.visitor.follow(request.address);
    const answer = (await (await docs.redeem(request, left as URL)).json()) as { access_token: string };
    expect(decodeJwt(answer.access_token).sub).toBe('grace');
  });

  it.each<[string, Record<string, string | undefined>, string]>([
    ['no PKCE', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
    ['plain PKCE', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['another response type', { response_type: 'token' }, 'unsupported_response_type'],
    ['another API', { resource: 'https://other.example' }, 'invalid_target'],
  ])('refuses a request with %s', async (_, changes, error) => {
    const request = await docs.begin(changes);
    const { left } = await request.visitor.follow(request.address);
    const answer = new URLSearchParams(left?.search || left?.hash.slice(1));
    expect(answer.get('error')).toBe(error);
  });

  it.each([
    ['a redirect URI of another site', { redirect_uri: 'https://evil.example/mintlify-oauth-callback' }],
    ['a redirect URI below the right one', { redirect_uri: `${REDIRECT_URI}/x` }],
    ['an unknown client', { client_id: 'unknown' }],
  ])('does not redirect for %s', async (_, changes) => {
    const request = await docs.begin(changes);
    const { left, page } = await request.visitor.follow(request.address);
    expect(left).toBeUndefined();
    expect(page?.status).toBe(400);
    expect(page?.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('redeems a code once, and only with the PKCE verifier of its login', async () => {
    const request = await docs.begin();
    await request.visitor.logIn('ada@acme.example');
    const { left } = await request.visitor.follow(request.address);
    const stolen = await docs.redeem({ ...request, codeVerifier: 'v'.repeat(43) }, left as URL);
    expect(await stolen.json()).toMatchObject({ error: 'invalid_grant' });

    const again = await docs.begin();
    await again.visitor.logIn('ada@acme.example');
    const { left: callback } = await again.visitor.follow(again.address);
    expect((await docs.redeem(again, callback as URL)).status).toBe(200);
    const second = await docs.redeem(again, callback as URL);
    expect(await second.json()).toMatchObject({ error: 'invalid_grant' });
  });

  it('allows only the docs to read responses of the token endpoint', async () => {
    const ask = (from: string) =>
      fetch(`${origin}/oidc/token`, {
        method: 'POST',
        headers: { origin: from },
        body: new URLSearchParams({ grant_type: 'authorization_code', code: 'x', client_id: 'acme-docs' }),
      });
    expect((await ask(DOCS)).headers.get('access-control-allow-origin')).toBe(DOCS);
    expect((await ask('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  });

  it('builds its URLs from PUBLIC_URL, not from request headers', async () => {
    const headers = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' };
    const metadata = await fetch(`${origin}/oidc/.well-known/openid-configuration`, { headers });
    const text = await metadata.text();
    expect(text).toContain(`"authorization_endpoint":"${origin}/oidc/auth"`);
    expect(text).not.toContain('evil.example');
    const ofHost = await supertest(origin)
      .get('/oidc/.well-known/openid-configuration')
      .set('Host', 'evil.example');
    expect(ofHost.text).toBe(text);
    const request = await docs.begin();
    const answer = await request.visitor.ask(request.address, { headers });
    expect(answer.headers.get('location')).toMatch(/^\/oauth\/interaction\//);
    await request.visitor.logIn('ada@acme.example');
    const interaction = await request.visitor.ask(answer.headers.get('location') ?? '', { headers });
    expect(interaction.headers.get('location')).toMatch(new RegExp(`^${origin}/oidc/auth/`));
  });

  it('answers 404 to a login that was not started', async () => {
    const request = await docs.begin();
    await request.visitor.logIn('ada@acme.example');
    expect((await request.visitor.ask('/oauth/interaction/unknown')).status).toBe(404);
  });

  it('rejects the token of a deleted account', async () => {
    const token = await docs.accessToken('grace@globex.example');
    const { accounts } = await import('../../../src/database/database-schema.js');
    const { eq } = await import('drizzle-orm');
    await backend.database.delete(accounts).where(eq(accounts.id, 'grace'));
    const info = await askUserInfo(token);
    expect(info.status).toBe(401);
    expect(info.headers.get('access-control-allow-origin')).toBe(DOCS);
  });

  it('answers shared-session docs with the user of the session', async () => {
    const request = await docs.begin();
    const ask = (from: string) =>
      request.visitor.ask('/docs/user-info', { headers: { origin: from, 'sec-fetch-site': 'same-site' } });
    expect((await ask('http://localhost:3003')).status).toBe(401);
    await request.visitor.logIn('ada@acme.example');
    const known = await ask('http://localhost:3003');
    expect(known.headers.get('access-control-allow-origin')).toBe('http://localhost:3003');
    expect(await known.json()).toMatchObject({ content: { firstName: 'Ada' } });
    expect((await ask('http://localhost:3005')).status).toBe(403);
  });
});
