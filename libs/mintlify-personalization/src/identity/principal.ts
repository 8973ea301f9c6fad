/** @internal Whether a guard put somebody on `request.user`: Passport's optional guards leave `false` or nothing. */
export function isPrincipal(principal: unknown): boolean {
  return principal !== undefined && principal !== null && principal !== false;
}
