import type { ResolvedOptions } from '../options/resolved-options.js';
import type { DocsSite } from '../ports/docs-site.js';

/** @internal Injection token of the {@link DocsSite}. */
export const DOCS_SITE = Symbol('DOCS_SITE');

/** @internal Makes the docs site of the resolved options. Frozen. */
export function createDocsSite({ docs, mode }: ResolvedOptions): DocsSite {
  return Object.freeze({ url: docs.origin + docs.basePath, ...docs, mode });
}
