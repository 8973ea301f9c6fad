import { MintlifyPersonalizationError } from '../../errors.js';
import type { RemoteTokenSignerOptions } from './remote-token-signer.js';

const COMMON = ['keyId', 'attemptTimeoutMs', 'startTimeoutMs', 'breakerFailures', 'breakerPauseMs'] as const;

/** @internal {@link RemoteTokenSignerOptions} with the defaults filled in. */
export type FaultPolicy = Required<Omit<RemoteTokenSignerOptions, 'keyId'>>;

/**
 * Checks the options that all key services share, and rejects unknown options.
 *
 * @internal
 * @param known the names of the service's own options
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function resolveFaultPolicy(options: RemoteTokenSignerOptions, known: readonly string[]): FaultPolicy {
  if (typeof options !== 'object' || options === null)
    throw invalidOptionError('options', 'must be an object');
  for (const name of Object.keys(options)) {
    if (![...COMMON, ...known].includes(name)) {
      throw invalidOptionError(name, `is not an option. Use one of ${[...known, ...COMMON].join(', ')}`);
    }
  }
  if (options.keyId !== undefined) requireString('keyId', options.keyId);
  return {
    attemptTimeoutMs: requireInteger('attemptTimeoutMs', options.attemptTimeoutMs ?? 800, 60_000),
    startTimeoutMs: requireInteger('startTimeoutMs', options.startTimeoutMs ?? 10_000, 60_000),
    breakerFailures: requireInteger('breakerFailures', options.breakerFailures ?? 5, 1_000),
    breakerPauseMs: requireInteger('breakerPauseMs', options.breakerPauseMs ?? 5_000, 600_000),
  };
}

/**
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function requireString(option: string, value: unknown): string {
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw invalidOptionError(option, 'must be a non-empty string. Check that its environment variable is set');
}

/**
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function requireInteger(option: string, value: unknown, max: number): number {
  if (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= max) return Number(value);
  throw invalidOptionError(option, `must be a whole number from 1 to ${max}`);
}

/** @internal The message must never contain the value, which may be a secret in the wrong place. */
export function invalidOptionError(option: string, what: string): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError('invalid_option', `${option} ${what}.`);
}
