import { parseUrl } from '../../../../mintlify-personalization/src/options/parse-url.js';
import type { Finding } from '../finding.js';
import type { DocsAnswer } from './docs-client.js';
import { verdictOf, type SiteReader, type Surface } from './site-reader.js';
import { pathsIn, textIn } from './withheld-content.js';

/** A kind of list, and where Mintlify serves it. */
interface List extends Surface {
  readonly paths: readonly string[];
}

/** See Mintlify's docs on llms.txt, SEO, MCP and skills: each says where it is, and what login does to it. */
const LISTS: readonly List[] = [
  {
    check: 'llms',
    paths: ['/llms.txt', '/llms-full.txt', '/.well-known/llms.txt', '/.well-known/llms-full.txt'],
    what: 'in llms.txt or llms-full.txt about pages that the folder keeps from them',
    passed: 'llms.txt and llms-full.txt tell nothing of withheld pages.',
    fix: 'Remove an llms.txt of your own from the folder, or what it says of these pages. Is a proxy caching it?',
  },
  {
    check: 'sitemap',
    paths: ['/sitemap.xml'],
    what: 'the paths of withheld pages in the sitemap',
    passed: 'The sitemap lists no withheld page.',
    fix: 'Remove a sitemap.xml of your own from the folder, or these pages from it.',
  },
  {
    check: 'robots',
    paths: ['/robots.txt'],
    what: 'the paths of withheld pages in robots.txt',
    passed: 'robots.txt names no withheld page.',
    fix: 'Do not hide pages by robots.txt: anyone reads it. Remove the lines with these paths.',
  },
  {
    check: 'discovery',
    paths: [
      '/.well-known/mcp',
      '/.well-known/mcp.json',
      '/.well-known/mcp/server-card.json',
      '/.well-known/mcp/server-cards.json',
      '/.well-known/agent-card.json',
      '/.well-known/api-catalog',
      '/.well-known/oauth-protected-resource',
    ],
    what: 'about withheld pages or skills in documents of /.well-known',
    passed: 'The documents of /.well-known tell nothing of withheld pages.',
    fix: 'Give the skill groups in its front matter, and deploy again. Is a proxy caching the document?',
  },
  {
    check: 'settings',
    paths: ['/docs.json', '/mint.json'],
    what: 'the navigation with withheld pages in the settings of the docs',
    passed: 'docs.json is not readable, or names no withheld page.',
    fix: 'Let the proxy in front of the docs serve no file of the folder itself.',
  },
];

const MAX_SITEMAPS = 5;

/** Documents about the docs: what they tell of pages and skills that the folder withholds. */
export async function* checkLists(reader: SiteReader): AsyncIterable<Finding> {
  for (const { paths, ...surface } of LISTS) {
    const answers = await Promise.all(paths.map((path) => reader.ask(path)));
    if (surface.check === 'sitemap') answers.push(...(await partsOf(reader, answers[0])));
    const leaks = answers.flatMap((answer) => (answer === undefined ? [] : leaksIn(reader, answer, surface)));
    yield verdictOf(reader, leaks, surface);
  }
}

function leaksIn(reader: SiteReader, answer: DocsAnswer, { check }: Surface): string[] {
  const { pages, skills } = reader;
  // docs.json names pages without a slash.
  const text = check === 'settings' ? answer.text.replaceAll(/"(?=\w)/g, '"/') : answer.text;
  const named = answer.status === 200 ? pathsIn(text, pages) : [];
  const found = [...named, ...textIn(answer.text, pages)].map(({ label }) => label);
  return check === 'discovery' ? [...found, ...skillsIn(answer, skills)] : found;
}

/** The skills that a JSON document names. */
export function skillsIn({ status, text }: DocsAnswer, skills: SiteReader['skills']): string[] {
  if (status !== 200) return [];
  const named = skills.filter(({ label }) => text.includes(`"${label}"`) || text.includes(`/${label}/`));
  return [...named, ...textIn(text, skills)].map(({ label }) => `the skill ${label}`);
}

/** A sitemap may consist of others. */
async function partsOf(
  { ask }: SiteReader,
  index: DocsAnswer | undefined,
): Promise<(DocsAnswer | undefined)[]> {
  const locations = [...(index?.text ?? '').matchAll(/<loc>([^<>]*\.xml)\s*<\/loc>/g)].slice(0, MAX_SITEMAPS);
  const paths = locations.flatMap(([, location = '']) => parseUrl(location.trim())?.pathname ?? []);
  return Promise.all(paths.map((path) => ask(path)));
}
