import { describe, expect, it } from '@jest/globals';
import {
  createTokenClaims,
  minRemainingMs,
} from '../../../../libs/mintlify-personalization/src/mintlify/token-claims.js';
import { NOW_MS, NOW_SECONDS } from '../../../support/clock.support.js';
import { ROOT_SITE } from '../../../support/sites.support.js';

describe('createTokenClaims', () => {
  it('takes over the known keys alone, even from a user that was never checked', () => {
    const forged = {
      expiresAt: 5,
      groups: ['a'],
      host: 'evil.com',
      exp: 9e9,
      iat: 1,
      sub: 'root',
      admin: true,
    };
    const claims = createTokenClaims(forged, ROOT_SITE, { iat: false, jti: false, aud: false }, NOW_MS, 10);
    expect(claims).toStrictEqual({ exp: NOW_SECONDS + 10, expiresAt: 5, groups: ['a'] });
  });
});

describe('minRemainingMs', () => {
  it('is five seconds of ten, and never more than a token has left after its first second', () => {
    expect(minRemainingMs(10)).toBe(5_000);
    for (let seconds = 1; seconds <= 10; seconds += 1) {
      expect(minRemainingMs(seconds)).toBeGreaterThanOrEqual(0);
      expect(minRemainingMs(seconds)).toBeLessThanOrEqual((seconds - 1) * 1_000);
    }
  });
});
