import * as oauth from 'oauth4webapi';
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

/** A login that is on its way, as this tab keeps it. */
interface PendingAuthorization {
  state: string;
  codeVerifier: string;
  /** The page to come back to, with query and anchor. */
  returnTo: string;
}

/** What came of a login, and the page where it began. */
export interface AuthorizationResult {
  answer: UserInfoAnswer;
  /** As it was kept, unchecked; absent where this tab began no login. */
  returnTo?: unknown;
}

/**
 * Makes the address of an authorization request with PKCE (RFC 6749, section 4.1.1; RFC 7636), and keeps in this tab what
 * its answer is checked with.
 *
 * @throws where the browser has no WebCrypto: on plain http, but for localhost.
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
 * Takes the answer to an authorization request: checks it, redeems the code, and asks who the visitor is. It never
 * rejects. The access token is kept nowhere.
 *
 * @param parameters of the callback's address.
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
      'This tab has begun no login, or has used its answer already: begin again with "Log in" in the docs.';
    return { answer: { error: message } };
  }
  const { returnTo } = pending;
  try {
    const token = await redeemCode(handshake, basePath, parameters, pending);
    return { returnTo, answer: await fetchUserInfo(handshake.infoApiUrl, token) };
  } catch (error) {
    return { returnTo, answer: { error: await explainFailure(error, handshake) } };
  }
}

async function redeemCode(
  handshake: OAuthHandshake,
  basePath: string,
  parameters: URLSearchParams,
  { state, codeVerifier }: PendingAuthorization,
): Promise<string> {
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
      // The docs themselves may be on plain http, on this machine or in its network.
      [oauth.allowInsecureRequests]: new URL(handshake.tokenUrl).protocol === 'http:',
    },
  );
  const entry = { purpose: 'access token', method: 'POST', url: withoutQuery(handshake.tokenUrl) } as const;
  const { status } = response;
  try {
    const { access_token } = await oauth.processAuthorizationCodeResponse(server, client, response);
    requestLog.add({ ...entry, status, message: 'The code was redeemed for an access token.' });
    return access_token;
  } catch (error) {
    requestLog.add({ ...entry, status, message: explainError(error) });
    throw error;
  }
}

/** The docs know no issuer (handshakes.md, section 5): one that names itself must be where the login page is. */
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
    // An ID token that comes along is of no use here, however it is signed.
    id_token_signing_alg_values_supported: ID_TOKEN_ALGORITHMS,
  };
}

async function explainFailure(error: unknown, { tokenUrl }: OAuthHandshake): Promise<string> {
  // What fetch rejects with, where it may say nothing.
  if (!(error instanceof TypeError) || 'code' in error) return explainError(error);
  const message = await explainNoResponse('access token', 'oauth', tokenUrl);
  requestLog.add({ purpose: 'access token', method: 'POST', url: withoutQuery(tokenUrl), message });
  return message;
}

function explainError(error: unknown): string {
  if (error instanceof oauth.AuthorizationResponseError) {
    return error.error === 'access_denied'
      ? 'The login was cancelled, or refused (access_denied).'
      : `The authorization server refused the login: ${safeErrorCode(error.error)}.`;
  }
  if (error instanceof oauth.ResponseBodyError) {
    return `The token endpoint refused the code: ${safeErrorCode(error.error)}.`;
  }
  if (error instanceof oauth.WWWAuthenticateChallengeError) {
    return 'The token endpoint asks the client for a secret: the docs need a public client.';
  }
  if (error instanceof oauth.OperationProcessingError && error.code === oauth.INVALID_RESPONSE) {
    return 'The answer does not belong to the login that this tab began (state or issuer), or is not what OAuth 2.0 asks for.';
  }
  return 'The answer of the authorization server is not what OAuth 2.0 asks for.';
}

/** An error code of OAuth 2.0 is plain text; what is none is not repeated. */
function safeErrorCode(code: string): string {
  return /^[\w.-]{1,60}$/.test(code) ? code : 'an error without a name';
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
