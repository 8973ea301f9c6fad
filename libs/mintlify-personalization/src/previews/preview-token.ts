import { UnauthorizedException } from '@nestjs/common';
import type { KeyObject } from 'node:crypto';
import type { JWTPayload } from 'jose';
import { PREVIEW_TOKEN_TYPE } from '../mintlify/preview-token-type.js';

/** Longer than any that the command makes. */
const MAX_LENGTH = 4_096;
/** How much the clocks of CI and app may differ. */
const TOLERANCE_SECONDS = 60;

/** @internal What a preview token says, once its signature and its times are verified. */
export interface PreviewClaims {
  readonly host: string;
  readonly tenantId: string | undefined;
  /** The origin of the docs that the preview is of. */
  readonly audience: string;
  /** Seconds since the epoch. */
  readonly expiresAt: number;
}

/**
 * Verifies a preview token.
 *
 * @internal
 * @param nowMs milliseconds since the epoch
 * @throws UnauthorizedException which says what is wrong, and nothing of the token
 */
export async function readPreviewToken(
  token: unknown,
  { publicKeys, maxSeconds }: { readonly publicKeys: readonly KeyObject[]; readonly maxSeconds: number },
  nowMs: number,
): Promise<PreviewClaims> {
  if (typeof token !== 'string' || token === '' || token.length > MAX_LENGTH) {
    throw invalidToken('It must be a string, as "mintlify-personalization allow-preview" prints it.');
  }
  const payload = await verify(token, publicKeys, nowMs);
  const { host, tenant: tenantId, aud: audience, iat = Number.NaN, exp: expiresAt = Number.NaN } = payload;
  if (typeof host !== 'string' || typeof audience !== 'string') {
    throw invalidToken('It needs the claims host and aud.');
  }
  if (tenantId !== undefined && typeof tenantId !== 'string')
    throw invalidToken('Its claim tenant is no string.');
  // A token without an end, or from the future, would be valid for longer than the option allows.
  if (!(expiresAt - iat <= maxSeconds) || !(iat <= nowMs / 1_000 + TOLERANCE_SECONDS)) {
    throw invalidToken(`It may allow a preview for ${maxSeconds} seconds at most, from now.`);
  }
  return { host, tenantId, audience, expiresAt };
}

async function verify(token: string, publicKeys: readonly KeyObject[], nowMs: number): Promise<JWTPayload> {
  const { jwtVerify, errors } = await import('jose');
  for (const key of publicKeys) {
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: [key.asymmetricKeyType === 'ed25519' ? 'EdDSA' : 'ES256'],
        typ: PREVIEW_TOKEN_TYPE,
        requiredClaims: ['iat', 'exp', 'aud', 'host'],
        currentDate: new Date(nowMs),
      });
      return payload;
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw invalidToken('It has expired: make a new one.', error);
      if (error instanceof errors.JWTClaimValidationFailed)
        throw invalidToken(`Its ${error.claim} is wrong.`, error);
      // Another key may be the right one.
    }
  }
  throw invalidToken('No key of previewOrigins.publicKeys verifies it.');
}

/** @internal */
export function invalidToken(reason: string, cause?: unknown): UnauthorizedException {
  return new UnauthorizedException(`The preview token is refused. ${reason}`, { cause });
}
