import { describe, expect, it } from '@jest/globals';
import type { MintlifyErrorCode } from 'nestjs-mintlify-personalization';
import { errorResponse } from '../../../../libs/mintlify-personalization/src/http/error-responses.js';

/** Every code, so that a new one must be thought of here. */
const STATUSES: Record<MintlifyErrorCode, number> = {
  invalid_option: 500,
  invalid_signing_key: 500,
  signing_key_unavailable: 503,
  unknown_tenant: 404,
  tenant_mismatch: 500,
  tenant_resolver_failed: 500,
  tenant_resolver_timeout: 503,
  tenant_source_failed: 503,
  tenant_source_timeout: 503,
  claim_mapper_missing: 500,
  claim_mapper_conflict: 500,
  claim_mapper_failed: 500,
  claim_mapper_timeout: 503,
  invalid_user: 500,
  view_as_denied: 403,
  view_as_invalid: 400,
  view_as_policy_failed: 500,
  view_as_policy_timeout: 503,
  playground_key_failed: 503,
  playground_key_timeout: 503,
  preview_store_failed: 503,
  discovery_invalid: 400,
  discovery_refused: 500,
  discovery_rate_limited: 429,
  discovery_timeout: 503,
  discovery_unavailable: 503,
  unauthenticated: 401,
  login_loop: 401,
  principal_failed: 500,
  invalid_signature: 401,
  webhook_timeout: 503,
  origin_not_allowed: 403,
  invalid_request: 400,
  invalid_token: 401,
  insufficient_scope: 403,
  token_issuer_unavailable: 503,
  signer_failed: 503,
  signer_timeout: 503,
  signer_unavailable: 503,
  token_stale: 503,
  redirect_url_too_long: 500,
  overloaded: 503,
};

describe('errorResponse', () => {
  it.each(Object.entries(STATUSES))('of %s is %i', (code, status) => {
    expect(errorResponse(code as MintlifyErrorCode).status).toBe(status);
  });

  it.each(Object.keys(STATUSES))(
    'of %s tells when to try again exactly where another try may do better',
    (code) => {
      const { status, retryAfterSeconds } = errorResponse(code as MintlifyErrorCode);
      expect(retryAfterSeconds).toBe(status === 503 ? 2 : undefined);
    },
  );

  it('challenges for an access token alone', () => {
    const challenged = Object.keys(STATUSES).filter(
      (code) => errorResponse(code as MintlifyErrorCode).isChallenged,
    );
    expect(challenged.toSorted()).toEqual([
      'insufficient_scope',
      'invalid_request',
      'invalid_token',
      'unauthenticated',
    ]);
  });

  it('of a code that a host app made up is a 500', () => {
    expect(errorResponse('made_up' as MintlifyErrorCode).status).toBe(500);
  });
});
