import { MintlifyPersonalizationError } from '../errors.js';

/** @internal Whether `request.user` is a principal: Passport's optional guards set it to `false` or leave it unset. */
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
    'There is no principal: no guard set request.user. Add a guard that does.',
  );
}
