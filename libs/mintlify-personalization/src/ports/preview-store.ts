/** One host of a preview that may ask for visitors for a while. */
export interface AllowedPreview {
  /** As a browser sends it: `https://acme-git-fix.mintlify.app`. */
  readonly origin: string;
  /** The tenant whose visitors it may ask for. Absent: those of the default docs site. */
  readonly tenantId?: string;
  /** Seconds since the epoch. */
  readonly expiresAt: number;
}

/**
 * Keeps the previews that are allowed, for several processes: in a table of your database, for example.
 *
 * @example
 * ```ts
 * const store: PreviewStore = {
 *   write: ({ origin, tenantId, expiresAt }) => previews.upsert({ origin, tenantId, expiresAt }),
 *   read: (origin) => previews.findByOrigin(origin),
 * };
 * ```
 */
export interface PreviewStore {
  /** Keeps a preview, in place of an earlier one of the same origin. Forget it after `expiresAt`. */
  write(preview: AllowedPreview): void | Promise<void>;
  /** The preview of an origin. Anyone can make it run, with any origin that ends with your `suffix`: use an index. */
  read(origin: string): AllowedPreview | undefined | Promise<AllowedPreview | undefined>;
}
