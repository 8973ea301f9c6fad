import type { DocsSite } from '../ports/docs-site.js';
import type { PlaygroundKey, PlaygroundKeyContext, PlaygroundKeyIssuer } from '../ports/playground-key.js';
import type { Tenant } from '../tenancy/tenant.js';
import type { Deadline } from '../time/deadline.js';

/** @internal The second argument of an issuer. The signal is created when the issuer reads it. */
export class KeyContext implements PlaygroundKeyContext {
  declare readonly tenantId?: string;
  readonly site: DocsSite;
  readonly request: unknown;
  readonly #deadline: Deadline;

  constructor({ id, site }: Tenant, request: unknown, deadline: Deadline) {
    if (id !== undefined) this.tenantId = id;
    this.site = site;
    this.request = request;
    this.#deadline = deadline;
  }

  get signal(): AbortSignal {
    return this.#deadline.signal;
  }
}

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
