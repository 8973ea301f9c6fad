import type { PlaygroundKey, PlaygroundKeyContext, PlaygroundKeyIssuer } from '../ports/playground-key.js';

/**
 * Revokes keys, each one even if another fails.
 *
 * @internal
 * @returns what the issuer threw
 */
export async function revokeAll(
  issuer: PlaygroundKeyIssuer,
  keys: readonly PlaygroundKey[],
  context: PlaygroundKeyContext,
): Promise<readonly unknown[]> {
  if (issuer.revoke === undefined) return [];
  // `async`, so that what the issuer throws at once is caught too.
  const results = await Promise.allSettled(keys.map(async (key) => issuer.revoke?.(key, context)));
  return results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
}
