import { dirname, posix } from 'node:path';
import { parseUrl } from '../../../mintlify-personalization/src/options/parse-url.js';
import type { DocsPage, DocsPart } from 'mintlify-docs-emulator/reader';
import { isGated, type CheckContext } from './check-context.js';
import type { RuleFinding } from './check-finding.js';

const ORIGIN = 'http://docs.invalid';
/** Names of groups that promise more than public docs can keep. */
const SOUNDS_PROTECTED =
  /^(?:internal|confidential|private|secret|restricted|classified|staff|employees?)(?:[-_ ].*)?$/i;

/** Rules about pages that more people can read than was meant. */
export async function checkPublicPages(context: CheckContext): Promise<RuleFinding[]> {
  return [
    ...(await linkedPublicly(context)),
    ...publicInGatedFolders(context),
    ...groupsThatOnlyHide(context),
  ];
}

/** Pages with groups that no navigation lists, to which only pages without groups link. */
async function linkedPublicly(context: CheckContext): Promise<RuleFinding[]> {
  const { pages, parts } = context.folder;
  const all: (DocsPart & Partial<DocsPage>)[] = [...pages, ...parts];
  const findings: RuleFinding[] = [];
  for (const target of pages.filter((page) => isGated(page) && !page.isListed)) {
    const name = target.path.split('/').at(-1) ?? '';
    const links: { file: string; line: number; isGated: boolean }[] = [];
    for (const source of all) {
      // Only files that have the name need to be parsed.
      if (source.file === target.file || !source.text.includes(name)) continue;
      const { links: written } = await context.syntaxOf(source);
      const found = written.find((link) => isLinkTo(link.target, source, target));
      if (found) links.push({ file: source.file, line: found.line, isGated: isGated(source) });
    }
    const [first] = links;
    if (first === undefined || links.some((link) => link.isGated)) continue;
    findings.push({
      rule: 'gated-page-linked-publicly',
      file: first.file,
      line: first.line,
      message: `This links everyone to ${target.path}, which has groups and is in no navigation.`,
      fix: `Add ${target.path} to the navigation and remove the link, or give this page the same groups.`,
    });
  }
  return findings;
}

function isLinkTo(href: string, source: { file: string; path?: string }, target: DocsPage): boolean {
  const base = `${ORIGIN}${encodeURI(source.path ?? `/${source.file}`)}`;
  const url = parseUrl(href, base);
  if (url?.origin !== ORIGIN) return false;
  const path = url.pathname.replace(/\.mdx?$/, '').replace(/\/$/, '');
  const wanted = encodeURI(target.path);
  return path === wanted || path === wanted.replace(/\/index$/, '');
}

function publicInGatedFolders({ folder }: CheckContext): RuleFinding[] {
  return [...byFolder(folder.pages)].flatMap(([inside, pages]): RuleFinding[] => {
    const open = pages.filter((page) => !isGated(page));
    const [page] = open;
    if (inside === '.' || page === undefined || open.length > 1 || pages.length < 3) return [];
    const groups = [...new Set(pages.flatMap(({ rule }) => rule?.includes ?? []))];
    return [
      {
        rule: 'public-page-in-gated-folder',
        file: page.file,
        line: 1,
        message: `All ${pages.length - 1} other pages in ${inside} have groups, and this one has none.`,
        fix: `Add groups: [${groups.map((name) => JSON.stringify(name)).join(', ')}], or move the page out of the folder.`,
      },
    ];
  });
}

/** The pages of each folder. */
export function byFolder(pages: readonly DocsPage[]): Map<string, DocsPage[]> {
  const folders = new Map<string, DocsPage[]>();
  for (const page of pages) {
    const inside = posix.normalize(dirname(page.file));
    folders.set(inside, [...(folders.get(inside) ?? []), page]);
  }
  return folders;
}

function groupsThatOnlyHide({ folder, mode }: CheckContext): RuleFinding[] {
  if (mode !== 'personalization') return [];
  return folder.groupPlaces
    .filter(({ kind }) => kind === 'page' || kind === 'navigation')
    .flatMap(({ file, names }) =>
      names
        .filter(({ name, kind }) => kind === 'includes' && SOUNDS_PROTECTED.test(name))
        .map(({ name, line }) => ({
          rule: 'groups-do-not-protect' as const,
          file,
          line,
          message: `The group "${name}" sounds like protection. In public docs, groups only hide a page from the navigation: anyone with its URL can read it.`,
          fix: 'Move what must not be read to private docs, or rename the group.',
        })),
    );
}
