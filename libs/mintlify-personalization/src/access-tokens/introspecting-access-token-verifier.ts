import type * as OAuth from 'oauth4webapi';
import { MintlifyPersonalizationError } from '../errors.js';
import type { ResolvedAccessTokens } from '../options/access-tokens.js';
import { loadOptionalPackage } from '../options/optional-package.js';
import type { Clock } from '../time/clock.js';
import {
  AccessTokenVerifier,
  assertUsable,
  invalidToken,
  issuerUnavailable,
  type AccessTokenClaims,
} from './access-token-verifier.js';
import { assertTimes } from './token-times.js';

/** @internal What is asked of an access token that its issuer is asked about. */
export type IntrospectedAccessTokens = Extract<ResolvedAccessTokens, { introspection: object }>;

/** Asks the issuer about each access token (RFC 7662). Keeps no answer: a token that was revoked is refused at once. */
export class IntrospectingAccessTokenVerifier extends AccessTokenVerifier {
  override readonly requiredScopes: readonly string[];
  readonly #accessTokens: IntrospectedAccessTokens;
  readonly #clock: Clock;
  readonly #oauth: typeof OAuth;

  private constructor(accessTokens: IntrospectedAccessTokens, clock: Clock, oauth: typeof OAuth) {
    super();
    this.requiredScopes = accessTokens.requiredScopes;
    this.#accessTokens = accessTokens;
    this.#clock = clock;
    this.#oauth = oauth;
  }

  /** @throws MintlifyPersonalizationError `invalid_option` where `oauth4webapi` is not installed */
  static async create(
    accessTokens: IntrospectedAccessTokens,
    clock: Clock,
  ): Promise<IntrospectingAccessTokenVerifier> {
    const oauth = await loadOptionalPackage(
      'oauth4webapi',
      'accessTokens.introspection',
      () => import('oauth4webapi'),
    );
    return new IntrospectingAccessTokenVerifier(accessTokens, clock, oauth);
  }

  override async verify(token: string): Promise<AccessTokenClaims> {
    const answer = await this.#introspect(token);
    if (!answer.active) throw invalidToken('is expired, revoked or unknown to its issuer');
    this.#assertClaims(answer);
    assertUsable(answer, this.requiredScopes);
    return answer;
  }

  async #introspect(token: string): Promise<AccessTokenClaims & { active: boolean }> {
    const { issuer, introspection, timeoutMs } = this.#accessTokens;
    const { endpoint, clientId, clientSecret } = introspection;
    const server = { issuer, introspection_endpoint: endpoint };
    const client = { client_id: clientId };
    try {
      const response = await this.#oauth.introspectionRequest(
        server,
        client,
        this.#oauth.ClientSecretBasic(clientSecret),
        token,
        {
          signal: AbortSignal.timeout(timeoutMs),
          // The options allow it for this machine alone.
          [this.#oauth.allowInsecureRequests]: new URL(endpoint).protocol === 'http:',
        },
      );
      return await this.#oauth.processIntrospectionResponse(server, client, response);
    } catch (cause) {
      if (cause instanceof MintlifyPersonalizationError) throw cause;
      throw issuerUnavailable('The issuer could not be asked about an access token.', cause);
    }
  }

  /** An issuer says `active` of any token that it knows, also of one that is for another API. */
  #assertClaims(claims: AccessTokenClaims): void {
    const { issuer, audience, clockToleranceSeconds: toleranceSeconds } = this.#accessTokens;
    const { iss, aud, token_type: type } = claims;
    // RFC 6749, section 7.1: what is no bearer token must not be taken as one, such as a DPoP or a MAC token.
    if (type !== undefined && (typeof type !== 'string' || type.toLowerCase() !== 'bearer')) {
      throw invalidToken('is not a bearer token');
    }
    if (iss !== undefined && iss !== issuer) throw invalidToken('is of another issuer');
    if (audience !== undefined && ![aud].flat().includes(audience))
      throw invalidToken('is for another audience');
    assertTimes(claims, { nowSeconds: this.#clock.now() / 1_000, toleranceSeconds });
  }
}
