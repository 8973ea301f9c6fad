import { generateKeyPairSync } from 'node:crypto';
import { MemoryAdapter, MemoryStore } from '../../src/oauth/memory-adapter.js';
import { Provider } from '../../src/oauth/oidc-provider.js';
import { startLateServer } from './late-server.support.js';
import { AUDIENCE, SCOPE } from './token-issuer.support.js';

export const API_CLIENT = { clientId: 'the-api', clientSecret: 'canary-of-a-client-secret' };

const SIGNING_KEY = {
  ...generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey.export({ format: 'jwk' }),
  alg: 'RS256',
  use: 'sig',
};

/** What a token is issued with. */
export interface OpaqueToken {
  accountId?: string;
  audience?: string;
  scope?: string;
}

/** A real authorization server (`oidc-provider`) whose access tokens only it can read. */
export class IntrospectionServer {
  private constructor(
    readonly url: string,
    private readonly provider: Provider,
  ) {}

  static async start(): Promise<IntrospectionServer> {
    const server = await startLateServer();
    const { url } = server;
    const store = new MemoryStore();
    const provider = new Provider(url, {
      adapter: (model) => new MemoryAdapter(store, model),
      jwks: { keys: [SIGNING_KEY] },
      ttl: { AccessToken: 3_600, Grant: 3_600 },
      clients: [
        {
          client_id: API_CLIENT.clientId,
          client_secret: API_CLIENT.clientSecret,
          redirect_uris: [],
          response_types: [],
          grant_types: [],
        },
        {
          client_id: 'docs',
          token_endpoint_auth_method: 'none',
          redirect_uris: ['https://docs.acme.example/mintlify-oauth-callback'],
        },
      ],
      features: {
        devInteractions: { enabled: false },
        introspection: { enabled: true, allowedPolicy: () => true },
        revocation: { enabled: true },
        resourceIndicators: {
          enabled: true,
          getResourceServerInfo: (_, audience) => ({ audience, scope: SCOPE, accessTokenFormat: 'opaque' }),
        },
      },
      findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    });
    server.serve(provider.callback());
    return new IntrospectionServer(url, provider);
  }

  get endpoint(): string {
    return `${this.url}/token/introspection`;
  }

  async issue({ accountId = 'ada', audience = AUDIENCE, scope = SCOPE }: OpaqueToken = {}): Promise<string> {
    const client = await this.provider.Client.find('docs');
    if (client === undefined) throw new Error('There is no such client.');
    const grant = new this.provider.Grant({ accountId, clientId: 'docs' });
    if (scope !== '') grant.addResourceScope(audience, scope);
    const grantId = await grant.save();
    const token = new this.provider.AccessToken({
      accountId,
      client,
      grantId,
      scope,
      gty: 'authorization_code',
      expiresWithSession: false,
      resourceServer: new this.provider.ResourceServer(audience, {
        audience,
        scope: SCOPE,
        accessTokenFormat: 'opaque',
      }),
    });
    return token.save();
  }

  async revoke(value: string): Promise<void> {
    const token = await this.provider.AccessToken.find(value);
    await token?.destroy();
  }
}
