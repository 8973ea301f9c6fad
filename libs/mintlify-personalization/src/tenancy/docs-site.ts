import type { ResolvedSiteOptions } from '../options/site-options.js';
import type { DocsSite } from '../ports/docs-site.js';

/** @internal Creates the docs site from resolved options. Frozen. */
export function createDocsSite({ docs, mode }: Pick<ResolvedSiteOptions, 'docs' | 'mode'>): DocsSite {
  return Object.freeze({ url: docs.origin + docs.basePath, ...docs, mode });
}
