import type { NavigationPage } from '../shared/navigation-types.js';
import type { Visitor } from '../shared/visitor-types.js';
import type { FrontMatter } from './front-matter-reader.js';

/** What a page says about its readers. */
export type PageRule = Pick<FrontMatter, 'groups' | 'isPublic'> | Pick<NavigationPage, 'groups' | 'isPublic'>;

/**
 * Tells whether somebody may read a page of private docs: a page with `groups` is for visitors in one of them, a
 * page with `public: true` for anybody, and any other for every visitor who is logged in.
 *
 * @param visitor absent for an anonymous one.
 * @example
 * canRead({ groups: ['support'] }, { groups: ['support', 'viewer'] }); // true
 * canRead({}, undefined); // false
 */
export function canRead({ groups = [], isPublic = false }: PageRule, visitor: Visitor | undefined): boolean {
  if (groups.length > 0) return groups.some((group) => visitor?.groups?.includes(group));
  return isPublic || visitor !== undefined;
}
