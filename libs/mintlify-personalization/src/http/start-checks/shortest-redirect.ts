import { invalidOptionError } from '../../options/invalid-option-error.js';
import { frontPage } from '../../redirect/redirect-target.js';
import { createRedirectUrl } from '../../mintlify/redirect-url.js';
import { createTokenClaims } from '../../mintlify/token-claims.js';
import type { Tenant } from '../../tenancy/tenant.js';
import type { ValidMintlifyUser } from '../../user/valid-mintlify-user.js';

/** Any time with as many digits as the current one. */
const ANY_SECONDS = 2_000_000_000;

/** A placeholder for the signature: a dot and 64 bytes in base64url (RFC 7515, section 2). */
const SIGNATURE = `.${'s'.repeat(86)}`;

/**
 * Throws if even the redirect of an empty user is longer than `maxRedirectUrlLength`: then the key id in the JOSE header
 * is too long (RFC 7515, section 4.1.4).
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function assertRedirectFits(
  { site, key, claims, tokenLifetimeSeconds }: Tenant,
  maxRedirectUrlLength: number,
): void {
  if (key === undefined) return;
  const { encodedHeader } = key.current;
  const user = { expiresAt: ANY_SECONDS } as ValidMintlifyUser;
  const payload = createTokenClaims(user, site, claims, ANY_SECONDS * 1_000, tokenLifetimeSeconds);
  const encodedPayload = Buffer.from(JSON.stringify(payload)).toString('base64url');
  const { length } = createRedirectUrl(site, frontPage(site), encodedHeader + encodedPayload + SIGNATURE);
  if (length <= maxRedirectUrlLength) return;
  throw invalidOptionError(
    'keyId',
    `(or the "kid" of signingKey) makes the header of each token ${encodedHeader.length} characters long, so the shortest ` +
      `redirect URL has ${length}, more than maxRedirectUrlLength (${maxRedirectUrlLength})`,
    'Use a shorter key id, or raise maxRedirectUrlLength.',
  );
}
