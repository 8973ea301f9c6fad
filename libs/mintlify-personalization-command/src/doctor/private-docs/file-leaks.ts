import type { DocsFolder } from 'mintlify-docs-emulator/reader';
import type { Finding } from '../finding.js';
import type { DocsAnswer } from './docs-client.js';
import { skillsIn } from './list-leaks.js';
import { verdictOf, type SiteReader } from './site-reader.js';
import { textIn } from './withheld-content.js';

const MAX_FILES = 60;

/** Skills with groups: in the indexes, and by their own paths. */
export async function* checkSkills(reader: SiteReader): AsyncIterable<Finding> {
  const { skills, ask } = reader;
  if (skills.length === 0) return;
  const indexes = ['/skill.md', '/.well-known/skills/index.json', '/.well-known/agent-skills/index.json'];
  const listed = await Promise.all(indexes.map((path) => ask(path)));
  const leaks = listed.flatMap((answer) => (answer === undefined ? [] : skillsIn(answer, skills)));
  const own = await Promise.all(
    skills.flatMap((skill) =>
      [
        `/.well-known/skills/${skill.label}/skill.md`,
        `/.well-known/agent-skills/${skill.label}/SKILL.md`,
      ].map(async (path) => {
        const answer = await ask(path);
        const isSkill =
          answer?.status === 200 && (textIn(answer.text, [skill]).length > 0 || isMarkdown(answer));
        return isSkill ? `the skill ${skill.label}` : undefined;
      }),
    ),
  );
  yield verdictOf(reader, [...leaks, ...own.filter((leak) => leak !== undefined)], {
    check: 'skills',
    what: 'skills that are for some groups',
    passed: 'Skills with groups are not readable.',
    fix: 'Deploy the skill with groups in its front matter. Is a proxy caching /.well-known?',
  });
}

function isMarkdown({ type, text }: DocsAnswer): boolean {
  return type === 'text/markdown' || /^---\s/.test(text);
}

const SPEC = /["']?(?:openapi|swagger|asyncapi)["']?\s*:/;

/**
 * OpenAPI and static files. Docs that ask for a login serve none (Mintlify's docs, "Files"). What the settings or an open
 * page shows, such as the logo, is not withheld.
 */
export async function* checkFiles(
  reader: SiteReader,
  isOpen: (path: string) => boolean,
): AsyncIterable<Finding> {
  const { folder, ask } = reader;
  const specs = folder.apiFiles.map(({ file }) => file);
  const served = await readable(ask, specs, ({ text, type }) => type !== 'text/html' && SPEC.test(text));
  if (specs.length > 0) {
    yield verdictOf(reader, served, {
      check: 'openapi',
      what: 'OpenAPI files, with all of their operations',
      passed: 'OpenAPI files cannot be downloaded.',
      fix: 'Let the docs serve no files to visitors without a login. Keep internal operations in another file.',
    });
  }
  const files = withheldFiles(folder, isOpen).filter((file) => !specs.includes(file));
  if (files.length === 0) return;
  const open = await readable(
    ask,
    files.slice(0, MAX_FILES),
    ({ type, text }) => type !== 'text/html' && text !== '',
  );
  yield verdictOf(reader, open, {
    check: 'files',
    what: 'static files of the folder',
    passed: 'Static files are not readable.',
    fix: 'Move confidential files out of the docs, and serve them from your app.',
  });
}

async function readable(
  ask: SiteReader['ask'],
  files: readonly string[],
  isFile: (answer: DocsAnswer) => boolean,
): Promise<string[]> {
  const found = await Promise.all(
    files.map(async (file) => {
      const answer = await ask(`/${file.split('/').map(encodeURIComponent).join('/')}`);
      return answer?.status === 200 && isFile(answer) ? [`/${file}`] : [];
    }),
  );
  return found.flat();
}

function withheldFiles(
  { settings, pages, parts, staticFiles }: DocsFolder,
  isOpen: (path: string) => boolean,
): string[] {
  const { navigation: _, ...looks } = settings;
  const open = [...pages.filter(({ path }) => isOpen(path)), ...parts].map(({ text }) => text);
  const shown = [JSON.stringify(looks), ...open].join('\n');
  return staticFiles.filter((file) => !shown.includes(file) && !/^favicon\.\w+$/.test(file));
}
