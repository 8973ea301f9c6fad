import type { PlaygroundKey, PlaygroundKeyContext, PlaygroundKeyIssuer } from '../ports/playground-key.js';
import { TokenEndpoint, type TokenEndpointOptions } from './token-endpoint.js';

const GRANT = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';

/** Options of {@link TokenExchangeKeyIssuer}. */
export interface TokenExchangeOptions<Principal> extends TokenEndpointOptions {
  /** The visitor's own token, which your login keeps. `undefined`: the visitor gets no key. */
  readonly subjectToken: (
    principal: Principal,
    context: PlaygroundKeyContext,
  ) => Promise<string | undefined> | string | undefined;
  /** What kind of token it is: a URI of RFC 8693, section 3. Default: that of an access token. */
  readonly subjectTokenType?: string;
  /** The scopes of the new token, separated by spaces. Default: what the server decides. */
  readonly scope?: string;
}

/**
 * Exchanges a visitor's token for a short-lived one of your API (RFC 8693). The API sees the visitor, with the scopes that
 * you ask for. Needs `oauth4webapi`.
 *
 * @example
 * ```ts
 * @Injectable()
 * @PlaygroundKeysFor()
 * export class ApiTokens extends TokenExchangeKeyIssuer<Account> {
 *   constructor(@Inject(ConfigService) config: ConfigService) {
 *     super({
 *       tokenEndpoint: 'https://id.foo.com/token',
 *       revocationEndpoint: 'https://id.foo.com/revoke',
 *       clientId: 'docs',
 *       clientSecret: config.getOrThrow('DOCS_CLIENT_SECRET'),
 *       audience: 'https://api.foo.com',
 *       scope: 'services:read',
 *       subjectToken: (account) => account.accessToken,
 *     });
 *   }
 * }
 * ```
 */
export class TokenExchangeKeyIssuer<Principal = unknown> implements PlaygroundKeyIssuer<Principal> {
  readonly #endpoint: TokenEndpoint;
  readonly #options: Pick<TokenExchangeOptions<Principal>, 'subjectToken' | 'subjectTokenType' | 'scope'>;

  /** @throws MintlifyPersonalizationError `invalid_option` */
  constructor(options: TokenExchangeOptions<Principal>) {
    this.#endpoint = new TokenEndpoint('TokenExchangeKeyIssuer', options);
    this.#options = options;
  }

  /** Issues one key; none without a token of the visitor. */
  async issue(principal: Principal, context: PlaygroundKeyContext): Promise<PlaygroundKey | undefined> {
    const { subjectToken, subjectTokenType = ACCESS_TOKEN, scope } = this.#options;
    const token = await subjectToken(principal, context);
    if (token === undefined || token === '') return undefined;
    const parameters = { subject_token: token, subject_token_type: subjectTokenType, scope };
    return this.#endpoint.request(GRANT, parameters, context.signal);
  }

  /** Revokes the token (RFC 7009), if `revocationEndpoint` is set. */
  async revoke(key: PlaygroundKey, { signal }: PlaygroundKeyContext): Promise<void> {
    await this.#endpoint.revoke(key, signal);
  }
}
