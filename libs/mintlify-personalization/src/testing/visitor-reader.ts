import { DocsArrivalError } from './docs-arrival-error.js';
import { readDocsRedirect, TOKEN, type DocsRedirect } from './docs-redirect-reader.js';
import {
  verifyDocsToken,
  type DocsPublicKey,
  type DocsTokenChecks,
  type DocsTokenClaims,
} from './docs-token-verifier.js';
import { readResponse, type ReadResponse } from './http-response-reader.js';

/** The expected fields of a visitor. Other fields are ignored. */
export type ExpectedVisitor = { [Field in keyof DocsTokenClaims]?: unknown };

/** How a visitor's token is verified. */
export interface VisitorChecks extends DocsTokenChecks {
  /**
   * The key that the app signs with, from `createTestSigningKey`, or an object with its public half. Required for tokens,
   * but not for responses of the user-info routes.
   */
  key?: { readonly publicKey: DocsPublicKey };
}

/**
 * Parses where a response of the JWT handshakes leads: a redirect, or the JSON for a single-page app. Also takes a
 * `Location`, or that JSON alone.
 *
 * @internal
 * @throws DocsArrivalError if it does not lead to docs
 * @throws TypeError if it is none of these
 */
export function readRedirect(received: unknown): DocsRedirect {
  if (typeof received === 'string' || received instanceof URL) return readDocsRedirect(received);
  const url = urlIn(received);
  if (url !== undefined) return readDocsRedirect(url);
  const response = requireResponse(received);
  const { status = 302 } = response;
  if (status !== 302 && status !== 200) {
    throw new DocsArrivalError(
      `The status of the response is ${status}, but a docs redirect has 302, and 200 if a single-page app asks by POST. ` +
        'If the client follows redirects, turn that off.',
    );
  }
  const redirect = readDocsRedirect(status === 200 ? readUrl(response) : response.header('location'));
  const cacheControl = response.header('cache-control') ?? '';
  if (!/(?:^|[\s,])no-store(?:$|[\s,])/i.test(cacheControl)) {
    throw new DocsArrivalError(
      'The response has a token, but its cache-control is not no-store. Find what in the app changes it.',
    );
  }
  return redirect;
}

/**
 * Reads the user from a response of any handshake, a `Location` or a token.
 *
 * @internal
 * @throws DocsArrivalError if it has no user, or the docs would reject it
 * @throws TypeError if it is none of these, or the key is missing
 */
export async function readVisitor(received: unknown, { key, ...checks }: VisitorChecks): Promise<object> {
  const response = readResponse(received);
  const body = response?.status === 200 ? await response.readBody() : undefined;
  const url = urlIn(body);
  if (response?.status === 200 && url === undefined) return readUserInfo(body);
  const token =
    typeof received === 'string' && TOKEN.test(received) ? received : readRedirect(url ?? received).token;
  if (key === undefined) {
    throw new TypeError(
      'The key to verify the token with is missing. Call toIdentify(visitor, { key }), where key is from ' +
        'createTestSigningKey() or is { publicKey }.',
    );
  }
  return verifyDocsToken(token, key.publicKey, checks);
}

function readUserInfo(user: unknown): object {
  if (typeof user === 'object' && user !== null && !Array.isArray(user)) return user;
  throw new DocsArrivalError(
    'The response is 200, but its body is not a JSON object, so it does not identify a visitor.',
  );
}

/** The URL in the answer of `POST`: a body that is parsed already, or that the client parses at once. */
function readUrl(response: ReadResponse): string {
  const url = urlIn(response.peekBody());
  if (url !== undefined) return url;
  throw new DocsArrivalError(
    'The response is 200, but its body is not { url }. If it is a response of fetch, pass its body: ' +
      'expect(await response.json()).toBeDocsRedirect().',
  );
}

/** A user has no field of that name (`spec/handshakes.md`, section 1). */
function urlIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || 'headers' in body) return undefined;
  const { url } = body as { url?: unknown };
  return typeof url === 'string' ? url : undefined;
}

function requireResponse(received: unknown): ReadResponse {
  const response = readResponse(received);
  if (response !== undefined) return response;
  throw new TypeError(
    'Expected the response of an HTTP client, or a Location. Check that the request was awaited.',
  );
}
