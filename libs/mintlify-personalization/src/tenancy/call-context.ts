import type { DocsSite } from '../ports/docs-site.js';
import type { Deadline } from '../time/deadline.js';
import type { Tenant } from './tenant.js';

/**
 * What a claim mapper and an issuer of playground keys learn beside the principal. The signal is created when it is read,
 * which most never do.
 *
 * @internal
 */
export class CallContext {
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

  /** On the prototype: in an object literal, it would keep each request until the next major garbage collection. */
  get signal(): AbortSignal {
    return this.#deadline.signal;
  }
}
