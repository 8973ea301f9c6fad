import type { JWTPayload } from 'jose';
import type { VerificationKey } from '../keys/public-key-parser.js';
import { readVisitor } from '../shared/visitor-reader.js';
import { isExpired } from '../shared/visitor-store.js';
import type { Visitor } from '../shared/visitor-types.js';
import { verifySignedClaims } from './signed-claims-verifier.js';
import { TokenRefusedError } from './token-refused-error.js';

/**
 * Verifies a token as public docs do (handshakes.md, section 2): {@link verifySignedClaims}, and then the shape
 * of the user data.
 *
 * @param token the unverified token from the fragment.
 * @param keys the site's keys.
 * @param nowMs the current time, in milliseconds since the epoch.
 * @returns the user data of the payload.
 * @throws TokenRefusedError with the reason.
 * @example
 * const visitor = await verifyToken(token, parsePublicKeys([pem], 'personalization'), Date.now());
 */
export async function verifyToken(
  token: string,
  keys: readonly VerificationKey[],
  nowMs: number,
): Promise<Visitor> {
  return readVisitorClaims(await verifySignedClaims(token, keys, 'personalization', nowMs), nowMs);
}

/**
 * Reads the user data of a verified token.
 *
 * @throws TokenRefusedError for malformed data, or a session that has expired already.
 * @example
 * readVisitorClaims({ groups: ['admin'], exp: 1_900_000_000 }, Date.now()); // { groups: ['admin'] }
 */
export function readVisitorClaims(claims: JWTPayload, nowMs: number): Visitor {
  const visitor = readVisitor(claims);
  if (typeof visitor === 'string') {
    throw new TokenRefusedError('invalid-data', `The token is valid, but its data is not: ${visitor}`);
  }
  if (isExpired(visitor, nowMs)) {
    throw new TokenRefusedError(
      'session-over',
      'The token is valid, but its expiresAt is in the past, so the session has expired already. ' +
        'Set expiresAt to the end of the session: hours to weeks ahead, in seconds since the epoch.',
    );
  }
  return visitor;
}
