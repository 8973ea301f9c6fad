import { invalidOptionError } from '../../options/invalid-option-error.js';
import { frontPage } from '../../redirect/redirect-target.js';
import { createRedirectUrl } from '../../mintlify/redirect-url.js';
import { createTokenClaims } from '../../mintlify/token-claims.js';
import type { Tenant } from '../../tenancy/tenant.js';
import type { ValidMintlifyUser } from '../../user/valid-mintlify-user.js';

/** Any time with as many digits as now has. */
const ANY_SECONDS = 2_000_000_000;

/** An ES256 or EdDSA signature of 64 bytes in base64url (RFC 7515, section 2), with its dot. */
const SIGNATURE = `.${'s'.repeat(86)}`;

/**
 * Refuses a docs site to which no redirect fits in `maxRedirectUrlLength`, even for a user about whom nothing is said:
 * its key id makes the JOSE header of each token too long (RFC 7515, section 4.1.4).
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
    `(or the "kid" of signingKey) makes the header of each token ${encodedHeader.length} characters long, and the shortest ` +
      `redirect ${length}: more than maxRedirectUrlLength (${maxRedirectUrlLength})`,
    'Use a shorter key id, or set maxRedirectUrlLength higher.',
  );
}
