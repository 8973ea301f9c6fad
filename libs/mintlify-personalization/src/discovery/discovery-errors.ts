import { MintlifyPersonalizationError } from '../errors.js';

/**
 * The discovery API, or the limit for one visitor, allows no more requests for now.
 *
 * Its code is `discovery_rate_limited`.
 */
export class DiscoveryRateLimitError extends MintlifyPersonalizationError {
  override readonly name: string = 'DiscoveryRateLimitError';

  constructor(
    message: string,
    /** What the header `Retry-After` says: seconds, or a date (RFC 9110, section 10.2.3). `undefined` if it is unknown. */
    readonly retryAfter: string | undefined,
    tenantId: string | undefined,
  ) {
    super('discovery_rate_limited', message, { tenantId });
  }
}

/** @internal A mistake of the caller. The message names a field, and quotes nothing. */
export function discoveryInvalid(message: string): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError('discovery_invalid', message);
}

/** @internal */
export function discoveryUnavailable(what: string, cause?: unknown): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError(
    'discovery_unavailable',
    `The discovery API ${what}. Check that this app can reach it, and try again.`,
    cause === undefined ? {} : { cause },
  );
}

/** @internal */
export function discoveryTimeout(option: string, timeoutMs: number): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError(
    'discovery_timeout',
    `The discovery API took longer than ${option} (${timeoutMs} ms). Try again, or raise ${option}.`,
  );
}

/** @internal The API refused a request that this library made. */
export function discoveryRefused(status: number): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError(
    'discovery_refused',
    `The discovery API answered with ${status}. Check discovery.domain, and that discovery.apiKey is a key of this docs site.`,
  );
}
