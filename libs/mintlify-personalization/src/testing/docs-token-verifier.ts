import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { types } from 'node:util';
import { errors, jwtVerify, type JWTPayload } from 'jose';
import type { MintlifyUser } from '../ports/mintlify-user.js';
import { systemClock, type Clock } from '../time/clock.js';
import { DocsArrivalError } from './docs-arrival-error.js';

/** The public half of a signing key: SPKI PEM, a JWK, or a `KeyObject`. */
export type DocsPublicKey = string | JsonWebKey | KeyObject;

/** What a token is checked against, beside the key. */
export interface DocsTokenChecks {
  /** What time it is. Default: the machine's own; give the clock that the library has in the test. */
  clock?: Clock;
  /** The docs that the token must be for, as in the option `docsUrl`: their host is `host`, their origin `aud`. */
  docsUrl?: string;
}

/** What the docs learn from a token. */
export interface DocsTokenClaims extends MintlifyUser {
  /** Seconds since the epoch: at most ten seconds ahead. */
  readonly exp: number;
  readonly iat?: number;
  readonly jti?: string;
  readonly aud?: string | string[];
  /** In private docs always. */
  readonly host?: string;
}

/** The most that docs accept (`spec/handshakes.md`, sections 2 and 3). */
const MAX_LIFETIME_SECONDS = 10;

/**
 * Verifies a token as the docs do, with `jose`: its signature, by ES256 for a P-256 key and by EdDSA for an Ed25519 one;
 * that `exp` lies ahead, and no more than ten seconds; and in private docs `host` (`spec/handshakes.md`, sections 2 and
 * 3). The library signs with Node's own crypto, so that each proves the other right.
 *
 * @example
 * ```ts
 * const { token } = readDocsRedirect(response.headers.location);
 * const claims = await verifyDocsToken(token, key.publicKey, { docsUrl: 'https://docs.foo.com' });
 * expect(claims.groups).toEqual(['admin']);
 * ```
 * @throws DocsArrivalError for a token that docs refuse, saying why, and without the token
 * @throws TypeError for a key that is none, or of another kind
 */
export async function verifyDocsToken(
  token: string,
  publicKey: DocsPublicKey,
  { clock = systemClock, docsUrl }: DocsTokenChecks = {},
): Promise<DocsTokenClaims> {
  const key = readKey(publicKey);
  const algorithm = key.asymmetricKeyType === 'ed25519' ? 'EdDSA' : 'ES256';
  const nowMs = clock.now();
  const claims = await readClaims(token, key, algorithm, nowMs);
  checkLifetime(claims, Math.floor(nowMs / 1_000));
  checkDocs(claims, algorithm, docsUrl === undefined ? undefined : new URL(docsUrl));
  return claims as unknown as DocsTokenClaims;
}

async function readClaims(
  token: string,
  key: KeyObject,
  algorithm: string,
  nowMs: number,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [algorithm],
      currentDate: new Date(nowMs),
      requiredClaims: ['exp'],
    });
    return payload;
  } catch (error) {
    // oxlint-disable-next-line preserve-caught-error -- it holds the claims
    throw new DocsArrivalError(`The docs will not take the token: ${explain(error, algorithm)}`);
  }
}

function explain(error: unknown, algorithm: string): string {
  if (error instanceof errors.JWTExpired) {
    return (
      'it has expired, by the clock that it is verified with. If the library has a clock of its own in this test, ' +
      'give the same one as { clock }.'
    );
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return 'signature and key do not belong together. Does the app sign with the private half of this key?';
  }
  if (error instanceof errors.JOSEAlgNotAllowed) {
    return `it is not signed by ${algorithm}, which is the algorithm of this key. Is it the key of another mode?`;
  }
  if (error instanceof errors.JWTClaimValidationFailed)
    return `the claim ${error.claim} is missing or wrong.`;
  return 'it is no JSON Web Token.';
}

function checkLifetime({ exp = 0 }: JWTPayload, nowSeconds: number): void {
  const secondsAhead = exp - nowSeconds;
  if (secondsAhead <= MAX_LIFETIME_SECONDS) return;
  throw new DocsArrivalError(
    `The docs will not take the token: exp lies ${secondsAhead} seconds ahead, and ${MAX_LIFETIME_SECONDS} are the ` +
      'most. If the library has a clock of its own in this test, give the same one as { clock }.',
  );
}

function checkDocs({ host, aud }: JWTPayload, algorithm: string, docs: URL | undefined): void {
  if (algorithm === 'EdDSA' && (typeof host !== 'string' || (docs && host !== docs.hostname))) {
    throw new DocsArrivalError(
      `The docs will not take the token: the claim host must be ${docs?.hostname ?? 'the host name of the docs'} in a token for private docs.`,
    );
  }
  if (docs && aud !== undefined && ![aud].flat().includes(docs.origin)) {
    throw new DocsArrivalError(`The docs will not take the token: the claim aud must be ${docs.origin}.`);
  }
}

function readKey(publicKey: DocsPublicKey): KeyObject {
  const key = importKey(publicKey);
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key ?? {};
  if (key && (type === 'ed25519' || details?.namedCurve === 'prime256v1')) return key;
  throw new TypeError(
    'publicKey must be the public half of a P-256 or an Ed25519 key: SPKI PEM, a JWK, or a KeyObject. ' +
      'createTestSigningKey() makes one.',
  );
}

function importKey(publicKey: DocsPublicKey): KeyObject | undefined {
  if (types.isKeyObject(publicKey)) return publicKey.type === 'public' ? publicKey : undefined;
  try {
    return typeof publicKey === 'string'
      ? createPublicKey(publicKey)
      : createPublicKey({ key: publicKey, format: 'jwk' });
  } catch {
    // Node's words may quote what it was to read.
    return undefined;
  }
}
