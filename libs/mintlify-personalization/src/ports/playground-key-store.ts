/**
 * Keeps the playground keys of visitors for several processes. What it keeps is encrypted: it learns neither a key nor a
 * visitor.
 *
 * @example
 * ```ts
 * class DatabaseKeyStore implements PlaygroundKeyStore {
 *   read(id: string) {
 *     return this.table.find(id, { expiresAfter: Date.now() / 1000 });
 *   }
 *   write(id: string, record: string, expiresAt: number) {
 *     return this.table.replace({ id, record, expiresAt });
 *   }
 * }
 * ```
 */
export interface PlaygroundKeyStore {
  /**
   * Reads a record.
   *
   * @param id 43 characters of `A-Za-z0-9_-`
   * @returns `undefined` if there is none, or if it is expired
   */
  read(id: string): Promise<string | undefined> | string | undefined;
  /**
   * Writes a record, in place of an older one.
   *
   * @param record up to 256 KB of printable ASCII
   * @param expiresAt when to delete it: seconds since the epoch
   */
  write(id: string, record: string, expiresAt: number): Promise<void> | void;
}
