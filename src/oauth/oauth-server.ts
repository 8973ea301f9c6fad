import type { AdapterFactory, Configuration, KoaContextWithOIDC, ResourceServer } from 'oidc-provider';
import type { OAuthClaims } from 'nestjs-mintlify-personalization';
import type { AccountsRepository } from '../accounts/accounts-repository.js';
import type { BackendConfig } from '../config/backend-config.js';
import { DOCS_CLIENT_ID, OAUTH_PATH, USER_INFO_PATH, USER_INFO_SCOPE } from './oauth-constants.js';
import { deriveOAuthKeys } from './oauth-keys.js';
import { errors, Provider } from './oidc-provider.js';
import { respondWhileRedisIsUnavailable } from './redis-unavailable.js';

/** The issuer of the access tokens, their `iss` claim. */
export function issuerOf({ publicUrl }: BackendConfig): string {
  return publicUrl + OAUTH_PATH;
}

/** The API that the access tokens are for, their `aud` claim. */
export function audienceOf({ publicUrl }: BackendConfig): string {
  return publicUrl + USER_INFO_PATH;
}

/**
 * Creates the OAuth server. It has one public client, the docs; the authorization code flow with PKCE; and JWT access
 * tokens (RFC 9068). It asks for no consent, since the docs belong to Acme.
 *
 * Both tokens have the groups of the account in the claim `groups`, for private docs that read them from there.
 *
 * @param adapter creates the storage for codes, sessions and grants
 */
export function createOAuthServer(
  config: BackendConfig,
  accounts: AccountsRepository,
  groupClaims: OAuthClaims,
  adapter: AdapterFactory,
): Provider {
  const { signingKey, cookieKey } = deriveOAuthKeys(config.sessionSecret);
  const audience = audienceOf(config);
  const docsOrigin = new URL(config.oauthDocsUrl).origin;
  const configuration: Configuration = {
    adapter,
    clients: [
      {
        client_id: DOCS_CLIENT_ID,
        token_endpoint_auth_method: 'none',
        redirect_uris: [`${config.oauthDocsUrl}/mintlify-oauth-callback`],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        id_token_signed_response_alg: 'EdDSA',
      },
    ],
    jwks: { keys: [signingKey] },
    enabledJWA: { idTokenSigningAlgValues: ['EdDSA'] },
    responseTypes: ['code'],
    scopes: ['openid'],
    claims: { openid: ['sub', 'groups'] },
    // By default, ID tokens have none of the claims above where there is an access token, too.
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    clientBasedCORS: (_context, origin, { clientId }) => origin === docsOrigin && clientId === DOCS_CLIENT_ID,
    cookies: { keys: [cookieKey] },
    interactions: { url: (_context, { uid }) => `/oauth/interaction/${uid}` },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: (_context, resource) => describeApi(resource, audience),
      },
    },
    findAccount: async (_context, accountId) => {
      const account = await accounts.findAccount(accountId);
      if (account === undefined) return undefined;
      const principal = { accountId, tenantId: account.tenantId };
      return {
        accountId,
        claims: async () => ({
          sub: accountId,
          ...(await groupClaims.for(principal, { source: 'id_token' })),
        }),
      };
    },
    extraTokenClaims: async (_context, token) => {
      const account = 'accountId' in token ? await accounts.findAccount(token.accountId) : undefined;
      if (account === undefined) return undefined;
      const principal = { accountId: account.id, tenantId: account.tenantId };
      return groupClaims.for(principal, { source: 'access_token' });
    },
    loadExistingGrant: (context) => grantToDocs(context, audience),
    expiresWithSession: () => false,
    renderError: (context, { error }) => {
      context.type = 'text/plain; charset=utf-8';
      context.body = `The login failed: ${error}.\n`;
    },
    // Seconds.
    ttl: {
      AccessToken: 300,
      AuthorizationCode: 60,
      Grant: 600,
      IdToken: 300,
      Interaction: 3_600,
      Session: 600,
    },
  };
  const server = new Provider(issuerOf(config), configuration);
  // Its URLs are based on `PUBLIC_URL`, which `pinPublicUrl` puts in the headers.
  server.proxy = true;
  respondWhileRedisIsUnavailable(server);
  return server;
}

function describeApi(resource: string, audience: string): ResourceServer {
  if (resource !== audience) throw new errors.InvalidTarget();
  return {
    audience,
    scope: USER_INFO_SCOPE,
    accessTokenFormat: 'jwt',
    jwt: { sign: { alg: 'EdDSA' } },
  };
}

async function grantToDocs({ oidc }: KoaContextWithOIDC, audience: string) {
  const { provider, client, session } = oidc;
  const grant = new provider.Grant({ accountId: session?.accountId, clientId: client?.clientId });
  grant.addOIDCScope('openid');
  grant.addResourceScope(audience, USER_INFO_SCOPE);
  await grant.save();
  return grant;
}
