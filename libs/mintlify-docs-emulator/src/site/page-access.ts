import type { NavigationPage } from '../shared/navigation-types.js';
import type { Visitor } from '../shared/visitor-types.js';
import type { FrontMatter } from './front-matter-reader.js';

/** The fields of a page that decide who may read it. */
export type PageRule = Pick<FrontMatter, 'groups' | 'isPublic'> | Pick<NavigationPage, 'groups' | 'isPublic'>;

/**
 * Tells whether a visitor may read a page of private docs. A page with `groups` is for visitors in one of them.
 * A page with `public: true` is for everyone. Any other page is for every visitor who is logged in.
 *
 * @param visitor absent if anonymous.
 * @example
 * canRead({ groups: ['support'] }, { groups: ['support', 'viewer'] }); // true
 * canRead({}, undefined); // false
 */
export function canRead({ groups = [], isPublic = false }: PageRule, visitor: Visitor | undefined): boolean {
  if (groups.length > 0) return groups.some((group) => visitor?.groups?.includes(group));
  return isPublic || visitor !== undefined;
}
