import { MintlifyPersonalizationError } from '../errors.js';

/** @internal Whether a guard put someone on `request.user`: Passport's optional guards leave `false` or nothing. */
export function isPrincipal(principal: unknown): boolean {
  return principal !== undefined && principal !== null && principal !== false;
}

/**
 * @internal
 * @throws MintlifyPersonalizationError `unauthenticated`
 */
export function assertPrincipal(principal: unknown): void {
  if (isPrincipal(principal)) return;
  throw new MintlifyPersonalizationError(
    'unauthenticated',
    'There is no principal: no guard put one on request.user. Mount a guard that does.',
  );
}
