import type { JWTPayload } from 'jose';
import type { VerificationKey } from '../keys/public-key-parser.js';
import type { Visitor } from '../shared/visitor-types.js';
import type { SiteAddress } from '../site/site-address.js';
import { verifySignedClaims } from './signed-claims-verifier.js';
import { TokenRefusedError } from './token-refused-error.js';
import type { JtiReplayStore } from './jti-replay-store.js';
import { readVisitorClaims } from './token-verifier.js';

// Where Mintlify documents no limit, the strictest known limit applies (handshakes.md, sections 1 and 7).
const MAX_TOKEN_LENGTH = 32_768;
const MAX_AGE_SECONDS = 300;
const MAX_FUTURE_SECONDS = 30;
const MAX_GROUPS = 1_000;
const MAX_GROUP_LENGTH = 256;

/** What private docs verify a token against. */
export interface PrivateTokenRules {
  /** The site's keys, all Ed25519. */
  keys: readonly VerificationKey[];
  /** The address of the docs, for `host` and `aud`. */
  address: Pick<SiteAddress, 'hostName' | 'origin'>;
  /** The `jti` values of tokens that have been used. */
  replayStore: JtiReplayStore;
}

/**
 * Verifies a token as private docs do (handshakes.md, sections 3 and 7). Nothing passes that a stricter
 * verifier is known to refuse:
 *
 * - signed with EdDSA;
 * - `exp` at most ten seconds ahead;
 * - `iat` at most 300 seconds ago and 30 ahead;
 * - `host` equal to the docs' host name;
 * - `aud`, if present, equal to the docs' origin;
 * - each `jti` used once.
 *
 * @param token the unverified token from the fragment.
 * @param nowMs the current time, in milliseconds since the epoch.
 * @returns the user data of the payload.
 * @throws TokenRefusedError with the reason.
 * @example
 * const visitor = await verifyPrivateToken(token, { keys, address, replayStore }, Date.now());
 */
export async function verifyPrivateToken(
  token: string,
  { keys, address, replayStore }: PrivateTokenRules,
  nowMs: number,
): Promise<Visitor> {
  if (token.length > MAX_TOKEN_LENGTH) {
    throw new TokenRefusedError(
      'too-large',
      `The token is longer than ${MAX_TOKEN_LENGTH.toLocaleString('en')} characters. Send less user data.`,
    );
  }
  const claims = await verifySignedClaims(token, keys, 'authentication', nowMs);
  requireIntegerExpiry(claims.exp);
  requireRecentIssue(claims.iat, Math.floor(nowMs / 1000));
  requireHost(claims.host, address.hostName);
  requireAudience(claims.aud, address.origin);
  const visitor = readVisitorClaims(claims, nowMs);
  requireGroupLimits(visitor.groups ?? []);
  requireUnusedJti(claims, replayStore, nowMs);
  return visitor;
}

function requireIntegerExpiry(expiry: number | undefined): void {
  if (Number.isSafeInteger(expiry)) return;
  throw new TokenRefusedError(
    'expiry-missing',
    "The token's exp is not an integer. Set it in seconds since the epoch.",
  );
}

function requireRecentIssue(issuedAt: number | undefined, now: number): void {
  if (issuedAt === undefined || !Number.isSafeInteger(issuedAt)) {
    throw new TokenRefusedError(
      'issued-at-missing',
      'The token has no iat, or iat is not an integer. Set iat to the current time, in seconds since the epoch.',
    );
  }
  if (now - issuedAt > MAX_AGE_SECONDS) {
    throw new TokenRefusedError(
      'issued-too-long-ago',
      `According to its iat, the token was issued more than ${MAX_AGE_SECONDS} seconds ago. Sign a new token for each login, and check the clocks of both machines.`,
    );
  }
  if (issuedAt - now > MAX_FUTURE_SECONDS) {
    const isMilliseconds = issuedAt > 1e11;
    throw new TokenRefusedError(
      'issued-in-future',
      `The token's iat is more than ${MAX_FUTURE_SECONDS} seconds in the future. ${isMilliseconds ? 'It looks like milliseconds. Set it in seconds since the epoch.' : 'Check the clocks of both machines.'}`,
    );
  }
}

function requireHost(host: unknown, hostName: string): void {
  if (host === hostName) return;
  if (host === undefined) {
    throw new TokenRefusedError(
      'host-missing',
      `The token has no host, which private docs require. Set host to ${hostName}, the host name of these docs.`,
    );
  }
  throw new TokenRefusedError(
    'wrong-host',
    `The token is for another host. Its host must be exactly ${hostName}: the host name of the docs in lower case, without scheme, port or path.`,
  );
}

function requireAudience(audience: JWTPayload['aud'], origin: string): void {
  if (audience === undefined || [audience].flat().includes(origin)) return;
  throw new TokenRefusedError(
    'wrong-audience',
    `The token is for another audience. Remove aud, or set it to ${origin}, the origin of these docs.`,
  );
}

function requireGroupLimits(groups: readonly string[]): void {
  if (groups.length <= MAX_GROUPS && groups.every((group) => group.length <= MAX_GROUP_LENGTH)) return;
  throw new TokenRefusedError(
    'invalid-data',
    `The token is valid, but its data is not: \`groups\` may have at most ${MAX_GROUPS.toLocaleString('en')} groups of at most ${MAX_GROUP_LENGTH} characters.`,
  );
}

// Checked last: a token that was refused for another reason can be used again.
function requireUnusedJti({ jti, exp = 0 }: JWTPayload, replayStore: JtiReplayStore, nowMs: number): void {
  if (jti === undefined) return;
  if (typeof jti !== 'string' || jti === '') {
    throw new TokenRefusedError(
      'malformed',
      "The token's jti has the wrong type. Use a non-empty string, or remove it.",
    );
  }
  if (replayStore.markUsed(jti, exp, nowMs)) return;
  throw new TokenRefusedError(
    'already-used',
    'A token with this jti has been used already. Log in again, and give each token a unique jti.',
  );
}
