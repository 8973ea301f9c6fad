import { randomUUID } from 'node:crypto';
import type { ClaimsOptions } from '../ports/docs-site-options.js';
import type { DocsSite } from '../ports/docs-site.js';
import type { MintlifyUser } from '../ports/mintlify-user.js';

/** @internal A user whose expiry is filled in, as the validator gives it: this folder knows no validator. */
export type UserClaims = Readonly<MintlifyUser> & { readonly expiresAt: number };

/** The claims that go into a token: the user's known keys, and those that the library alone sets. */
export interface TokenClaims {
  /** The docs' host name; private docs alone. */
  readonly host?: string;
  readonly iat?: number;
  readonly exp: number;
  readonly jti?: string;
  readonly aud?: string;
  readonly expiresAt: number;
  readonly groups?: readonly string[];
  readonly content?: Readonly<Record<string, unknown>>;
  readonly apiPlaygroundInputs?: object;
}

/**
 * Builds the payload anew from the known keys, so that nothing else can ride along.
 *
 * `exp` counts from the whole second before now, so it is never over `lifetimeSeconds` ahead.
 *
 * @internal
 * @param nowMs milliseconds since the epoch
 */
export function createTokenClaims(
  user: UserClaims,
  site: DocsSite,
  claims: Readonly<Required<ClaimsOptions>>,
  nowMs: number,
  lifetimeSeconds: number,
): TokenClaims {
  const nowSeconds = Math.floor(nowMs / 1_000);
  const payload: { -readonly [Key in keyof TokenClaims]: TokenClaims[Key] } = {
    exp: nowSeconds + lifetimeSeconds,
    expiresAt: user.expiresAt,
  };
  if (site.mode === 'authentication') payload.host = site.host;
  if (claims.iat) payload.iat = nowSeconds;
  if (claims.jti) payload.jti = randomUUID();
  if (claims.aud) payload.aud = site.origin;
  if (user.groups) payload.groups = user.groups;
  if (user.content) payload.content = user.content;
  if (user.apiPlaygroundInputs) payload.apiPlaygroundInputs = user.apiPlaygroundInputs;
  return payload;
}

/**
 * Milliseconds that a token must have left when it leaves the signer: five seconds of the usual ten, and in
 * proportion for a shorter lifetime, whose first second may be gone by rounding.
 *
 * @internal
 */
export function minRemainingMs(lifetimeSeconds: number): number {
  return ((lifetimeSeconds - 1) * 5_000) / 9;
}
