import { SiteError } from '../site/site-error.js';
import type { SiteErrorLocation } from '../site/site-error.js';

/** A page that cannot be built, with the files that it read until then. */
export class BuildError extends Error {
  override readonly name = 'BuildError';
  /** Absolute paths. */
  readonly files: readonly string[];
  /** What the author can fix; absent for a fault of the emulator. */
  readonly siteError?: SiteError;

  constructor({
    location,
    reason,
    files,
  }: {
    location?: SiteErrorLocation;
    reason: string;
    files: string[];
  }) {
    super(reason);
    this.files = files;
    if (location) this.siteError = new SiteError(location, reason);
  }
}
