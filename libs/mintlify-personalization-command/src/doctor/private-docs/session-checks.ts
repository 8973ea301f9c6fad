import type { DocsPage } from 'mintlify-docs-emulator/reader';
import { fail, pass, skip, type Finding } from '../finding.js';
import type { Ask } from './docs-client.js';
import { verdictOf, type SiteReader } from './site-reader.js';
import { isPage, type Withheld } from './withheld-content.js';

const MAX_PAGES = 10;

/** What is known of a visitor who is logged in. */
export interface Session {
  readonly ask: Ask;
  /** The pages that the visitor may read and an anonymous one may not; all that are gated if the groups are unknown. */
  readonly readable: readonly DocsPage[];
  readonly areGroupsKnown: boolean;
}

/** Whether the session is one, and whether a cache gives what it reads to others. */
export async function* checkSession(anonymous: SiteReader, session: Session): AsyncIterable<Finding> {
  const pages = anonymous.pages.filter(({ label }) => session.readable.some(({ path }) => path === label));
  const asked = pages.slice(0, MAX_PAGES);
  if (asked.length === 0) {
    yield skip(
      'session',
      'The folder has no page that needs a login, so nothing shows whether the session is one.',
    );
    return;
  }
  const read: Withheld[] = [];
  let isShared = false;
  for (const page of asked) {
    const answer = await session.ask(encodeURI(page.label));
    if (answer === undefined || !isPage(answer, page, anonymous.missing)) continue;
    read.push(page);
    isShared ||= isCacheable(answer.headers.get('cache-control') ?? '');
  }
  if (read.length === 0) {
    yield fail(
      'session',
      `The visitor with this session reads none of ${asked.length} pages that need a login.`,
      'Log in to the docs in a browser, and copy the Cookie header of a request to a page. Sessions end.',
    );
    return;
  }
  yield pass(
    'session',
    `The visitor with this session reads ${read.length} of ${asked.length} pages that need a login.`,
  );
  if (session.areGroupsKnown && read.length < asked.length) {
    const missing = asked.filter((page) => !read.includes(page)).map(({ label }) => label);
    yield fail(
      'visitor-missing',
      `The folder lets visitors of these groups read ${missing.join(', ')}, and the docs do not.`,
      'Compare the groups in the token (decode shows them) with those of the page. Is this folder deployed?',
    );
  }
  yield* checkCache(anonymous, read, isShared);
}

async function* checkCache(
  anonymous: SiteReader,
  read: Withheld[],
  isShared: boolean,
): AsyncIterable<Finding> {
  if (isShared) {
    yield fail(
      'visitor-cache-control',
      'Pages for visitors who are logged in have a Cache-Control that lets shared caches keep them.',
      'Let the proxy in front of the docs leave Cache-Control as it is: private, or no-store.',
    );
  }
  const leaks = await Promise.all(
    read.map(async (page) => {
      const answer = await anonymous.ask(encodeURI(page.label));
      return answer && isPage(answer, page, anonymous.missing) ? [page.label] : [];
    }),
  );
  yield verdictOf(anonymous, leaks.flat(), {
    check: 'cache',
    what: 'pages once someone who is logged in has read them',
    passed: 'Pages that a visitor has read are not in a cache for others.',
    fix: 'Let no proxy cache these docs, or let it leave out requests with a cookie.',
  });
}

/** Whether caches that serve several visitors may keep an answer (RFC 9111, section 5.2.2). */
function isCacheable(cacheControl: string): boolean {
  const directives = cacheControl.toLowerCase();
  return /\bpublic\b|\bs-maxage=(?!0\b)/.test(directives) && !/\bprivate\b|\bno-store\b/.test(directives);
}
