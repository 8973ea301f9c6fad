import { createPublicKey } from 'node:crypto';
import { compactVerify, decodeJwt, decodeProtectedHeader } from 'jose';
import { InvalidMintlifyUserError } from '../../mintlify-personalization/src/errors.js';
import { KEY_KINDS } from '../../mintlify-personalization/src/mintlify/key-kind.js';
import { parseUrl } from '../../mintlify-personalization/src/options/parse-url.js';
import type { DocsMode } from '../../mintlify-personalization/src/ports/docs-site.js';
import { createUserValidator } from './user-values.js';

/** What the docs are, as far as it is known, and what time it is. */
export interface TokenDemands {
  /** Default: the mode that the token's algorithm is for. */
  readonly mode?: DocsMode | undefined;
  readonly docsUrl?: string | undefined;
  /** PEM (SPKI). Without it, the signature is not looked at. */
  readonly publicKey?: string | undefined;
  readonly nowMs: number;
}

/** Something for which the docs would refuse a token, or a visitor would miss something. */
export interface TokenFault {
  readonly what: string;
  readonly fix: string;
}

/** What a token says, and what the docs will think of it. */
export interface TokenInspection {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly mode: DocsMode | undefined;
  readonly signature: 'valid' | 'invalid' | 'unchecked';
  /** Empty: the docs will take it. */
  readonly faults: readonly TokenFault[];
}

type Claims = Readonly<Record<string, unknown>>;

/** What the library adds to a user, and what a JWT may carry besides (RFC 7519, section 4.1). */
const OWN_CLAIMS = new Set(['host', 'exp', 'iat', 'nbf', 'jti', 'aud', 'iss', 'sub']);
const MAX_LIFETIME_SECONDS = 10;
const CLOCK_TOLERANCE_SECONDS = 5;

/**
 * Reads a token and finds all for which the docs would refuse it (`spec/handshakes.md`, sections 1 to 3).
 *
 * @returns `undefined` when it is no signed token at all
 */
export async function inspectToken(
  token: string,
  demands: TokenDemands,
): Promise<TokenInspection | undefined> {
  let header: Claims;
  let claims: Claims;
  try {
    header = { ...decodeProtectedHeader(token) };
    claims = decodeJwt(token);
  } catch {
    return undefined;
  }
  const mode = demands.mode ?? modeOf(header);
  const signature = await checkSignature(token, mode, demands.publicKey);
  const faults = [
    ...findAlgorithmFaults(header, mode),
    ...(signature === 'invalid' ? [BAD_SIGNATURE] : []),
    ...findTimeFaults(claims, demands.nowMs / 1_000),
    ...(mode === 'authentication' ? findHostFaults(claims, demands.docsUrl) : []),
    ...findUserFaults(claims, demands.nowMs),
  ];
  return { header, claims, mode, signature, faults };
}

const BAD_SIGNATURE: TokenFault = {
  what: 'It is not signed with this key.',
  fix: 'Give the backend the private half of the key that the docs have.',
};

function modeOf({ alg }: Claims): DocsMode | undefined {
  return Object.values(KEY_KINDS).find(({ algorithm }) => algorithm === alg)?.mode;
}

async function checkSignature(
  token: string,
  mode: DocsMode | undefined,
  publicKey: string | undefined,
): Promise<TokenInspection['signature']> {
  // Of another algorithm, it is no token for these docs, whatever signed it: that is a fault of its own.
  if (publicKey === undefined || mode === undefined) return 'unchecked';
  if (decodeProtectedHeader(token).alg !== KEY_KINDS[mode].algorithm) return 'unchecked';
  try {
    await compactVerify(token, createPublicKey(publicKey), { algorithms: [KEY_KINDS[mode].algorithm] });
    return 'valid';
  } catch {
    return 'invalid';
  }
}

function* findAlgorithmFaults({ alg }: Claims, mode: DocsMode | undefined): Iterable<TokenFault> {
  if (mode !== undefined && alg === KEY_KINDS[mode].algorithm) return;
  const wanted = mode === undefined ? 'ES256, private ones EdDSA' : KEY_KINDS[mode].algorithm;
  yield {
    what: `It is signed with ${typeof alg === 'string' ? alg : 'no algorithm'}, and the docs take ${wanted}.`,
    fix: "Set the option mode to the kind of docs that you have, and give it that mode's key.",
  };
}

function* findTimeFaults({ exp, iat }: Claims, nowSeconds: number): Iterable<TokenFault> {
  if (typeof exp !== 'number') {
    yield { what: 'It has no exp.', fix: 'Sign with an expiry at most ten seconds ahead.' };
    return;
  }
  if (exp > 1e11) {
    yield { what: 'exp looks like milliseconds.', fix: 'Give seconds since the epoch.' };
    return;
  }
  if (exp <= nowSeconds) {
    yield {
      what: `It expired ${Math.ceil(nowSeconds - exp)} seconds ago.`,
      fix: 'A token is for the redirect in which it is made. If this one was new, set the clock of the backend (NTP).',
    };
  }
  const lifetime = exp - (typeof iat === 'number' ? iat : nowSeconds);
  if (lifetime > MAX_LIFETIME_SECONDS) {
    yield {
      what: `It is good for ${Math.ceil(lifetime)} seconds, and the docs allow ten.`,
      fix: 'Leave tokenLifetimeSeconds at 10, or below.',
    };
  }
  if (typeof iat === 'number' && iat > nowSeconds + CLOCK_TOLERANCE_SECONDS) {
    yield {
      what: `It was made ${Math.ceil(iat - nowSeconds)} seconds in the future.`,
      fix: 'Set the clock of the backend (NTP).',
    };
  }
}

function* findHostFaults({ host }: Claims, docsUrl: string | undefined): Iterable<TokenFault> {
  const expected = docsUrl === undefined ? undefined : parseUrl(docsUrl)?.hostname;
  if (typeof host !== 'string' || host === '') {
    yield { what: 'It has no host, and private docs ask for it.', fix: "Sign with mode 'authentication'." };
  } else if (expected !== undefined && host !== expected) {
    yield { what: `Its host is not that of the docs, ${expected}.`, fix: 'Set docsUrl to the docs site.' };
  }
}

function findUserFaults(claims: Claims, nowMs: number): readonly TokenFault[] {
  const user = Object.fromEntries(Object.entries(claims).filter(([name]) => !OWN_CLAIMS.has(name)));
  try {
    createUserValidator({ now: () => nowMs }).validate(user);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidMintlifyUserError)) throw error;
    return error.violations.map(({ path, message }) => ({
      what: `${path}: ${message}`,
      fix: 'Change what the claim mapper returns.',
    }));
  }
}
