import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { types } from 'node:util';
import { errors, jwtVerify, type JWTPayload } from 'jose';
import type { MintlifyUser } from '../ports/mintlify-user.js';
import { systemClock, type Clock } from '../time/clock.js';
import { DocsArrivalError } from './docs-arrival-error.js';

/** The public half of a signing key: SPKI PEM, a JWK, or a `KeyObject`. */
export type DocsPublicKey = string | JsonWebKey | KeyObject;

/** What a token is checked against, in addition to the key. */
export interface DocsTokenChecks {
  /** The clock. If your test overrides `CLOCK`, use the same one. Default: the clock of the machine. */
  clock?: Clock;
  /** The docs that the token must be for, as in the option `docsUrl`. Checks the claims `host` and `aud`. */
  docsUrl?: string;
}

/** The claims of a token. */
export interface DocsTokenClaims extends MintlifyUser {
  /** Seconds since the epoch, at most ten seconds ahead. */
  readonly exp: number;
  readonly iat?: number;
  readonly jti?: string;
  readonly aud?: string | string[];
  /** Always present in tokens for private docs. */
  readonly host?: string;
}

/** The maximum that docs accept (`spec/handshakes.md`, sections 2 and 3). */
const MAX_LIFETIME_SECONDS = 10;

/**
 * Verifies a token as the docs do (`spec/handshakes.md`, sections 2 and 3), with `jose`: the signature, by ES256 for a
 * P-256 key and by EdDSA for an Ed25519 key; that `exp` is in the future, by at most ten seconds; and `host` for private
 * docs. It is independent of the library, which signs with Node's crypto.
 *
 * @example
 * ```ts
 * const { token } = readDocsRedirect(response.headers.location);
 * const claims = await verifyDocsToken(token, key.publicKey, { docsUrl: 'https://docs.foo.com' });
 * expect(claims.groups).toEqual(['admin']);
 * ```
 * @throws DocsArrivalError if the docs would reject the token; the message says why, without the token
 * @throws TypeError if the key is invalid or of another kind
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
    // oxlint-disable-next-line preserve-caught-error -- it contains the claims
    throw new DocsArrivalError(`The docs will reject the token: ${explain(error, algorithm)}`);
  }
}

function explain(error: unknown, algorithm: string): string {
  if (error instanceof errors.JWTExpired) {
    return (
      'it has expired, according to the clock of the verification. If this test overrides CLOCK, pass the same clock ' +
      'as { clock }.'
    );
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return 'its signature does not match this key. Check that the app signs with the private half of this key.';
  }
  if (error instanceof errors.JOSEAlgNotAllowed) {
    return `it is not signed by ${algorithm}, the algorithm of this key. Check the mode of the key.`;
  }
  if (error instanceof errors.JWTClaimValidationFailed)
    return `the claim ${error.claim} is missing or wrong.`;
  return 'it is not a JSON Web Token.';
}

function checkLifetime({ exp = 0 }: JWTPayload, nowSeconds: number): void {
  const secondsAhead = exp - nowSeconds;
  if (secondsAhead <= MAX_LIFETIME_SECONDS) return;
  throw new DocsArrivalError(
    `The docs will reject the token: exp is ${secondsAhead} seconds ahead, and the maximum is ${MAX_LIFETIME_SECONDS}. ` +
      'If this test overrides CLOCK, pass the same clock as { clock }.',
  );
}

function checkDocs({ host, aud }: JWTPayload, algorithm: string, docs: URL | undefined): void {
  if (algorithm === 'EdDSA' && (typeof host !== 'string' || (docs && host !== docs.hostname))) {
    throw new DocsArrivalError(
      `The docs will reject the token: in private docs, the claim host must be ${docs?.hostname ?? 'the host name of the docs'}.`,
    );
  }
  if (docs && aud !== undefined && ![aud].flat().includes(docs.origin)) {
    throw new DocsArrivalError(`The docs will reject the token: the claim aud must be ${docs.origin}.`);
  }
}

function readKey(publicKey: DocsPublicKey): KeyObject {
  const key = importKey(publicKey);
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key ?? {};
  if (key && (type === 'ed25519' || details?.namedCurve === 'prime256v1')) return key;
  throw new TypeError(
    'publicKey must be the public half of a P-256 or an Ed25519 key: SPKI PEM, a JWK, or a KeyObject. ' +
      'createTestSigningKey() creates one.',
  );
}

function importKey(publicKey: DocsPublicKey): KeyObject | undefined {
  if (types.isKeyObject(publicKey)) return publicKey.type === 'public' ? publicKey : undefined;
  try {
    return typeof publicKey === 'string'
      ? createPublicKey(publicKey)
      : createPublicKey({ key: publicKey, format: 'jwk' });
  } catch {
    // Node's error may quote the key.
    return undefined;
  }
}
