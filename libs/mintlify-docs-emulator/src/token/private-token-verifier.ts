import type { JWTPayload } from 'jose';
import type { VerificationKey } from '../keys/public-key-parser.js';
import type { Visitor } from '../shared/visitor-types.js';
import type { SiteAddress } from '../site/site-address.js';
import { verifySignedClaims } from './signed-claims-verifier.js';
import { TokenRefusedError } from './token-refused-error.js';
import type { JtiReplayStore } from './jti-replay-store.js';
import { readVisitorClaims } from './token-verifier.js';

// Where Mintlify is silent, what the strictest compatible verifier says (handshakes.md, sections 1 and 7).
const MAX_TOKEN_LENGTH = 32_768;
const MAX_AGE_SECONDS = 300;
const MAX_FUTURE_SECONDS = 30;
const MAX_GROUPS = 1_000;
const MAX_GROUP_LENGTH = 256;

/** What private docs check a token against. */
export interface PrivateTokenRules {
  /** The site's keys, all Ed25519. */
  keys: readonly VerificationKey[];
  /** Where the docs are: a token names their host. */
  address: Pick<SiteAddress, 'hostName' | 'origin'>;
  /** The ids of tokens that have been used. */
  replayStore: JtiReplayStore;
}

/**
 * Checks a token as private docs do (handshakes.md, sections 3 and 7): signed with EdDSA, `exp` at most ten
 * seconds ahead, `iat` at most 300 seconds old and 30 ahead, `host` the docs' host name exactly, `aud` the docs'
 * origin where there is one, and each `jti` once. Nothing passes that a stricter verifier is known to refuse.
 *
 * @param token what stood in the fragment, unchecked.
 * @param nowMs the present, in milliseconds since the epoch.
 * @returns the user data of the payload.
 * @throws TokenRefusedError with the reason in words.
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
      `The token is longer than ${MAX_TOKEN_LENGTH.toLocaleString('en')} characters: send less user data.`,
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
    "The token's exp is not a whole number: give seconds since the epoch.",
  );
}

function requireRecentIssue(issuedAt: number | undefined, now: number): void {
  if (issuedAt === undefined || !Number.isSafeInteger(issuedAt)) {
    throw new TokenRefusedError(
      'issued-at-missing',
      'The token has no iat, or one that is not a whole number. Set iat to the present, in seconds since the epoch.',
    );
  }
  if (now - issuedAt > MAX_AGE_SECONDS) {
    throw new TokenRefusedError(
      'issued-too-long-ago',
      `The token was issued more than ${MAX_AGE_SECONDS} seconds ago, by its iat. Sign a fresh one for each login, and compare the clocks of the two machines.`,
    );
  }
  if (issuedAt - now > MAX_FUTURE_SECONDS) {
    const isMilliseconds = issuedAt > 1e11;
    throw new TokenRefusedError(
      'issued-in-future',
      `The token's iat lies more than ${MAX_FUTURE_SECONDS} seconds ahead. ${isMilliseconds ? 'It looks like milliseconds: give seconds since the epoch.' : 'Compare the clocks of the two machines.'}`,
    );
  }
}

function requireHost(host: unknown, hostName: string): void {
  if (host === hostName) return;
  if (host === undefined) {
    throw new TokenRefusedError(
      'host-missing',
      `The token has no host, and private docs need it: set host to ${hostName}, the host name of these docs.`,
    );
  }
  throw new TokenRefusedError(
    'wrong-host',
    `The token is for another host. Its host must be exactly ${hostName}: the docs' host name in lower case, without scheme, port or path.`,
  );
}

function requireAudience(audience: JWTPayload['aud'], origin: string): void {
  if (audience === undefined || [audience].flat().includes(origin)) return;
  throw new TokenRefusedError(
    'wrong-audience',
    `The token is for another audience: leave aud out, or set it to ${origin}, the origin of these docs.`,
  );
}

function requireGroupLimits(groups: readonly string[]): void {
  if (groups.length <= MAX_GROUPS && groups.every((group) => group.length <= MAX_GROUP_LENGTH)) return;
  throw new TokenRefusedError(
    'invalid-data',
    `The token is valid, but its data is not: \`groups\` may hold ${MAX_GROUPS.toLocaleString('en')} groups of ${MAX_GROUP_LENGTH} characters at most.`,
  );
}

// Last of all: a token that is refused for another reason is not used up.
function requireUnusedJti({ jti, exp = 0 }: JWTPayload, replayStore: JtiReplayStore, nowMs: number): void {
  if (jti === undefined) return;
  if (typeof jti !== 'string' || jti === '') {
    throw new TokenRefusedError(
      'malformed',
      "The token's jti is not of the right type: give a text, or leave it out.",
    );
  }
  if (replayStore.markUsed(jti, exp, nowMs)) return;
  throw new TokenRefusedError(
    'already-used',
    'The token has been used already, by its jti. Log in again for a fresh one, and give each token a jti of its own.',
  );
}
