import type { PlaygroundKey, PlaygroundKeyContext, PlaygroundKeyIssuer } from '../ports/playground-key.js';
import { TokenEndpoint, type TokenEndpointOptions } from './token-endpoint.js';

/** Options of {@link ClientCredentialsKeyIssuer}. */
export interface ClientCredentialsOptions<Principal> extends TokenEndpointOptions {
  /**
   * The scopes of a visitor's token. They are all that binds it to the visitor, so let them name what the visitor may reach,
   * such as `tenant:acme services:read`. An empty list: the visitor gets no key.
   */
  readonly scopes: (
    principal: Principal,
    context: PlaygroundKeyContext,
  ) => Promise<readonly string[]> | readonly string[];
}

/**
 * Gets a short-lived token with client credentials (RFC 6749, section 4.4), with the scopes of one visitor. Needs
 * `oauth4webapi`.
 *
 * @example
 * ```ts
 * @Injectable()
 * @PlaygroundKeysFor('acme')
 * export class AcmeApiTokens extends ClientCredentialsKeyIssuer<Account> {
 *   constructor(@Inject(ConfigService) config: ConfigService) {
 *     super({
 *       tokenEndpoint: 'https://id.foo.com/token',
 *       clientId: 'docs',
 *       clientSecret: config.getOrThrow('DOCS_CLIENT_SECRET'),
 *       scopes: ({ tenantId, isAdmin }) => [`tenant:${tenantId}`, isAdmin ? 'services:write' : 'services:read'],
 *     });
 *   }
 * }
 * ```
 */
export class ClientCredentialsKeyIssuer<Principal = unknown> implements PlaygroundKeyIssuer<Principal> {
  readonly #endpoint: TokenEndpoint;
  readonly #scopes: ClientCredentialsOptions<Principal>['scopes'];

  /** @throws MintlifyPersonalizationError `invalid_option` */
  constructor(options: ClientCredentialsOptions<Principal>) {
    this.#endpoint = new TokenEndpoint('ClientCredentialsKeyIssuer', options);
    this.#scopes = options.scopes;
  }

  /** Issues one key; none without scopes. */
  async issue(principal: Principal, context: PlaygroundKeyContext): Promise<PlaygroundKey | undefined> {
    const scopes = await this.#scopes(principal, context);
    if (scopes.length === 0) return undefined;
    return this.#endpoint.request('client_credentials', { scope: scopes.join(' ') }, context.signal);
  }

  /** Revokes the token (RFC 7009), if `revocationEndpoint` is set. */
  async revoke(key: PlaygroundKey, { signal }: PlaygroundKeyContext): Promise<void> {
    await this.#endpoint.revoke(key, signal);
  }
}
