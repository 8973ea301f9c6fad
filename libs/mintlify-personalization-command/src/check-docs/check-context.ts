import type { DocsFolder, DocsPage, PageSyntax } from 'mintlify-docs-emulator/reader';
import type { DocsMode } from '../../../mintlify-personalization/src/ports/docs-site.js';
import type { Visitors } from './visitors-file.js';

/** What the rules look at. */
export interface CheckContext {
  readonly folder: DocsFolder;
  readonly visitors: Visitors;
  readonly mode: DocsMode;
  /** Parses a page or a part, once. */
  syntaxOf(file: { readonly file: string; readonly text: string }): Promise<PageSyntax>;
}

/** All groups that any mapper grants, or `undefined` if that is not known. */
export function grantedGroups({ visitors }: CheckContext): ReadonlySet<string> | undefined {
  return visitors.groups === 'any' ? undefined : new Set(visitors.groups);
}

/** Whether a page is for some visitors only: by its own groups, or by those around each of its places. */
export function isGated({ rule, placeRules = [] }: Partial<DocsPage>): boolean {
  return rule !== undefined || (placeRules.length > 0 && placeRules.every((rules) => rules.length > 0));
}

/** Whether someone who is not logged in may open a page. In public docs, groups only hide it. */
export function isOpenToAnyone({ mode }: Pick<CheckContext, 'mode'>, page: DocsPage): boolean {
  return mode === 'personalization' || (page.isPublic && !isGated(page));
}
