import type { DocsSite } from '../ports/docs-site.js';
import type { RedirectTarget } from './redirect-target.js';

/**
 * The address of a page with the token in its fragment, in the two forms that the docs read
 * (`spec/handshakes.md`, section 2): `#{JWT}`, or `#jwt={JWT}&anchor={ANCHOR}`.
 *
 * @internal
 */
export function createRedirectUrl(site: DocsSite, target: RedirectTarget, token: string): string {
  const page = site.origin + target.path + target.query;
  if (target.anchor === undefined) return `${page}#${token}`;
  return `${page}#jwt=${token}&anchor=${encodeURIComponent(target.anchor)}`;
}
