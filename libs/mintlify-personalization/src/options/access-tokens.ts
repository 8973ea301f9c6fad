import { assertSecure } from './docs-url.js';
import { invalidOptionError } from './invalid-option-error.js';
import { integerInRange, optionalString, requiredString } from './option-checks.js';
import { readList, readOption } from './option-reader.js';
import { resolveTable, type OptionTable, type ResolvedTable } from './option-table.js';
import { parseUrl } from './parse-url.js';

/** The signature algorithms of access tokens (RFC 7518, RFC 8037). None is symmetric. */
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

/** The rules for every access token. */
interface AccessTokenRules {
  /** The issuer of the tokens, exactly as in their `iss`: `https://auth.foo.com`. */
  issuer: string;
  /** The scopes that a token must have. Default: none. */
  requiredScopes?: string[];
  /** Whole seconds, 0 to 60: how much the clocks of issuer and API may differ. Default 5. */
  clockToleranceSeconds?: number;
  /** Milliseconds, 1 to 60,000: the timeout of one request to the issuer. Default 2,000. */
  timeoutMs?: number;
}

/** Access tokens that are JWTs (RFC 9068), verified with the public keys of their issuer. */
export interface JwtAccessTokensOptions extends AccessTokenRules {
  /** The `aud` that the issuer uses for this API. */
  audience: string;
  /** Where the issuer publishes its keys: the `jwks_uri` of its metadata (RFC 8414). */
  jwksUri: string;
  /** Default `['RS256', 'PS256', 'ES256', 'EdDSA']`. */
  algorithms?: AccessTokenAlgorithm[];
  /**
   * The `typ` in the token's header, which distinguishes access tokens from ID tokens. Default `'at+jwt'` (RFC 9068,
   * section 4). Set it if your issuer uses another one, such as `'JWT'`.
   */
  typ?: string;
  introspection?: undefined;
}

/**
 * Access tokens that only their issuer can read: each is checked by introspection (RFC 7662). Needs the package
 * `oauth4webapi`. Set `audience`, `requiredScopes` or both; otherwise a token of any client would be accepted.
 */
export interface IntrospectedAccessTokensOptions extends AccessTokenRules {
  /** The `aud` that the issuer uses for this API. Default: `aud` is not checked. */
  audience?: string;
  /** The introspection endpoint, and the client that calls it. */
  introspection: {
    /** The `introspection_endpoint` of the issuer's metadata. */
    endpoint: string;
    clientId: string;
    /** Sent with HTTP Basic authentication. */
    clientSecret: string;
  };
  jwksUri?: undefined;
}

/** The issuer of the access tokens for the OAuth handshake, and how they are verified. */
export type AccessTokensOptions = JwtAccessTokensOptions | IntrospectedAccessTokensOptions;

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
const DEFAULT_ALGORITHMS: readonly AccessTokenAlgorithm[] = ['RS256', 'PS256', 'ES256', 'EdDSA'];

const RULES = {
  issuer: requiredString('the iss of its tokens, such as "https://auth.foo.com"'),
  requiredScopes: { check: checkScopes, defaultValue: Object.freeze([]) },
  clockToleranceSeconds: integerInRange({ min: 0, max: 60, defaultValue: 5 }),
  timeoutMs: integerInRange({ min: 1, max: 60_000, defaultValue: 2_000 }),
} as const satisfies OptionTable<keyof AccessTokenRules, unknown>;

const JWT_OPTIONS = {
  ...RULES,
  audience: requiredString('the aud that the issuer uses for this API'),
  jwksUri: {
    check: (option: string, value: unknown) =>
      checkEndpoint(
        option,
        value,
        'the issuer\'s keys (jwks_uri in its metadata), such as "https://auth.foo.com/jwks", or set introspection',
      ),
  },
  algorithms: { check: checkAlgorithms },
  typ: optionalString('at+jwt'),
  introspection: { check: () => undefined },
} as const satisfies OptionTable<keyof JwtAccessTokensOptions, unknown>;

const CLIENT_OPTIONS = {
  endpoint: {
    check: (option: string, value: unknown) =>
      checkEndpoint(option, value, "the issuer's introspection_endpoint"),
  },
  clientId: requiredString('the id of the client for this API'),
  clientSecret: requiredString('the secret of that client'),
} as const satisfies OptionTable<keyof IntrospectedAccessTokensOptions['introspection'], unknown>;

const INTROSPECTION_OPTIONS = {
  ...RULES,
  audience: optionalString(),
  introspection: {
    check: (option: string, value: unknown) => resolveTable(option, value, CLIENT_OPTIONS, undefined),
  },
  jwksUri: { check: rejectBesideIntrospection },
} as const satisfies OptionTable<keyof IntrospectedAccessTokensOptions, unknown>;

/** @internal All defaults filled in. Frozen. */
export type ResolvedAccessTokens =
  ResolvedTable<typeof JWT_OPTIONS> | ResolvedTable<typeof INTROSPECTION_OPTIONS>;

/**
 * Checks `accessTokens` and fills in the defaults.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function resolveAccessTokens(options: unknown): ResolvedAccessTokens | undefined {
  if (options === undefined) return undefined;
  const introspection = readOption(
    'accessTokens.introspection',
    () => (Object(options) as Partial<AccessTokensOptions>).introspection,
  );
  if (introspection === undefined) return resolveTable('accessTokens', options, JWT_OPTIONS, undefined);
  const resolved = resolveTable('accessTokens', options, INTROSPECTION_OPTIONS, undefined);
  if (resolved.audience === undefined && resolved.requiredScopes.length === 0) {
    throw invalidOptionError(
      'accessTokens',
      'has neither audience nor requiredScopes, so a token of any client would be accepted',
      'Set one of them.',
    );
  }
  return resolved;
}

function checkEndpoint(option: string, value: unknown, what: string): string {
  const url = typeof value === 'string' ? parseUrl(value) : undefined;
  if (url === undefined) {
    const problem = value === undefined ? 'is missing' : 'is not an absolute URL';
    throw invalidOptionError(option, problem, `Set it to the absolute URL of ${what}.`);
  }
  assertSecure(option, url);
  if (url.username === '' && url.password === '') return url.href;
  throw invalidOptionError(option, 'contains a user name or a password', 'Remove it.');
}

function rejectBesideIntrospection(option: string, value: unknown): undefined {
  if (value === undefined) return;
  throw invalidOptionError(option, 'cannot be combined with introspection', 'Remove one of them.');
}

function checkAlgorithms(option: string, value: unknown = DEFAULT_ALGORITHMS): AccessTokenAlgorithm[] {
  const known: readonly unknown[] = ALGORITHMS;
  const algorithms = readList(option, value) ?? [];
  if (algorithms.length > 0 && algorithms.every((name) => known.includes(name))) {
    return algorithms as AccessTokenAlgorithm[];
  }
  throw invalidOptionError(option, `must be a list of these: ${ALGORITHMS.join(', ')}`);
}

/** The characters of a scope: RFC 6749, appendix A.4. */
function checkScopes(option: string, value: unknown): readonly string[] {
  const scopes = readList(option, value);
  const isScope = (scope: unknown) => typeof scope === 'string' && /^[\x21\x23-\x5B\x5D-\x7E]+$/.test(scope);
  if (scopes?.every(isScope)) return Object.freeze(scopes as string[]);
  throw invalidOptionError(option, 'must be a list of scopes, for example ["docs.user-info"]');
}
