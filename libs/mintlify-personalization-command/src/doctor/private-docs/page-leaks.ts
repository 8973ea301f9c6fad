import type { Finding } from '../finding.js';
import { verdictOf, type SiteReader } from './site-reader.js';
import { isPage, textIn } from './withheld-content.js';

const MAX_OPEN_PAGES = 20;

/** Pages that the folder withholds: as HTML, as Markdown, and as a part of other pages. */
export async function* checkPages(
  reader: SiteReader,
  isOpen: (path: string) => boolean,
): AsyncIterable<Finding> {
  if (reader.pages.length > 0) {
    yield verdictOf(reader, await leaksAt(reader, (path) => path), {
      check: 'pages',
      what: 'pages that the folder keeps from them',
      passed: `${countOf(reader)} that the folder withholds are not readable.`,
      fix: 'Is authentication on in the dashboard, and is this folder deployed? Compare groups and public of the page.',
    });
    yield verdictOf(reader, await leaksAt(reader, markdownPath), {
      check: 'markdown',
      what: 'the Markdown of pages that the folder keeps from them',
      passed: 'Nor is their Markdown (.md).',
      fix: 'If a proxy is in front of the docs, let it send .md paths to the docs, and cache none of them.',
    });
  }
  const { folder, ask } = reader;
  const open = folder.pages.map(({ path }) => path).filter(isOpen);
  const texts = await Promise.all(open.slice(0, MAX_OPEN_PAGES).map((path) => ask(encodeURI(path))));
  if (open.length === 0) return;
  const leaks = texts.flatMap((answer) => (answer ? textIn(answer.text, reader.pages) : []));
  yield verdictOf(
    reader,
    leaks.map(({ label }) => label),
    {
      check: 'open-pages',
      what: 'text of withheld pages in pages that are open',
      passed: 'Pages that are open hold no text of those that are not.',
      fix: 'Look at the source of the open pages: a snippet, a card or the navigation carries the text.',
    },
  );
}

async function leaksAt({ pages, ask, missing }: SiteReader, at: (path: string) => string): Promise<string[]> {
  const found = await Promise.all(
    pages.map(async (page) => {
      const answer = await ask(encodeURI(at(page.label)));
      return answer && isPage(answer, page, missing) ? [at(page.label)] : [];
    }),
  );
  return found.flat();
}

function markdownPath(path: string): string {
  return path === '/' ? '/index.md' : `${path.replace(/\/$/, '')}.md`;
}

function countOf({ pages }: SiteReader): string {
  return pages.length === 1 ? 'The page' : `The ${pages.length} pages`;
}
