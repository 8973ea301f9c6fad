import { MintlifyPersonalizationError } from '../errors.js';
import type {
  ClaimsOptions,
  DocsSiteOptions,
  SigningKey,
  SigningKeyFunction,
} from '../ports/docs-site-options.js';
import type { DocsMode } from '../ports/docs-site.js';
import { checkApiUrl } from './api-url.js';
import { checkOrigins } from './docs-origins.js';
import { parseDocsUrl } from './docs-url.js';
import { assertKnownKeys } from './known-keys.js';
import { checkLoginUrl } from './login-url.js';
import { text, wholeNumber } from './option-checks.js';

/** @internal The options of one docs site, checked, with every default filled in. Frozen. */
export interface ResolvedSiteOptions {
  readonly docs: { readonly origin: string; readonly host: string; readonly basePath: string };
  readonly mode: DocsMode;
  readonly signingKey: SigningKey | SigningKeyFunction | undefined;
  readonly signingKeyMaxAgeSeconds: number;
  readonly keyId: string | undefined;
  readonly tokenLifetimeSeconds: number;
  readonly sessionLifetimeSeconds: number;
  readonly claims: Readonly<Required<ClaimsOptions>>;
  /** Frozen; without that of the docs site itself. */
  readonly additionalDocsOrigins: readonly string[];
  readonly apiUrl: string | undefined;
  readonly loginUrl: string | undefined;
  readonly returnToParameter: string;
}

/** @internal Two weeks. */
export const DEFAULT_SESSION_LIFETIME_SECONDS = 1_209_600;

/** @internal The names of {@link DocsSiteOptions}: what a tenant may set. */
export const SITE_OPTIONS: readonly (keyof DocsSiteOptions)[] = [
  'docsUrl',
  'mode',
  'signingKey',
  'signingKeyMaxAgeSeconds',
  'keyId',
  'tokenLifetimeSeconds',
  'sessionLifetimeSeconds',
  'claims',
  'additionalDocsOrigins',
  'apiUrl',
  'loginUrl',
  'returnToParameter',
];

/**
 * Checks the options of one docs site and fills in the defaults.
 *
 * @internal
 * @param longestSession seconds: how far ahead `expiresAt` may lie
 * @throws MintlifyPersonalizationError `invalid_option`, naming the option and the mend
 */
export function resolveSiteOptions(
  options: Partial<DocsSiteOptions>,
  longestSession: number,
): ResolvedSiteOptions {
  const docs = Object.freeze(parseDocsUrl(options.docsUrl));
  const mode = checkMode(options.mode, docs.basePath);
  assertKeyIdFits(options);
  return Object.freeze({
    docs,
    mode,
    signingKey: options.signingKey,
    signingKeyMaxAgeSeconds: wholeNumber(
      'signingKeyMaxAgeSeconds',
      options.signingKeyMaxAgeSeconds,
      300,
      1,
      86_400,
    ),
    keyId: text('keyId', options.keyId),
    tokenLifetimeSeconds: wholeNumber('tokenLifetimeSeconds', options.tokenLifetimeSeconds, 10, 1, 10),
    sessionLifetimeSeconds: wholeNumber(
      'sessionLifetimeSeconds',
      options.sessionLifetimeSeconds,
      Math.min(DEFAULT_SESSION_LIFETIME_SECONDS, longestSession),
      1,
      longestSession,
    ),
    claims: resolveClaims(options.claims),
    additionalDocsOrigins: checkOrigins(options.additionalDocsOrigins),
    apiUrl: checkApiUrl(options.apiUrl),
    loginUrl: checkLoginUrl(options.loginUrl),
    returnToParameter: text('returnToParameter', options.returnToParameter) ?? 'returnTo',
  });
}

function checkMode(mode: unknown = 'personalization', basePath: string): DocsMode {
  if (mode !== 'personalization' && mode !== 'authentication') {
    throw new MintlifyPersonalizationError(
      'invalid_option',
      "mode must be 'personalization' (public docs) or 'authentication' (private docs). " +
        "Leave it out for 'personalization'.",
    );
  }
  if (mode === 'authentication' && basePath !== '') {
    throw new MintlifyPersonalizationError(
      'invalid_option',
      `docsUrl has the base path ${basePath}, and mode 'authentication' is not for docs on a base path. ` +
        'Give private docs an origin of their own, for example "https://docs.foo.com".',
    );
  }
  return mode;
}

/** One `keyId` would name every key that the function gives, the next ones too. */
function assertKeyIdFits({ keyId, signingKey }: Partial<DocsSiteOptions>): void {
  if (keyId === undefined || typeof signingKey !== 'function') return;
  throw new MintlifyPersonalizationError(
    'invalid_option',
    'keyId stands beside a signingKey that is a function, whose keys change. ' +
      'Leave keyId out, and let the function return JWKs with a "kid", or a TokenSigner with a keyId.',
  );
}

function resolveClaims(claims: ClaimsOptions = {}): Readonly<Required<ClaimsOptions>> {
  assertKnownKeys('claims', claims, ['iat', 'jti', 'aud']);
  for (const [name, value] of Object.entries(claims)) {
    if (typeof value !== 'boolean' && value !== undefined) {
      throw new MintlifyPersonalizationError('invalid_option', `claims.${name} must be true or false.`);
    }
  }
  const { iat = true, jti = false, aud = false } = claims;
  return Object.freeze({ iat, jti, aud });
}
