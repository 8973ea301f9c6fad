import { MintlifyPersonalizationError } from '../errors.js';
import { assertSecure } from './docs-url.js';
import { assertKnownKeys } from './known-keys.js';
import { text, wholeNumber } from './option-checks.js';
import { parseUrl } from './parse-url.js';

/** The signature algorithms (RFC 7518, RFC 8037) that an access token may have. None is symmetric. */
export type AccessTokenAlgorithm =
  | 'RS256'
  | 'RS384'
  | 'RS512'
  | 'PS256'
  | 'PS384'
  | 'PS512'
  | 'ES256'
  | 'ES384'
  | 'ES512'
  | 'EdDSA'
  | 'Ed25519';

/** What is asked of an access token, however it is verified. */
interface AccessTokenRules {
  /** The issuer (`iss`) of the tokens, exactly as it writes itself: `https://auth.foo.com`. */
  issuer: string;
  /** The scopes that a token must have, all of them. Default: none. */
  requiredScopes?: string[];
  /** Whole seconds, 0 to 60, by which the clocks of issuer and API may differ. Default 5. */
  clockToleranceSeconds?: number;
  /** Milliseconds, 1 to 60,000, for one call of the issuer. Default 2,000. */
  timeoutMs?: number;
}

/** Access tokens that are JWTs (RFC 9068), verified with the keys that their issuer publishes. */
export interface JwtAccessTokensOptions extends AccessTokenRules {
  /** This API, as the issuer names it in `aud`. */
  audience: string;
  /** Where the issuer publishes its keys: the `jwks_uri` of its metadata (RFC 8414). */
  jwksUri: string;
  /** Default `['RS256', 'PS256', 'ES256', 'EdDSA']`. */
  algorithms?: AccessTokenAlgorithm[];
  /**
   * `typ` in the token's header, which tells an access token from an ID token. Default `'at+jwt'` (RFC 9068, section
   * 4); for an issuer that writes another, that one, such as `'JWT'`.
   */
  typ?: string;
  introspection?: undefined;
}

/**
 * Access tokens that only their issuer can read: it is asked about each (RFC 7662). Needs the package `oauth4webapi`.
 * One of `audience` and `requiredScopes` is required, or the token of any client would do.
 */
export interface IntrospectedAccessTokensOptions extends AccessTokenRules {
  /** This API, as the issuer names it in `aud`. Default: `aud` is not looked at. */
  audience?: string;
  /** Whom to ask, and as which client. */
  introspection: {
    /** The `introspection_endpoint` of the issuer's metadata. */
    endpoint: string;
    clientId: string;
    /** Sent with HTTP Basic authentication. */
    clientSecret: string;
  };
  jwksUri?: undefined;
}

/** Who issues the access tokens of the OAuth handshake, and what is asked of one. */
export type AccessTokensOptions = JwtAccessTokensOptions | IntrospectedAccessTokensOptions;

/** @internal Every default filled in. Frozen. */
export type ResolvedAccessTokens = Readonly<
  Required<AccessTokenRules> &
    (
      | ({ introspection: undefined } & Required<
          Pick<JwtAccessTokensOptions, 'audience' | 'jwksUri' | 'algorithms' | 'typ'>
        >)
      | (Pick<IntrospectedAccessTokensOptions, 'introspection'> & { audience: string | undefined })
    )
>;

const RULES = ['issuer', 'audience', 'requiredScopes', 'clockToleranceSeconds', 'timeoutMs'];
const ALGORITHMS: readonly AccessTokenAlgorithm[] = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/**
 * Checks `accessTokens` and fills in the defaults.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function resolveAccessTokens(
  options: AccessTokensOptions | undefined,
): ResolvedAccessTokens | undefined {
  if (options === undefined) return undefined;
  const isIntrospected = (Object(options) as Partial<AccessTokensOptions>).introspection !== undefined;
  assertKnownKeys('accessTokens', options, [
    ...RULES,
    ...(isIntrospected ? ['introspection'] : ['jwksUri', 'algorithms', 'typ', 'introspection']),
  ]);
  const rules = {
    issuer: requiredText('issuer', options.issuer, 'the iss of its tokens, such as "https://auth.foo.com"'),
    requiredScopes: checkScopes(options.requiredScopes),
    clockToleranceSeconds: number('clockToleranceSeconds', options.clockToleranceSeconds, 5, 0, 60),
    timeoutMs: number('timeoutMs', options.timeoutMs, 2_000, 1, 60_000),
  };
  return Object.freeze(
    options.introspection === undefined
      ? { ...rules, ...resolveJwt(options) }
      : { ...rules, ...resolveIntrospection(options, rules.requiredScopes) },
  );
}

function resolveJwt({ audience, jwksUri, algorithms, typ }: JwtAccessTokensOptions) {
  return {
    introspection: undefined,
    audience: requiredText('audience', audience, 'the aud that the issuer writes for this API'),
    jwksUri: checkEndpoint('jwksUri', jwksUri),
    algorithms: checkAlgorithms(algorithms),
    typ: text('accessTokens.typ', typ) ?? 'at+jwt',
  };
}

function resolveIntrospection(
  { audience, introspection }: IntrospectedAccessTokensOptions,
  scopes: string[],
) {
  assertKnownKeys('accessTokens.introspection', introspection, ['endpoint', 'clientId', 'clientSecret']);
  const { endpoint, clientId, clientSecret } = introspection;
  if (audience === undefined && scopes.length === 0) {
    throw refusal('has neither audience nor requiredScopes: the token of any client would do. Give one.');
  }
  return {
    audience: text('accessTokens.audience', audience),
    introspection: Object.freeze({
      endpoint: checkEndpoint('introspection.endpoint', endpoint),
      clientId: requiredText('introspection.clientId', clientId, 'the client that this API asks as'),
      clientSecret: requiredText('introspection.clientSecret', clientSecret, 'the secret of that client'),
    }),
  };
}

function checkEndpoint(option: string, value: unknown): string {
  const url = typeof value === 'string' ? parseUrl(value) : undefined;
  if (url === undefined) {
    throw refusal(
      option === 'jwksUri'
        ? 'needs jwksUri, the absolute URL of the issuer\'s keys: jwks_uri in its metadata, such as "https://auth.foo.com/jwks"; or introspection.'
        : `needs ${option}, the absolute URL of the issuer's introspection_endpoint.`,
    );
  }
  assertSecure(`accessTokens.${option}`, url);
  if (url.username === '' && url.password === '') return url.href;
  throw refusal(`has a user name or a password in ${option}. Take it out.`);
}

function checkAlgorithms(algorithms: unknown): AccessTokenAlgorithm[] {
  if (algorithms === undefined) return ['RS256', 'PS256', 'ES256', 'EdDSA'];
  const known: readonly unknown[] = ALGORITHMS;
  if (Array.isArray(algorithms) && algorithms.length > 0 && algorithms.every((name) => known.includes(name)))
    return [...(algorithms as AccessTokenAlgorithm[])];
  throw refusal(`has algorithms that are not a list of these: ${ALGORITHMS.join(', ')}.`);
}

/** RFC 6749, appendix A.4: what a scope may be made of. */
function checkScopes(scopes: unknown = []): string[] {
  const isScope = (scope: unknown) => typeof scope === 'string' && /^[\x21\x23-\x5B\x5D-\x7E]+$/.test(scope);
  if (Array.isArray(scopes) && scopes.every(isScope)) return [...(scopes as string[])];
  throw refusal('has requiredScopes that are not a list of scopes, for example ["docs.user-info"].');
}

function requiredText(option: string, value: unknown, what: string): string {
  if (value === undefined) throw refusal(`needs ${option}: ${what}.`);
  return text(`accessTokens.${option}`, value) as string;
}

function number(option: string, value: unknown, byDefault: number, least: number, most: number): number {
  return wholeNumber(`accessTokens.${option}`, value, byDefault, least, most);
}

function refusal(what: string): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError('invalid_option', `accessTokens ${what}`);
}
