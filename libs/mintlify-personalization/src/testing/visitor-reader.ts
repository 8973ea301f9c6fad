import { DocsArrivalError } from './docs-arrival-error.js';
import { readDocsRedirect, TOKEN, type DocsRedirect } from './docs-redirect-reader.js';
import {
  verifyDocsToken,
  type DocsPublicKey,
  type DocsTokenChecks,
  type DocsTokenClaims,
} from './docs-token-verifier.js';
import { readResponse, type ReadResponse } from './http-response-reader.js';

/** What the docs must learn of a visitor: each field that is named must be equal; of the others nothing is said. */
export type ExpectedVisitor = { [Field in keyof DocsTokenClaims]?: unknown };

/** What a visitor's token is verified with. */
export interface VisitorChecks extends DocsTokenChecks {
  /**
   * The key that the app signs with, as `createTestSigningKey` makes it, or its public half alone. Needed for tokens;
   * an answer of a user-info route has none.
   */
  key?: { readonly publicKey: DocsPublicKey };
}

/**
 * Reads where an answer of the JWT handshakes, or a `Location`, leads.
 *
 * @internal
 * @throws DocsArrivalError for one that does not lead to docs
 * @throws TypeError for what is neither
 */
export function readRedirect(received: unknown): DocsRedirect {
  if (typeof received === 'string' || received instanceof URL) return readDocsRedirect(received);
  const answer = requireResponse(received);
  const { status = 302 } = answer;
  if (status !== 302) {
    throw new DocsArrivalError(
      `The status of the answer is ${status}, and that of a docs redirect is 302. If the client follows redirects, ` +
        'have it stop at the first.',
    );
  }
  const redirect = readDocsRedirect(answer.header('location'));
  const cacheControl = answer.header('cache-control') ?? '';
  if (!/(?:^|[\s,])no-store(?:$|[\s,])/i.test(cacheControl)) {
    throw new DocsArrivalError(
      'The answer has a token in its Location, and its cache-control is not no-store: what of the app sets it anew?',
    );
  }
  return redirect;
}

/**
 * Reads who the visitor is to the docs, from an answer of any handshake, a `Location` or a token.
 *
 * @internal
 * @throws DocsArrivalError for what tells docs nothing, or what they would not accept
 * @throws TypeError for what is none of these, and without a key where one is needed
 */
export async function readVisitor(received: unknown, { key, ...checks }: VisitorChecks): Promise<object> {
  const answer = readResponse(received);
  if (answer?.status === 200) return readUserInfo(answer);
  const token =
    typeof received === 'string' && TOKEN.test(received) ? received : readRedirect(received).token;
  if (key === undefined) {
    throw new TypeError(
      'A token is verified with the key that the app signs with: toIdentify(visitor, { key }), where key is made by ' +
        'createTestSigningKey() or is { publicKey }.',
    );
  }
  return verifyDocsToken(token, key.publicKey, checks);
}

async function readUserInfo(answer: ReadResponse): Promise<object> {
  const user = await answer.readBody();
  if (typeof user === 'object' && user !== null && !Array.isArray(user)) return user;
  throw new DocsArrivalError(
    'The answer is 200, and its body is no JSON object: docs learn nothing from it.',
  );
}

function requireResponse(received: unknown): ReadResponse {
  const answer = readResponse(received);
  if (answer !== undefined) return answer;
  throw new TypeError(
    'The answer of an HTTP client was expected, or a Location, and this is none. Was the request awaited?',
  );
}
