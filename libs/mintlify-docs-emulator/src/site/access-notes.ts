import type { DocsMode } from '../shared/docs-mode.js';
import { describeRule } from '../shared/group-rules.js';
import type { GroupRule } from '../shared/group-rules.js';
import type { PageAccessNote } from '../shared/page-data-types.js';
import type { SitePage } from './page-access.js';
import { accessOf } from './site-reader.js';
import type { Site } from './site-reader.js';

/**
 * Describes who sees a page, and which file and line decides it.
 *
 * @example
 * await describeAccess(site, page, 'personalization'); // [{ text: 'visitors in admin', place: 'admin.mdx:3', rule }]
 */
export async function describeAccess(site: Site, page: SitePage, mode: DocsMode): Promise<PageAccessNote[]> {
  const { frontMatter, generated } = page;
  const file = generated?.spec ?? page.file;
  const { rule, lines = {} } = frontMatter;
  const places = site.places.get(page.file) ?? [];
  const at = (name: keyof typeof lines): string =>
    lines[name] === undefined ? file : `${file}:${lines[name]}`;
  const notes: PageAccessNote[] = [];
  if (rule) notes.push(noteOf(rule, at('groups')));
  const [first] = places;
  const around = async (place: string | undefined): Promise<string> => {
    const found = place === undefined ? undefined : await site.locate(place);
    return found ? `${found.file}:${found.line}` : site.file;
  };
  for (const [index, each] of (first?.rules ?? []).entries()) {
    notes.push(noteOf(each, await around(first?.from?.rules[index])));
  }
  if (mode === 'authentication') {
    const isOpen = accessOf(site, page).isPublic;
    const source = first ? first.from?.isPublic : 'public';
    const place = frontMatter.isPublic === undefined ? await around(source) : at('public');
    const text = isOpen
      ? 'public: no login needed, unless groups ask for one'
      : 'not public: only after a login';
    notes.push({ text, place });
  }
  if (frontMatter.hidden) notes.push({ text: 'hidden: in no sidebar', place: at('hidden') });
  else if (places.length === 0) notes.push({ text: 'not in the navigation', place: site.file });
  else if (places.every(({ hidden }) => hidden))
    notes.push({ text: 'hidden: in no sidebar', place: await around(first?.from?.hidden) });
  return notes.length > 0 ? notes : [{ text: 'everyone', place: file }];
}

function noteOf(rule: GroupRule, place: string): PageAccessNote {
  return { text: describeRule(rule), place, rule };
}
