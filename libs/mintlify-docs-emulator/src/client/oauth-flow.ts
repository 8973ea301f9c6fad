import * as oauth from 'oauth4webapi';
import { decodeClaims, readClaimGroups } from '../shared/claim-groups.js';
import { OAUTH_CALLBACK_PATH } from '../shared/handshake-types.js';
import type { OAuthHandshake } from '../shared/handshake-types.js';
import { isRecord } from '../shared/type-guards.js';
import { withoutQuery } from '../shared/request-messages.js';
import { requestLog } from './request-log.js';
import { fetchUserInfo, explainNoResponse } from './user-info-client.js';
import type { UserInfoAnswer } from './user-info-client.js';

const STORAGE_KEY = 'mintlify-docs-emulator.authorization';
const REQUEST_TIMEOUT_MS = 10_000;
const ID_TOKEN_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];

/** A login in progress, stored in this tab. */
interface PendingAuthorization {
  state: string;
  codeVerifier: string;
  /** The page to return to, with query and anchor. */
  returnTo: string;
}

/** The result of a login, and the page where it began. */
export interface AuthorizationResult {
  answer: UserInfoAnswer;
  /** As stored, not validated; absent if no login began in this tab. */
  returnTo?: unknown;
}

/**
 * Builds the URL of an authorization request with PKCE (RFC 6749, section 4.1.1; RFC 7636), and stores in this
 * tab what is needed to verify the response.
 *
 * @throws if the browser has no WebCrypto: on plain http, except on localhost.
 * @example
 * location.assign(await beginAuthorization(handshake, '', '/quickstart#step-one'));
 */
export async function beginAuthorization(
  handshake: OAuthHandshake,
  basePath: string,
  returnTo: string,
): Promise<string> {
  const codeVerifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const url = new URL(handshake.authorizationUrl);
  const parameters = {
    ...handshake.authorizationParameters,
    response_type: 'code',
    client_id: handshake.clientId,
    redirect_uri: callbackUrl(basePath),
    ...(handshake.scopes?.length && { scope: handshake.scopes.join(' ') }),
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  const pending: PendingAuthorization = { state, codeVerifier, returnTo };
  sessionStorage.setItem(STORAGE_KEY, JSON.stringify(pending));
  return url.href;
}

/**
 * Completes a login: verifies the authorization response, exchanges the code, and fetches the user info. It
 * never rejects. The access token is not stored.
 *
 * @param parameters the query of the callback URL.
 * @example
 * const { answer, returnTo } = await finishAuthorization(handshake, '', callbackParameters);
 */
export async function finishAuthorization(
  handshake: OAuthHandshake,
  basePath: string,
  parameters: URLSearchParams,
): Promise<AuthorizationResult> {
  const pending = takePending();
  if (!pending) {
    const message =
      'No login is in progress in this tab, or this response was used already. Click "Log in" in the docs to start again.';
    return { answer: { error: message } };
  }
  const { returnTo } = pending;
  try {
    const tokens = await redeemCode(handshake, basePath, parameters, pending);
    return { returnTo, answer: await identify(handshake, tokens) };
  } catch (error) {
    return { returnTo, answer: { error: await explainFailure(error, handshake) } };
  }
}

/** Asks the Info API, or reads the groups from a token. */
async function identify(
  { infoApiUrl, claims }: OAuthHandshake,
  { access_token: accessToken, id_token: idToken }: oauth.TokenEndpointResponse,
): Promise<UserInfoAnswer> {
  if (claims === undefined) return fetchUserInfo(infoApiUrl ?? '', accessToken);
  const groups = readClaimGroups(decodeClaims(claims.source === 'id_token' ? idToken : accessToken), claims);
  return typeof groups === 'string' ? { error: groups } : { visitor: { groups } };
}

async function redeemCode(
  handshake: OAuthHandshake,
  basePath: string,
  parameters: URLSearchParams,
  { state, codeVerifier }: PendingAuthorization,
): Promise<oauth.TokenEndpointResponse> {
  const server = describeServer(handshake, parameters);
  const client = { client_id: handshake.clientId };
  const checked = oauth.validateAuthResponse(server, client, parameters, state);
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    checked,
    callbackUrl(basePath),
    codeVerifier,
    {
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      // Local servers may use plain http.
      [oauth.allowInsecureRequests]: new URL(handshake.tokenUrl).protocol === 'http:',
    },
  );
  const entry = { purpose: 'access token', method: 'POST', url: withoutQuery(handshake.tokenUrl) } as const;
  const { status } = response;
  try {
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
      requireIdToken: handshake.claims?.source === 'id_token',
    });
    requestLog.add({ ...entry, status, message: 'Exchanged the code for an access token.' });
    return tokens;
  } catch (error) {
    requestLog.add({ ...entry, status, message: explainError(error) });
    throw error;
  }
}

/**
 * The docs have no setting for the issuer (handshakes.md, section 5), so `iss` must be on the origin of the
 * authorization URL.
 */
function describeServer(
  { authorizationUrl, tokenUrl }: OAuthHandshake,
  parameters: URLSearchParams,
): oauth.AuthorizationServer {
  const { origin } = new URL(authorizationUrl);
  const issuer = parameters.get('iss') ?? origin;
  const isOnLoginOrigin = issuer === origin || issuer.startsWith(`${origin}/`);
  return {
    issuer: isOnLoginOrigin ? issuer : origin,
    token_endpoint: tokenUrl,
    // An ID token in the response is not used, so any algorithm is accepted.
    id_token_signing_alg_values_supported: ID_TOKEN_ALGORITHMS,
  };
}

async function explainFailure(error: unknown, { tokenUrl }: OAuthHandshake): Promise<string> {
  // fetch rejects with a plain TypeError if there is no response or CORS blocks it.
  if (!(error instanceof TypeError) || 'code' in error) return explainError(error);
  const message = await explainNoResponse('access token', 'oauth', tokenUrl);
  requestLog.add({ purpose: 'access token', method: 'POST', url: withoutQuery(tokenUrl), message });
  return message;
}

function explainError(error: unknown): string {
  if (error instanceof oauth.AuthorizationResponseError) {
    return error.error === 'access_denied'
      ? 'The login was canceled or denied (access_denied).'
      : `The authorization server refused the login: ${safeErrorCode(error.error)}.`;
  }
  if (error instanceof oauth.ResponseBodyError) {
    return `The token endpoint refused the code: ${safeErrorCode(error.error)}.`;
  }
  if (error instanceof oauth.WWWAuthenticateChallengeError) {
    return 'The token endpoint requires a client secret. Register the docs as a public client.';
  }
  if (error instanceof oauth.OperationProcessingError && error.code === oauth.INVALID_RESPONSE) {
    return 'The response does not belong to the login of this tab (wrong state or issuer), or is not valid OAuth 2.0.';
  }
  return 'The response of the authorization server is not valid OAuth 2.0.';
}

/** OAuth error codes are plain text. Anything else is not shown. */
function safeErrorCode(code: string): string {
  return /^[\w.-]{1,60}$/.test(code) ? code : 'invalid error code';
}

function callbackUrl(basePath: string): string {
  return location.origin + basePath + OAUTH_CALLBACK_PATH;
}

function takePending(): PendingAuthorization | undefined {
  const text = sessionStorage.getItem(STORAGE_KEY);
  sessionStorage.removeItem(STORAGE_KEY);
  try {
    const pending: unknown = JSON.parse(text ?? 'null');
    if (!isRecord(pending)) return undefined;
    const { state, codeVerifier, returnTo } = pending;
    if (typeof state !== 'string' || typeof codeVerifier !== 'string') return undefined;
    return { state, codeVerifier, returnTo: String(returnTo) };
  } catch {
    return undefined;
  }
}
