import { MintlifyPersonalizationError } from '../errors.js';

/** @internal Whether a value is a principal: Passport's optional guards set `request.user` to `false` or leave it unset. */
export function isPrincipal(principal: unknown): boolean {
  return principal !== undefined && principal !== null && principal !== false;
}

/**
 * @internal
 * @param why why there is none, and the fix
 * @throws MintlifyPersonalizationError `unauthenticated`
 */
export function assertPrincipal(
  principal: unknown,
  why = 'no guard set request.user. Add a guard that does.',
): void {
  if (isPrincipal(principal)) return;
  throw new MintlifyPersonalizationError('unauthenticated', `There is no principal: ${why}`);
}
