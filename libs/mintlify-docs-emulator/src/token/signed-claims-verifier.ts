import { decodeProtectedHeader, errors, jwtVerify } from 'jose';
import type { JWTPayload, ProtectedHeaderParameters } from 'jose';
import type { VerificationKey } from '../keys/public-key-parser.js';
import { SIGNING_RULES } from '../shared/docs-mode.js';
import type { DocsMode } from '../shared/docs-mode.js';
import { TokenRefusedError } from './token-refused-error.js';

/** How many seconds ahead `exp` may be (handshakes.md, sections 2 and 3). */
export const MAX_EXPIRY_SECONDS = 10;

const TOKEN_FORMS: Readonly<Record<DocsMode, string>> = {
  personalization: 'The docs accept #{JWT} or #jwt={JWT}&anchor={ANCHOR}',
  authentication:
    'The callback reads its whole fragment as the token: /login/jwt-callback?redirect={PATH}#{JWT}, with the anchor inside redirect',
};

/**
 * Verifies what both modes require of a token: signed with the mode's algorithm by one of the site's keys, not
 * expired, and expiring at most ten seconds from now (handshakes.md, sections 2 and 3). Times are compared in
 * whole seconds, without tolerance.
 *
 * @param token the unverified token from the fragment.
 * @param keys the site's keys. If the token has a `kid`, only keys with that `kid` are tried, or else those
 * without one. If it has none, all keys are tried.
 * @param nowMs the current time, in milliseconds since the epoch.
 * @returns the payload. Its other claims are not verified yet.
 * @throws TokenRefusedError with the reason.
 * @example
 * const claims = await verifySignedClaims(token, keys, 'authentication', Date.now());
 */
export async function verifySignedClaims(
  token: string,
  keys: readonly VerificationKey[],
  mode: DocsMode,
  nowMs: number,
): Promise<JWTPayload> {
  const header = readHeader(token, mode);
  requireAlgorithm(header, mode);
  // Mintlify does not document a `kid` that is not a string; a strict verifier refuses it.
  if (mode === 'authentication' && !['string', 'undefined'].includes(typeof header.kid))
    throw malformed(mode);
  const claims = await verifyWithKeys(token, candidateKeys(keys, header.kid), mode, nowMs);
  requireShortExpiry(claims.exp ?? Infinity, nowMs);
  return claims;
}

function readHeader(token: string, mode: DocsMode): ProtectedHeaderParameters {
  try {
    return decodeProtectedHeader(token);
  } catch (cause) {
    throw malformed(mode, cause);
  }
}

function candidateKeys(keys: readonly VerificationKey[], kid: string | undefined): VerificationKey[] {
  if (kid === undefined) return [...keys];
  const named = keys.filter((key) => key.kid === kid);
  return named.length > 0 ? named : keys.filter((key) => key.kid === undefined);
}

async function verifyWithKeys(
  token: string,
  keys: readonly VerificationKey[],
  mode: DocsMode,
  nowMs: number,
): Promise<JWTPayload> {
  for (const { key } of keys) {
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: [SIGNING_RULES[mode].algorithm],
        requiredClaims: ['exp'],
        currentDate: new Date(nowMs),
      });
      return payload;
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw toError(error, mode, nowMs);
    }
  }
  throw new TokenRefusedError(
    'wrong-key',
    keys.length > 0
      ? 'The token is not signed with a key of this docs site. Start the docs emulator with the public half of the key that your backend signs with.'
      : 'No key of this docs site has the key ID (kid) of the token. Pass the public key with that kid to the emulator, or one without a kid.',
  );
}

// Checked before the keys are tried, so that the error does not depend on the number of keys.
function requireAlgorithm(header: ProtectedHeaderParameters, mode: DocsMode): void {
  const { algorithm, keyKind } = SIGNING_RULES[mode];
  if (header.alg === algorithm) return;
  const named = typeof header.alg === 'string' && /^[\w-]{1,20}$/.test(header.alg) ? header.alg : 'unknown';
  throw new TokenRefusedError(
    'wrong-algorithm',
    `The token's algorithm is ${named}, but ${mode} accepts only ${algorithm}. Sign with the site's ${keyKind} private key and the header {"alg":"${algorithm}"}.`,
  );
}

function requireShortExpiry(exp: number, nowMs: number): void {
  const ahead = exp - Math.floor(nowMs / 1000);
  if (ahead <= MAX_EXPIRY_SECONDS) return;
  const fix =
    exp > 1e11
      ? 'exp looks like milliseconds. Set it in seconds since the epoch.'
      : 'Set exp to at most 10 seconds from now, and check the clocks of both machines. Use expiresAt for the length of the session.';
  throw new TokenRefusedError(
    'expiry-too-far',
    `The token expires too far in the future: in ${ahead.toLocaleString('en')} seconds, but at most ${MAX_EXPIRY_SECONDS} are allowed. ${fix}`,
  );
}

function toError(error: unknown, mode: DocsMode, nowMs: number): Error {
  if (error instanceof errors.JWTExpired) return expired(error, nowMs);
  if (error instanceof errors.JWTClaimValidationFailed) return claimError(error);
  if (error instanceof errors.JOSEError) return malformed(mode, error);
  return error instanceof Error ? error : new Error('The token could not be verified.', { cause: error });
}

function expired(error: errors.JWTExpired, nowMs: number): TokenRefusedError {
  const ago = Math.floor(nowMs / 1000) - Number(error.payload.exp);
  return new TokenRefusedError(
    'expired',
    `The token expired ${ago} ${ago === 1 ? 'second' : 'seconds'} ago. A token is valid for at most 10 seconds. Log in again. If every token is refused, check the clocks of your backend and of this machine.`,
    { cause: error },
  );
}

function claimError(error: errors.JWTClaimValidationFailed): TokenRefusedError {
  if (error.claim === 'exp') {
    return new TokenRefusedError(
      'expiry-missing',
      'The token has no exp, or exp is not a number. Set exp to at most 10 seconds ahead, in seconds since the epoch.',
      { cause: error },
    );
  }
  if (error.claim === 'nbf') {
    return new TokenRefusedError(
      'not-yet-valid',
      'The token is not valid yet: its nbf is in the future. Remove nbf, or check the clocks of both machines.',
      { cause: error },
    );
  }
  return new TokenRefusedError('malformed', `The token's ${error.claim} has the wrong type.`, {
    cause: error,
  });
}

function malformed(mode: DocsMode, cause?: unknown): TokenRefusedError {
  return new TokenRefusedError(
    'malformed',
    `This is not a token. ${TOKEN_FORMS[mode]}. A JWT is three base64url parts joined by dots, signed as a JWS.`,
    { cause },
  );
}
