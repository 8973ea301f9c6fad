import { MintlifyPersonalizationError } from '../errors.js';

/**
 * Refuses a `claimMapper` that Nest could not build, before Nest says so in words that name no option.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function assertClaimMapper(claimMapper: unknown): void {
  if (claimMapper === undefined || typeof claimMapper === 'function') return;
  throw new MintlifyPersonalizationError(
    'invalid_option',
    'claimMapper must be a class, which Nest builds with what it injects. ' +
      'Give the class, or provide an instance of yours as CLAIM_MAPPER in a module.',
  );
}
