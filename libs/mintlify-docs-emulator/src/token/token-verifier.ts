import type { JWTPayload } from 'jose';
import type { VerificationKey } from '../keys/public-key-parser.js';
import { readVisitor } from '../shared/visitor-reader.js';
import { isExpired } from '../shared/visitor-store.js';
import type { Visitor } from '../shared/visitor-types.js';
import { verifySignedClaims } from './signed-claims-verifier.js';
import { TokenRefusedError } from './token-refused-error.js';

/**
 * Checks a token as public docs do (handshakes.md, section 2): see {@link verifySignedClaims}, and the user
 * data must have the known shape.
 *
 * @param token what stood in the fragment, unchecked.
 * @param keys the site's keys.
 * @param nowMs the present, in milliseconds since the epoch.
 * @returns the user data of the payload.
 * @throws TokenRefusedError with the reason in words.
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
 * Reads the user data of a token whose signature holds.
 *
 * @throws TokenRefusedError for data of another shape, or a session that is over before it begins.
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
      'The token is valid, but its expiresAt is already past, so the docs drop the data at once. ' +
        'Set expiresAt to the end of the session: hours to weeks ahead, in seconds since the epoch.',
    );
  }
  return visitor;
}
