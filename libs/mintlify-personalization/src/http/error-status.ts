import { HttpStatus } from '@nestjs/common';
import type { MintlifyErrorCode } from '../errors.js';

/** Seconds after which a client may try again what was too slow or down. */
export const RETRY_AFTER_SECONDS = 2;

/** The HTTP status of each error that can happen while a request is served. All others are 500. */
const STATUSES: Partial<Record<MintlifyErrorCode, HttpStatus>> = {
  unauthenticated: HttpStatus.UNAUTHORIZED,
  origin_not_allowed: HttpStatus.FORBIDDEN,
  invalid_request: HttpStatus.BAD_REQUEST,
  invalid_token: HttpStatus.UNAUTHORIZED,
  insufficient_scope: HttpStatus.FORBIDDEN,
  token_issuer_unavailable: HttpStatus.SERVICE_UNAVAILABLE,
  unknown_tenant: HttpStatus.NOT_FOUND,
  tenant_resolver_timeout: HttpStatus.SERVICE_UNAVAILABLE,
  tenant_source_failed: HttpStatus.SERVICE_UNAVAILABLE,
  tenant_source_timeout: HttpStatus.SERVICE_UNAVAILABLE,
  signing_key_unavailable: HttpStatus.SERVICE_UNAVAILABLE,
  claim_mapper_timeout: HttpStatus.SERVICE_UNAVAILABLE,
  signer_failed: HttpStatus.SERVICE_UNAVAILABLE,
  signer_timeout: HttpStatus.SERVICE_UNAVAILABLE,
  signer_unavailable: HttpStatus.SERVICE_UNAVAILABLE,
  token_stale: HttpStatus.SERVICE_UNAVAILABLE,
  overloaded: HttpStatus.SERVICE_UNAVAILABLE,
};

/** @internal Maps an error code to its HTTP status. */
export function errorStatus(code: MintlifyErrorCode): HttpStatus {
  return STATUSES[code] ?? HttpStatus.INTERNAL_SERVER_ERROR;
}
