import { HttpStatus } from '@nestjs/common';
import type { MintlifyErrorCode } from '../errors.js';

/** @internal How an error is answered, logged and fixed. */
export interface ErrorResponse {
  readonly status: HttpStatus;
  /**
   * `error` logs the stack; `warn` is one line, for errors that clients can cause; `none` is for normal situations. All
   * have an audit event.
   */
  readonly log: 'error' | 'warn' | 'none';
  /** Seconds for `Retry-After`. */
  readonly retryAfterSeconds?: number;
  /** Whether the OAuth route sends `WWW-Authenticate` (RFC 6750, section 3). */
  readonly isChallenged?: true;
  /** How to fix it, in one sentence, the same as in the manual. */
  readonly fix: string;
}

const RETRY_AFTER_SECONDS = 2;

const broken = (fix: string): ErrorResponse => ({
  status: HttpStatus.INTERNAL_SERVER_ERROR,
  log: 'error',
  fix,
});

const unavailable = (fix: string): ErrorResponse => ({
  status: HttpStatus.SERVICE_UNAVAILABLE,
  log: 'error',
  retryAfterSeconds: RETRY_AFTER_SECONDS,
  fix,
});

const challenged = (status: HttpStatus, fix: string): ErrorResponse => ({
  status,
  log: 'none',
  isChallenged: true,
  fix,
});

/**
 * The table of all errors, used by the filters, by OpenAPI and by a test of the manual.
 *
 * @internal
 */
export const ERROR_RESPONSES: Readonly<Record<MintlifyErrorCode, ErrorResponse>> = {
  invalid_option: broken('Correct the option that the message names.'),
  invalid_signing_key: broken('Set signingKey to the private key of this docs site, for its mode.'),
  signing_key_unavailable: unavailable('Check where the signingKey function gets its key from.'),
  claim_mapper_missing: broken('Mark a provider with @ClaimMapperFor(), or set claimMapper.'),
  claim_mapper_conflict: broken('Mark one provider only for each tenant, and one as the default.'),
  claim_mapper_failed: broken('Fix the error that the claim mapper threw: the log has its stack.'),
  claim_mapper_timeout: unavailable('Make the claim mapper faster, or raise mapperTimeoutMs.'),
  unknown_tenant: {
    status: HttpStatus.NOT_FOUND,
    log: 'warn',
    fix: 'Add the tenant to tenants, or to what the tenant source reads.',
  },
  tenant_mismatch: broken('Leave tenantId out: an identified user knows its tenant.'),
  tenant_resolver_failed: broken('Fix the error that the tenant resolver threw: the log has its stack.'),
  tenant_resolver_timeout: unavailable('Make the tenant resolver faster, or raise tenantTimeoutMs.'),
  tenant_source_failed: unavailable('Fix the error that the tenant source threw: the log has its stack.'),
  tenant_source_timeout: unavailable('Make the tenant source faster, or raise tenantTimeoutMs.'),
  invalid_user: broken('Correct the claim mapper: the log names each place that breaks the User format.'),
  view_as_denied: {
    status: HttpStatus.FORBIDDEN,
    log: 'warn',
    fix: 'Let canViewAs() of the view-as policy allow it, and loadPrincipal() return that account.',
  },
  view_as_invalid: {
    status: HttpStatus.BAD_REQUEST,
    log: 'warn',
    fix: 'Send the id of the account as subject, and as reason one line of 1 to 500 characters.',
  },
  view_as_policy_failed: broken('Fix the error that the view-as policy threw: the log has its stack.'),
  view_as_policy_timeout: unavailable('Make the view-as policy faster, or raise tenantTimeoutMs.'),
  playground_key_failed: unavailable(
    'Fix what the issuer of playground keys or their store threw: the log has its stack.',
  ),
  playground_key_timeout: unavailable(
    'Make the issuer of playground keys faster, or raise playgroundKeys.timeoutMs.',
  ),
  preview_store_failed: unavailable(
    'Fix what the store of previews threw, or make it faster: the log has its stack.',
  ),
  discovery_invalid: {
    status: HttpStatus.BAD_REQUEST,
    log: 'none',
    fix: 'Correct the field that the message names, and send no groups.',
  },
  discovery_refused: broken('Set discovery to the domain of the docs site and to its own assistant API key.'),
  discovery_rate_limited: {
    status: HttpStatus.TOO_MANY_REQUESTS,
    log: 'warn',
    fix: 'Wait as long as Retry-After says, or raise maxConcurrentPerVisitor of DocsDiscoveryModule.',
  },
  discovery_timeout: unavailable('Try again, or raise timeoutMs or answerTimeoutMs of DocsDiscoveryModule.'),
  discovery_unavailable: unavailable(
    'Check that this API can reach the discovery API: the log has the reason.',
  ),
  unauthenticated: challenged(HttpStatus.UNAUTHORIZED, 'Log in, or send an access token.'),
  principal_failed: broken(
    'Correct the principal option, or findPrincipal of a webhook: the log has the stack of what it threw.',
  ),
  invalid_signature: {
    status: HttpStatus.UNAUTHORIZED,
    log: 'warn',
    fix: 'Set secrets to the secret that the sender signs with, and synchronize the time of the machine.',
  },
  webhook_timeout: unavailable('Make findPrincipal and the claim mapper faster.'),
  login_loop: {
    status: HttpStatus.UNAUTHORIZED,
    log: 'none',
    fix: 'Let a guard find the visitor when a browser opens the page: by a cookie. For a bearer token, set singlePageApp.',
  },
  origin_not_allowed: {
    status: HttpStatus.FORBIDDEN,
    log: 'warn',
    fix: 'Set docsUrl or additionalDocsOrigins to the origin of the docs, or singlePageApp.origins, viewAs.origins or routes.origins to that of the app.',
  },
  invalid_request: challenged(
    HttpStatus.BAD_REQUEST,
    'Send the access token in one "Authorization: Bearer" header.',
  ),
  invalid_token: challenged(HttpStatus.UNAUTHORIZED, 'Get a new access token for this API.'),
  insufficient_scope: challenged(HttpStatus.FORBIDDEN, 'Ask for the scopes of accessTokens.requiredScopes.'),
  token_issuer_unavailable: unavailable('Check that this API can reach the issuer of its access tokens.'),
  signer_failed: unavailable('Fix the error that the token signer threw: the log has its stack.'),
  signer_timeout: unavailable('Check the key service, or raise signerTimeoutMs.'),
  signer_unavailable: unavailable('Check the key service: the log has its last failure.'),
  token_stale: unavailable('Check how long the signer takes, and the time synchronization of the machine.'),
  redirect_url_too_long: broken('Let the claim mapper send less: only what the pages use.'),
  overloaded: {
    status: HttpStatus.SERVICE_UNAVAILABLE,
    log: 'none',
    retryAfterSeconds: RETRY_AFTER_SECONDS,
    fix: 'Find what is slow, or raise maxConcurrentHandshakes or maxConcurrentHandshakesPerTenant.',
  },
};

/** @internal The response of an error. An error that the host app created may have an unknown code. */
export function errorResponse(code: MintlifyErrorCode): ErrorResponse {
  return ERROR_RESPONSES[code] ?? ERROR_RESPONSES.invalid_option;
}
