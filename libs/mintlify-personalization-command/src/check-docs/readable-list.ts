import { isGated, isOpenToAnyone, type CheckContext } from './check-context.js';

/** Something that anyone can read. */
export interface ReadableThing {
  /** The path in the docs. */
  readonly path: string;
  readonly why: string;
}

/** What a site serves of a docs folder to anyone, whatever `groups` say (handshakes.md, section 9). */
export function listReadable(context: CheckContext): ReadableThing[] {
  const { folder, mode } = context;
  const open = folder.pages.filter((page) => isOpenToAnyone(context, page));
  const gated = open.filter(isGated);
  const listed = open.length - gated.length;
  return [
    ...(listed > 0
      ? [
          { path: '/llms.txt', why: `lists ${listed} pages without groups` },
          { path: '/llms-full.txt', why: `has the text of ${listed} pages without groups` },
          { path: '/sitemap.xml', why: `lists ${listed} pages without groups` },
        ]
      : []),
    ...gated.map(({ path }) => ({ path, why: 'groups of public docs only hide a page' })),
    ...folder.apiFiles.map(({ file, groupPlaces }) => ({
      path: `/${file}`,
      why: groupPlaces.length > 0 ? 'the download of a spec ignores groups' : 'the download of a spec',
    })),
    ...folder.staticFiles.map((file) => ({ path: `/${file}`, why: 'a static file' })),
    {
      path: 'a static export',
      why: mode === 'personalization' ? 'has every page' : 'has every page, also those that are private',
    },
  ];
}
