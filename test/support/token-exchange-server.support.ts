import { generateKeyPairSync } from 'node:crypto';
import { MemoryAdapter, MemoryStore } from '../../src/oauth/memory-adapter.js';
import { errors, Provider } from '../../src/oauth/oidc-provider.js';
import { startLateServer } from './late-server.support.js';

export const DOCS_CLIENT = { clientId: 'docs-backend', clientSecret: 'canary-of-a-client-secret' };
export const API_SCOPES = 'services:read services:write';

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const SIGNING_KEY = {
  ...generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey.export({ format: 'jwk' }),
  alg: 'RS256',
  use: 'sig',
};

/** What an API learns of a token. */
export interface Introspection {
  readonly active: boolean;
  readonly sub?: string;
  readonly scope?: string;
  readonly exp?: number;
}

/** A real authorization server (`oidc-provider`) with client credentials and token exchange (RFC 8693). */
export class TokenExchangeServer {
  private constructor(
    readonly url: string,
    private readonly provider: Provider,
  ) {}

  static async start({ lifetimeSeconds = 600 } = {}): Promise<TokenExchangeServer> {
    const server = await startLateServer();
    const { url } = server;
    const store = new MemoryStore();
    const provider = new Provider(url, {
      adapter: (model) => new MemoryAdapter(store, model),
      jwks: { keys: [SIGNING_KEY] },
      scopes: API_SCOPES.split(' '),
      ttl: { AccessToken: lifetimeSeconds, ClientCredentials: lifetimeSeconds, Grant: 3_600 },
      clients: [
        {
          client_id: DOCS_CLIENT.clientId,
          client_secret: DOCS_CLIENT.clientSecret,
          redirect_uris: [],
          response_types: [],
          grant_types: ['client_credentials', EXCHANGE],
        },
      ],
      features: {
        clientCredentials: { enabled: true },
        devInteractions: { enabled: false },
        introspection: { enabled: true, allowedPolicy: () => true },
        revocation: { enabled: true, allowedPolicy: () => true },
      },
      findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    });
    provider.registerGrantType(
      EXCHANGE,
      async (context) => {
        const { client, params } = context.oidc;
        const subject = await provider.AccessToken.find(String(params?.['subject_token']));
        if (client === undefined || subject === undefined)
          throw new errors.InvalidGrant('unknown subject_token');
        const token = await tokenOf(provider, subject.accountId, params?.['scope'] ?? '');
        context.body = {
          access_token: token,
          issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
          token_type: 'Bearer',
          expires_in: lifetimeSeconds,
        };
      },
      ['subject_token', 'subject_token_type', 'scope', 'audience'],
    );
    server.serve(provider.callback());
    return new TokenExchangeServer(url, provider);
  }

  get endpoints(): { tokenEndpoint: string; revocationEndpoint: string } {
    return { tokenEndpoint: `${this.url}/token`, revocationEndpoint: `${this.url}/token/revocation` };
  }

  /** A token as the visitor's login would have got it. */
  tokenOf(accountId: string): Promise<string> {
    return tokenOf(this.provider, accountId, API_SCOPES);
  }

  /** What the API asks about a token that it is sent. */
  async introspect(token: string): Promise<Introspection> {
    const { clientId, clientSecret } = DOCS_CLIENT;
    const response = await fetch(`${this.url}/token/introspection`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
      body: new URLSearchParams({ token }),
    });
    return (await response.json()) as Introspection;
  }
}

async function tokenOf(provider: Provider, accountId: string, scope: string): Promise<string> {
  const client = await provider.Client.find(DOCS_CLIENT.clientId);
  if (client === undefined) throw new Error('There is no such client.');
  const grant = new provider.Grant({ accountId, clientId: client.clientId });
  grant.addOIDCScope(scope);
  const token = new provider.AccessToken({
    accountId,
    client,
    grantId: await grant.save(),
    scope,
    gty: 'authorization_code',
    expiresWithSession: false,
  });
  return token.save();
}
