/**
 * Counts what is served at once, in all and for each tenant. What is over the limit is told so and does not wait.
 *
 * @internal
 */
export class ConcurrencyLimit {
  readonly max: number;
  readonly maxPerTenant: number;
  #count = 0;
  /** By tenant id; that of the default docs site is empty. */
  readonly #byTenant = new Map<string, number>();

  /** @param maxPerTenant at least 1; has no effect from `max` on */
  constructor(max: number, maxPerTenant: number) {
    this.max = max;
    this.maxPerTenant = maxPerTenant;
  }

  /** Takes a place; `false` where none is left. */
  enter(): boolean {
    if (this.#count >= this.max) return false;
    this.#count += 1;
    return true;
  }

  /** Gives a place back. */
  leave(): void {
    this.#count -= 1;
  }

  /** Takes one of a tenant's places; `false` where none is left. */
  enterTenant(tenantId = ''): boolean {
    const count = this.#byTenant.get(tenantId) ?? 0;
    if (count >= this.maxPerTenant) return false;
    this.#byTenant.set(tenantId, count + 1);
    return true;
  }

  /** Gives one of a tenant's places back. */
  leaveTenant(tenantId = ''): void {
    const count = this.#byTenant.get(tenantId) ?? 0;
    if (count > 1) this.#byTenant.set(tenantId, count - 1);
    else this.#byTenant.delete(tenantId);
  }

  /** Places taken at the moment, for tests and reports. */
  get taken(): { readonly inAll: number; readonly tenants: number } {
    return { inAll: this.#count, tenants: this.#byTenant.size };
  }
}
