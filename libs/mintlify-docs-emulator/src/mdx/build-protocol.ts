import type { LocatedFile } from '../site/file-locator.js';
import type { SiteErrorLocation } from '../site/site-error.js';
import type { BuildOptions, BundledPage } from './build-types.js';

/** A page to build: a message to a worker. */
export interface BuildRequest {
  options: Omit<BuildOptions, 'icons' | 'onFile'> & {
    /** Icons that do not exist are warnings. */
    checksIcons?: boolean;
  };
  page: LocatedFile;
}

/** A message from a worker. */
export type BuildMessage =
  /** It has loaded what it needs. */
  | { kind: 'ready' }
  /** It begins with a file. */
  | { kind: 'file'; file: LocatedFile }
  | ({ kind: 'built' } & BuiltPage)
  | { kind: 'failed'; location?: SiteErrorLocation; reason: string; files: string[] };

/** A page, and the files that went into it as absolute paths. */
export interface BuiltPage {
  page: BundledPage;
  files: string[];
}

/** What builds pages: `BuildPool` in workers, `buildHere` in this thread. */
export type PageBuilder = (request: BuildRequest) => Promise<BuiltPage>;
