/**
 * Limits how many handshakes are served at once, in total and per tenant. Further requests are rejected, not queued.
 *
 * @internal
 */
export class ConcurrencyLimit {
  readonly max: number;
  readonly maxPerTenant: number;
  #count = 0;
  /** By tenant id; an empty string for the default docs site. */
  readonly #byTenant = new Map<string, number>();

  /** @param maxPerTenant at least 1; no effect if it is not less than `max` */
  constructor(max: number, maxPerTenant: number) {
    this.max = max;
    this.maxPerTenant = maxPerTenant;
  }

  /** Whether no place is free. */
  get isFull(): boolean {
    return this.#count >= this.max;
  }

  /** Takes a place; `false` if none is free. */
  enter(): boolean {
    if (this.isFull) return false;
    this.#count += 1;
    return true;
  }

  /** Releases a place. */
  leave(): void {
    this.#count -= 1;
  }

  /** Takes one of a tenant's places; `false` if none is free. */
  enterTenant(tenantId = ''): boolean {
    const count = this.#byTenant.get(tenantId) ?? 0;
    if (count >= this.maxPerTenant) return false;
    this.#byTenant.set(tenantId, count + 1);
    return true;
  }

  /** Releases one of a tenant's places. */
  leaveTenant(tenantId = ''): void {
    const count = this.#byTenant.get(tenantId) ?? 0;
    if (count > 1) this.#byTenant.set(tenantId, count - 1);
    else this.#byTenant.delete(tenantId);
  }

  /** The places that are currently taken, for tests and reports. */
  get taken(): { readonly inAll: number; readonly tenants: number } {
    return { inAll: this.#count, tenants: this.#byTenant.size };
  }
}
