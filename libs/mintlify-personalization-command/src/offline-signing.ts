import { createSigningKeyHandle } from '../../mintlify-personalization/src/keys/signing-key-handle.js';
import { createTokenClaims } from '../../mintlify-personalization/src/mintlify/token-claims.js';
import { DEFAULT_USER_LIMITS } from '../../mintlify-personalization/src/options/user-limits.js';
import {
  DEFAULT_MAX_REDIRECT_URL_LENGTH,
  resolveSiteOptions,
} from '../../mintlify-personalization/src/options/site-options.js';
import type { DocsMode } from '../../mintlify-personalization/src/ports/docs-site.js';
import {
  resolveRedirectTarget,
  type RedirectParameters,
  type RedirectRefusal,
} from '../../mintlify-personalization/src/redirect/redirect-target.js';
import { fitRedirectUrl } from '../../mintlify-personalization/src/signing/fit-redirect-url.js';
import {
  createSigningInput,
  joinToken,
  signBytes,
} from '../../mintlify-personalization/src/signing/sign-token.js';
import { createDocsSite } from '../../mintlify-personalization/src/tenancy/docs-site.js';
import type { Clock } from '../../mintlify-personalization/src/time/clock.js';
import { createUserValidator } from './user-values.js';

/** A key of this machine signs at once: its deadline is never reached. */
const SIGNER_TIMEOUT_MS = 2_000;

const MAX_SESSION_SECONDS = DEFAULT_USER_LIMITS.maxExpiresInDays * 86_400;

/** One docs site, as an app would configure it. */
export interface OfflineSite {
  readonly docsUrl: string;
  readonly mode: DocsMode;
  readonly signingKey: string;
  readonly keyId: string | undefined;
}

/** What a login would give the visitor. */
export interface SignedVisitor {
  readonly token: string;
  /** The address that a login would redirect to. */
  readonly url: string;
  /** Why the visitor arrives at the front page instead of the page that was asked for. */
  readonly refused: RedirectRefusal | undefined;
}

/**
 * Signs a user as an app with the library does, by the same functions: a wrong option, key or user gives the same error.
 *
 * @throws MintlifyPersonalizationError
 */
export async function signOffline(
  options: OfflineSite,
  user: unknown,
  parameters: RedirectParameters,
  clock: Clock,
): Promise<SignedVisitor> {
  const resolved = resolveSiteOptions({ ...options }, { maxSessionSeconds: MAX_SESSION_SECONDS });
  const key = await createSigningKeyHandle(resolved.signingKey as string, resolved, SIGNER_TIMEOUT_MS);
  const site = createDocsSite(resolved);
  const valid = createUserValidator(clock).validate(user);
  const claims = createTokenClaims(valid, site, resolved.claims, clock.now(), resolved.tokenLifetimeSeconds);
  const signingInput = createSigningInput(key, claims);
  const token = joinToken(signingInput, await signBytes(key, signingInput));
  const target = resolveRedirectTarget(site, parameters);
  return { token, ...fitRedirectUrl(site, target, token, DEFAULT_MAX_REDIRECT_URL_LENGTH) };
}
