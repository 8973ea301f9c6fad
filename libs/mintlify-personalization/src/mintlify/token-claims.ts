import { randomUUID } from 'node:crypto';
import type { ClaimsOptions } from '../ports/docs-site-options.js';
import type { DocsSite } from '../ports/docs-site.js';
import type { MintlifyUser } from '../ports/mintlify-user.js';

/** @internal A validated user, with `expiresAt` filled in. Its own type, since this folder cannot import the validator. */
export type UserClaims = Readonly<MintlifyUser> & { readonly expiresAt: number };

/** The claims of a token: the known keys of the user, and those that only the library sets. */
export interface TokenClaims {
  /** The host name of the docs; only for private docs. */
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
 * Builds the payload from the known keys only, so that it contains nothing else.
 *
 * `exp` is based on the current time rounded down to seconds, so it is never more than `lifetimeSeconds` ahead.
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
 * How many milliseconds a token must remain valid after signing: five of the usual ten seconds, and proportionally fewer
 * for a shorter lifetime, of which rounding can cost up to a second.
 *
 * @internal
 */
export function minRemainingMs(lifetimeSeconds: number): number {
  return ((lifetimeSeconds - 1) * 5_000) / 9;
}
