import type * as OAuth from 'oauth4webapi';
import { MintlifyPersonalizationError } from '../errors.js';
import type { ResolvedAccessTokens } from '../options/access-tokens.js';
import { missingPackageError } from '../options/optional-package.js';
import type { Clock } from '../time/clock.js';
import {
  AccessTokenVerifier,
  assertUsable,
  invalidToken,
  issuerUnavailable,
  type AccessTokenClaims,
} from './access-token-verifier.js';
import { assertTimes } from './token-times.js';

/** @internal The rules for access tokens that are checked by introspection. */
export type IntrospectedAccessTokens = Extract<ResolvedAccessTokens, { introspection: object }>;

/** Checks each access token by introspection (RFC 7662). No caching, so a revoked token is rejected at once. */
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

  /** @throws MintlifyPersonalizationError `invalid_option` if `oauth4webapi` is not installed */
  static async create(
    accessTokens: IntrospectedAccessTokens,
    clock: Clock,
  ): Promise<IntrospectingAccessTokenVerifier> {
    return new IntrospectingAccessTokenVerifier(accessTokens, clock, await loadOAuth());
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
          // The options only allow it on this machine.
          [this.#oauth.allowInsecureRequests]: new URL(endpoint).protocol === 'http:',
        },
      );
      return await this.#oauth.processIntrospectionResponse(server, client, response);
    } catch (cause) {
      if (cause instanceof MintlifyPersonalizationError) throw cause;
      throw issuerUnavailable('Introspection of an access token failed.', cause);
    }
  }

  /** For an issuer, every valid token is `active`, even one for another API. */
  #assertClaims(claims: AccessTokenClaims): void {
    const { issuer, audience, clockToleranceSeconds: toleranceSeconds } = this.#accessTokens;
    const { iss, aud, token_type: type } = claims;
    // RFC 6749, section 7.1: a token of another type, such as DPoP or MAC, must not be accepted as a bearer token.
    if (type !== undefined && (typeof type !== 'string' || type.toLowerCase() !== 'bearer')) {
      throw invalidToken('is not a bearer token');
    }
    if (iss !== undefined && iss !== issuer) throw invalidToken('is of another issuer');
    if (audience !== undefined && ![aud].flat().includes(audience))
      throw invalidToken('is for another audience');
    assertTimes(claims, { nowSeconds: this.#clock.now() / 1_000, toleranceSeconds });
  }
}

async function loadOAuth(): Promise<typeof OAuth> {
  try {
    return await import('oauth4webapi');
  } catch (cause) {
    throw missingPackageError('oauth4webapi', 'accessTokens.introspection', cause);
  }
}
