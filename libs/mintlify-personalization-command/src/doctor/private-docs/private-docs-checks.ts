import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { DocsFolder } from 'mintlify-docs-emulator/reader';
import { isGated, isOpenToAnyone } from '../../check-docs/check-context.js';
import { loadDocsReader } from '../../check-docs/docs-reader.js';
import { CommandError } from '../../command-error.js';
import type { Terminal } from '../../terminal.js';
import type { DoctorContext } from '../doctor-context.js';
import { fail, pass, skip, type Finding } from '../finding.js';
import { DocsClient } from './docs-client.js';
import { checkFiles, checkSkills } from './file-leaks.js';
import { checkLists } from './list-leaks.js';
import { checkMcp } from './mcp-leaks.js';
import { checkPages } from './page-leaks.js';
import { checkSession } from './session-checks.js';
import { describeReader } from './site-reader.js';

/** What cannot be seen from outside, or not without the hosted service. */
const UNVERIFIED =
  'Unverified: search, assistant, PDF export, download-spec, previews and copies of files on a CDN. Only the hosted docs show them.';

/** Looks at private docs from outside: what a visitor can read that the folder withholds, before and after login. */
export async function* checkPrivateDocs({
  terminal,
  timeoutMs,
  site,
}: DoctorContext): AsyncIterable<Finding> {
  if (site === undefined) return;
  const { readDocsFolder, canRead, passesRule, SiteError } = await loadDocsReader(terminal);
  const folder = await readFolder(terminal, site.folder, readDocsFolder, SiteError);
  const client = new DocsClient(site.url, { timeoutMs });
  const ask = client.as({});
  const missing = await ask(`/doctor-${randomUUID()}`);
  if (missing === undefined) {
    yield fail(
      'docs-reachable',
      `${site.url.origin} does not answer (${client.failure ?? 'no answer'}).`,
      'Is --docs the address of the docs?',
    );
    return;
  }
  const isOpen = (page: DocsFolder['pages'][number]): boolean =>
    isOpenToAnyone({ mode: 'authentication' }, page);
  const openPaths = new Set(folder.pages.filter(isOpen).map(({ path }) => path));
  const anonymous = describeReader('anonymous', {
    ask,
    folder,
    missing,
    access: { canReadPage: isOpen, canReadSkill: ({ rule }) => passesRule(rule, undefined) },
  });
  yield pass(
    'docs-reachable',
    `${site.url.origin} answers. The folder withholds ${anonymous.pages.length + anonymous.omitted} of ${folder.pages.length} pages from anyone without a login.`,
  );
  yield* onlyIfAnswered(
    client,
    checkPages(anonymous, (path) => openPaths.has(path)),
  );
  yield* onlyIfAnswered(client, checkLists(anonymous));
  yield* onlyIfAnswered(client, checkSkills(anonymous));
  yield* onlyIfAnswered(
    client,
    checkFiles(anonymous, (path) => openPaths.has(path)),
  );
  yield* onlyIfAnswered(client, checkMcp(anonymous));
  const { visitor, groups } = site;
  if (Object.keys(visitor).length === 0) {
    yield skip('session', 'To look as a visitor who is logged in, name a variable with --docs-cookie-env.');
  } else {
    const askAsVisitor = client.as(visitor);
    const gated = folder.pages.filter((page) => !isOpen(page));
    const readable = gated.filter((page) =>
      groups === undefined ? !isGated(page) : canRead(page, { groups: [...groups] }),
    );
    yield* checkSession(anonymous, {
      ask: askAsVisitor,
      readable: readable.length === 0 && groups === undefined ? gated : readable,
      areGroupsKnown: groups !== undefined,
    });
    if (groups === undefined) {
      yield skip('visitor-pages', 'What this visitor may read is not known without --docs-groups.');
    } else {
      const forVisitor = describeReader('visitor', {
        ask: askAsVisitor,
        folder,
        missing,
        access: {
          canReadPage: (page) => canRead(page, { groups: [...groups] }),
          canReadSkill: ({ rule }) => passesRule(rule, groups),
        },
      });
      yield* onlyIfAnswered(
        client,
        checkPages(forVisitor, () => false),
      );
      yield* onlyIfAnswered(client, checkLists(forVisitor));
      yield* onlyIfAnswered(client, checkSkills(forVisitor));
    }
  }
  yield* describeLimits(client, anonymous.omitted);
}

/** Without an answer to each of its requests, a check has seen nothing wrong, and proves nothing. */
async function* onlyIfAnswered(client: DocsClient, findings: AsyncIterable<Finding>): AsyncIterable<Finding> {
  const countUnknown = (): number => client.unanswered + (client.isExhausted ? 1 : 0);
  let before = client.isExhausted ? -1 : client.unanswered;
  for await (const finding of findings) {
    const isKnown = countUnknown() === before;
    before = client.isExhausted ? -1 : client.unanswered;
    yield isKnown || finding.state !== 'passed'
      ? finding
      : skip(finding.check, 'Unverified: the docs did not answer every request of this check.');
  }
}

function* describeLimits(client: DocsClient, omitted: number): Iterable<Finding> {
  if (client.unanswered > 0) {
    yield skip(
      'docs-answers',
      `${client.unanswered} requests had no answer (${client.failure ?? 'no answer'}): nothing is known there.`,
    );
  }
  if (omitted > 0 || client.isExhausted) {
    const why = client.isExhausted
      ? 'the limit of requests or time was reached'
      : `${omitted} pages were not asked for`;
    yield skip('docs-limits', `Not everything was looked at: ${why}.`);
  }
  yield skip('docs-unverified', UNVERIFIED);
}

async function readFolder(
  { directory }: Terminal,
  given: string,
  read: (directory: string) => Promise<DocsFolder>,
  SiteError: new (...words: never[]) => Error,
): Promise<DocsFolder> {
  try {
    return await read(resolve(directory, given));
  } catch (error) {
    if (error instanceof SiteError) throw new CommandError(error.message, { cause: error });
    throw error;
  }
}
