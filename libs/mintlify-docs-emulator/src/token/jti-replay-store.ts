/**
 * Remembers the `jti` of used tokens until they expire. After that, `exp` alone refuses them, so the store
 * never holds more than ten seconds' worth of logins.
 *
 * @example
 * const store = new JtiReplayStore();
 * store.markUsed('a1', 1_900_000_010, nowMs); // true
 * store.markUsed('a1', 1_900_000_010, nowMs); // false
 */
export class JtiReplayStore {
  private readonly expiries = new Map<string, number>();

  /**
   * Marks a token's `jti` as used.
   *
   * @param id the token's `jti`.
   * @param expiry the token's `exp`, in seconds since the epoch.
   * @param nowMs the current time, in milliseconds since the epoch.
   * @returns whether this was the first use.
   */
  markUsed(id: string, expiry: number, nowMs: number): boolean {
    const now = Math.floor(nowMs / 1000);
    for (const [known, end] of this.expiries) {
      if (end <= now) this.expiries.delete(known);
    }
    if (this.expiries.has(id)) return false;
    this.expiries.set(id, expiry);
    return true;
  }
}
