import { decodeProtectedHeader, errors, jwtVerify } from 'jose';
import type { JWTPayload, ProtectedHeaderParameters } from 'jose';
import type { VerificationKey } from '../keys/public-key-parser.js';
import { SIGNING_RULES } from '../shared/docs-mode.js';
import type { DocsMode } from '../shared/docs-mode.js';
import { TokenRefusedError } from './token-refused-error.js';

/** The longest time, in seconds, that `exp` may lie ahead (handshakes.md, sections 2 and 3). */
export const MAX_EXPIRY_SECONDS = 10;

const TOKEN_FORMS: Readonly<Record<DocsMode, string>> = {
  personalization: 'The docs take #{JWT} or #jwt={JWT}&anchor={ANCHOR}',
  authentication:
    'The callback takes its whole fragment as the token, /login/jwt-callback?redirect={PATH}#{JWT}, and an anchor stands inside redirect',
};

/**
 * Checks what both modes ask of a token: signed with the mode's algorithm by one of the site's keys, not
 * expired, and expiring at most ten seconds from now (handshakes.md, sections 2 and 3). Time is compared in
 * whole seconds, with no further tolerance.
 *
 * @param token what stood in the fragment, unchecked.
 * @param keys the site's keys. One whose `kid` the token names is the only one tried; otherwise those without
 * a `kid`, or all of them for a token that names none.
 * @param nowMs the present, in milliseconds since the epoch.
 * @returns the payload, whose other claims are still unchecked.
 * @throws TokenRefusedError with the reason in words.
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
  // Mintlify does not say what it makes of a `kid` that is no text; a strict verifier refuses it.
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
      : 'The token names a key id (kid) that no key of this docs site has. Give the emulator the public key with that kid, or one without a kid.',
  );
}

// Asked before the keys are tried, so that the answer does not depend on how many there are.
function requireAlgorithm(header: ProtectedHeaderParameters, mode: DocsMode): void {
  const { algorithm, keyKind } = SIGNING_RULES[mode];
  if (header.alg === algorithm) return;
  const named =
    typeof header.alg === 'string' && /^[\w-]{1,20}$/.test(header.alg) ? header.alg : 'no known one';
  throw new TokenRefusedError(
    'wrong-algorithm',
    `The token's algorithm is ${named}, and ${mode} accepts ${algorithm} alone. Sign with the site's ${keyKind} private key and the header {"alg":"${algorithm}"}.`,
  );
}

function requireShortExpiry(exp: number, nowMs: number): void {
  const ahead = exp - Math.floor(nowMs / 1000);
  if (ahead <= MAX_EXPIRY_SECONDS) return;
  const fix =
    exp > 1e11
      ? 'exp looks like milliseconds: give seconds since the epoch.'
      : 'Set exp to the present plus 10 seconds at most, and compare the clocks of the two machines. The length of the session belongs in expiresAt.';
  throw new TokenRefusedError(
    'expiry-too-far',
    `The token expires too far ahead: in ${ahead.toLocaleString('en')} seconds, where at most ${MAX_EXPIRY_SECONDS} are allowed. ${fix}`,
  );
}

function toError(error: unknown, mode: DocsMode, nowMs: number): Error {
  if (error instanceof errors.JWTExpired) return expired(error, nowMs);
  if (error instanceof errors.JWTClaimValidationFailed) return claimError(error);
  if (error instanceof errors.JOSEError) return malformed(mode, error);
  return error instanceof Error ? error : new Error('The token could not be checked.', { cause: error });
}

function expired(error: errors.JWTExpired, nowMs: number): TokenRefusedError {
  const ago = Math.floor(nowMs / 1000) - Number(error.payload.exp);
  return new TokenRefusedError(
    'expired',
    `The token expired ${ago} ${ago === 1 ? 'second' : 'seconds'} ago. A token lives for 10 seconds at most: log in again for a fresh one. If every token is refused, compare the clock of your backend with this machine's.`,
    { cause: error },
  );
}

function claimError(error: errors.JWTClaimValidationFailed): TokenRefusedError {
  if (error.claim === 'exp') {
    return new TokenRefusedError(
      'expiry-missing',
      'The token has no exp, or one that is not a number. Set exp, in seconds since the epoch, to at most 10 seconds ahead.',
      { cause: error },
    );
  }
  if (error.claim === 'nbf') {
    return new TokenRefusedError(
      'not-yet-valid',
      'The token is not valid yet: its nbf lies ahead. Leave nbf out, or compare the clocks of the two machines.',
      { cause: error },
    );
  }
  return new TokenRefusedError('malformed', `The token's ${error.claim} is not of the right type.`, {
    cause: error,
  });
}

function malformed(mode: DocsMode, cause?: unknown): TokenRefusedError {
  return new TokenRefusedError(
    'malformed',
    `This is not a token. ${TOKEN_FORMS[mode]}, where a JWT is three base64url parts joined by dots, signed as a JWS.`,
    { cause },
  );
}
