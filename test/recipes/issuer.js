import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { once } from 'node:events';
import * as oauth from 'oauth4webapi';
import { PackageFault } from '../package/processes.js';
import { DOCS_ORIGIN, Visitor } from './visitor.js';

const CLIENT = { client_id: 'docs' };
const REDIRECT_URI = `${DOCS_ORIGIN}/mintlify-oauth-callback`;
/** The API, as `oidc-provider` names it inside: `audience` is what its tokens say. */
const RESOURCE = 'urn:acme:api';
const USES_HTTP = { [oauth.allowInsecureRequests]: true };

/**
 * An OAuth server in the place of a hosted one, with `oidc-provider`: its login page takes any password.
 * @param path after which its routes come, such as `/realms/acme`
 * @param settings.routes as `oidc-provider` takes them
 * @param settings.claims what its access tokens say of an account
 * @param settings.audience the API that they are for
 */
export async function withIssuer({ path = '', routes, claims, audience }, task) {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${server.address().port}${path}`;
  const provider = await createProvider(issuer, { routes, claims, audience });
  const handle = provider.callback();
  server.on('request', (request, response) => {
    // As an app that mounts it below a path does: `oidc-provider` reads the path from both.
    request.originalUrl = request.url;
    request.url = request.url.slice(path.length);
    void handle(request, response);
  });
  try {
    await task(issuer);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function createProvider(issuer, { routes, claims, audience }) {
  const { Provider } = await import('oidc-provider');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  return new Provider(issuer, {
    clients: [
      {
        ...CLIENT,
        token_endpoint_auth_method: 'none',
        redirect_uris: [REDIRECT_URI],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'a', use: 'sig', alg: 'RS256' }] },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    ...(routes && { routes }),
    features: {
      resourceIndicators: {
        enabled: true,
        defaultResource: () => RESOURCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          audience,
          scope: 'docs.user-info',
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    extraTokenClaims: (_context, token) => claims(token.accountId),
    findAccount: (_context, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    // Seconds.
    ttl: {
      AccessToken: 300,
      AuthorizationCode: 60,
      Grant: 600,
      IdToken: 300,
      Interaction: 600,
      Session: 600,
    },
    // The docs are the account's own: no consent is asked for.
    async loadExistingGrant({ oidc }) {
      const { provider, client, session } = oidc;
      const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
      grant.addOIDCScope('openid');
      grant.addResourceScope(RESOURCE, 'docs.user-info');
      await grant.save();
      return grant;
    },
  });
}

/** What a docs page does in the OAuth handshake: authorization code and PKCE. Resolves with the access token. */
export async function getAccessToken(issuer, account) {
  const url = new URL(issuer);
  const server = await oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, USES_HTTP));
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const authorization = new URL(server.authorization_endpoint);
  authorization.search = String(
    new URLSearchParams({
      ...CLIENT,
      state,
      redirect_uri: REDIRECT_URI,
      response_type: 'code',
      scope: 'openid docs.user-info',
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    }),
  );
  const callback = await passLogin(new Visitor(issuer), authorization.href, account);
  const parameters = oauth.validateAuthResponse(server, CLIENT, callback, state);
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    CLIENT,
    oauth.None(),
    parameters,
    REDIRECT_URI,
    verifier,
    USES_HTTP,
  );
  const { access_token: accessToken } = await oauth.processAuthorizationCodeResponse(
    server,
    CLIENT,
    response,
  );
  return accessToken;
}

/** Follows redirects, and fills in the form of the login page, until one leads to the docs. */
async function passLogin(visitor, from, account) {
  let response = await visitor.send(from);
  for (let at = from, hops = 0; hops < 12; hops++) {
    const location = response.headers.get('location');
    if (location?.startsWith(DOCS_ORIGIN)) return new URL(location);
    const [, action] =
      location === null ? (/<form[^>]* action="([^"]+)"/.exec(await response.text()) ?? []) : [];
    at = new URL(location ?? action, at).href;
    const form = { prompt: 'login', login: account, password: 'any' };
    response = await visitor.send(at, location === null ? { form } : {});
  }
  throw new PackageFault(`The login of the issuer ends with ${response.status}.`);
}
