/**
 * Remembers the ids of tokens that have been used, each until its token has expired: after that the expiry
 * alone refuses it, so the memory holds ten seconds' worth of logins at most.
 *
 * @example
 * const store = new JtiReplayStore();
 * store.markUsed('a1', 1_900_000_010, nowMs); // true
 * store.markUsed('a1', 1_900_000_010, nowMs); // false
 */
export class JtiReplayStore {
  private readonly expiries = new Map<string, number>();

  /**
   * Uses a token's id up.
   *
   * @param id the token's `jti`.
   * @param expiry the token's `exp`, in seconds since the epoch.
   * @param nowMs the present, in milliseconds since the epoch.
   * @returns whether this is its first use.
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
