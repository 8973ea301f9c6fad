import type { DocsMode } from './shared/docs-mode.js';
import type { DocsHandshake, GroupsClaim, OAuthHandshake } from './shared/handshake-types.js';
import { isRecord, isStringList } from './shared/type-guards.js';
import { parseUrl } from './shared/url-parser.js';

/** Authorization request parameters that the flow sets itself (RFC 6749, section 4.1.1; RFC 7636). */
const RESERVED_PARAMETERS = new Set([
  'response_type',
  'client_id',
  'redirect_uri',
  'scope',
  'state',
  'code_challenge',
  'code_challenge_method',
]);

/**
 * Validates the option `handshake`.
 *
 * @throws TypeError that names the invalid option and the fix.
 * @example
 * readHandshake({ type: 'shared-session', infoApiUrl: 'http://localhost:3000/docs/user-info' }, 'personalization');
 */
export function readHandshake(handshake: DocsHandshake = { type: 'jwt' }, mode: DocsMode): DocsHandshake {
  if (!isRecord(handshake)) throw new TypeError("handshake must be an object, such as { type: 'jwt' }.");
  if (handshake.type !== 'jwt' && mode === 'authentication') {
    throw new TypeError("handshake must be { type: 'jwt' } in authentication. Remove it.");
  }
  switch (handshake.type) {
    case 'jwt':
      return { type: 'jwt' };
    case 'shared-session':
      return { type: 'shared-session', infoApiUrl: readUrl('infoApiUrl', handshake.infoApiUrl) };
    case 'oauth':
      return readOAuth(handshake);
    default:
      throw new TypeError("handshake.type must be 'jwt', 'shared-session' or 'oauth'.");
  }
}

function readOAuth(handshake: OAuthHandshake): OAuthHandshake {
  const { clientId, scopes = [], authorizationParameters = {} } = handshake;
  if (typeof clientId !== 'string' || clientId.trim() === '') {
    throw new TypeError('handshake.clientId is empty. Set it to the client ID of the docs, a public client.');
  }
  if (!isStringList(scopes) || !scopes.every((scope) => /^[\x21\x23-\x5B\x5D-\x7E]+$/.test(scope))) {
    throw new TypeError('handshake.scopes must be a list of scopes, such as ["docs.user-info"].');
  }
  return {
    type: 'oauth',
    authorizationUrl: readUrl('authorizationUrl', handshake.authorizationUrl),
    clientId,
    scopes: [...scopes],
    tokenUrl: readUrl('tokenUrl', handshake.tokenUrl),
    ...readSource(handshake, scopes),
    authorizationParameters: readParameters(authorizationParameters),
  };
}

/** Where the visitor comes from: the Info API, or a claim of a token. */
function readSource(
  { infoApiUrl, claims }: OAuthHandshake,
  scopes: readonly string[],
): Pick<OAuthHandshake, 'infoApiUrl' | 'claims'> {
  if (claims === undefined) return { infoApiUrl: readUrl('infoApiUrl', infoApiUrl) };
  if (infoApiUrl !== undefined) {
    throw new TypeError('handshake.infoApiUrl and handshake.claims cannot be combined. Set one of them.');
  }
  return { claims: readClaims(claims, scopes) };
}

function readClaims(claims: GroupsClaim, scopes: readonly string[]): GroupsClaim {
  if (!isRecord(claims)) {
    throw new TypeError("handshake.claims must be an object, such as { source: 'id_token' }.");
  }
  const { source, groupsClaim = 'groups', groupsDelimiter } = claims;
  if (source !== 'id_token' && source !== 'access_token') {
    throw new TypeError("handshake.claims.source must be 'id_token' or 'access_token'.");
  }
  if (source === 'id_token' && !scopes.includes('openid')) {
    throw new TypeError(
      "handshake.claims.source is 'id_token', which needs openid. Add it to handshake.scopes.",
    );
  }
  if (typeof groupsClaim !== 'string' || groupsClaim === '') {
    throw new TypeError('handshake.claims.groupsClaim must be the name of a claim, such as "groups".');
  }
  if (groupsDelimiter === undefined) return { source, groupsClaim };
  if (typeof groupsDelimiter === 'string' && groupsDelimiter.length >= 1 && groupsDelimiter.length <= 4) {
    return { source, groupsClaim, groupsDelimiter };
  }
  throw new TypeError('handshake.claims.groupsDelimiter must have 1 to 4 characters, such as ",".');
}

function readParameters(parameters: Record<string, string>): Record<string, string> {
  if (!isRecord(parameters) || !Object.values(parameters).every((value) => typeof value === 'string')) {
    throw new TypeError(
      'handshake.authorizationParameters must be an object of strings, such as { "audience": "https://api.foo.com" }.',
    );
  }
  const reserved = Object.keys(parameters).find((name) => RESERVED_PARAMETERS.has(name));
  if (reserved === undefined) return { ...parameters };
  throw new TypeError(
    `handshake.authorizationParameters.${reserved} is set by the emulator itself. Remove it.`,
  );
}

function readUrl(option: string, url: unknown): string {
  const parsed = typeof url === 'string' ? parseUrl(url) : undefined;
  if (parsed && /^https?:$/.test(parsed.protocol) && parsed.username === '' && parsed.hash === '') {
    return parsed.href;
  }
  throw new TypeError(
    `handshake.${option} must be an absolute URL, such as http://localhost:3000/docs/user-info.`,
  );
}
