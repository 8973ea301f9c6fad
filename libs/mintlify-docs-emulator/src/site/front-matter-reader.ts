import { parseDocument } from 'yaml';
import { isRecord, isStringList } from '../shared/type-guards.js';
import { SiteError } from './site-error.js';

/** The front matter fields that the emulator uses. */
export interface FrontMatter {
  title?: string;
  /** The title in the sidebar, if different. */
  sidebarTitle?: string;
  description?: string;
  /** The groups that see the page listed and, in private docs, may read it. Empty: everyone. */
  groups?: string[];
  /** From `public`: `true` makes a page of private docs readable without a login. */
  isPublic?: boolean;
  /** `true` removes the page from the sidebar for everyone. */
  hidden?: boolean;
}

const BLOCK = /^\uFEFF?---[ \t]*\r?\n(?<yaml>[\s\S]*?)^---[ \t]*$/m;

/**
 * Reads the front matter at the top of an MDX page.
 *
 * @param source the page's text.
 * @param file the page's path inside the docs folder, for messages.
 * @throws SiteError with file and line, for invalid YAML or a value of the wrong type.
 * @example
 * readFrontMatter('---\ntitle: Quickstart\n---\n# Hello', 'quickstart.mdx'); // { title: 'Quickstart' }
 */
export function readFrontMatter(source: string, file: string): FrontMatter {
  const yaml = BLOCK.exec(source)?.groups?.yaml;
  if (yaml === undefined || !/^\uFEFF?---/.test(source)) return {};
  const document = parseDocument(yaml);
  const problem = document.errors[0];
  if (problem) {
    const line = (problem.linePos?.[0].line ?? 0) + 1;
    const reason = `the front matter is not valid YAML: ${problem.message.split('\n')[0]}`;
    throw new SiteError({ file, line }, reason, { cause: problem });
  }
  const values: unknown = document.toJS() ?? {};
  if (!isRecord(values))
    throw new SiteError({ file, line: 1 }, 'the front matter must consist of `name: value` lines.');
  return pickKnown(values, file);
}

/**
 * Like {@link readFrontMatter}, but returns an empty object for invalid front matter.
 *
 * @example
 * readFrontMatterLeniently('---\ntitle: [\n---\n', 'broken.mdx'); // {}
 */
export function readFrontMatterLeniently(source: string, file: string): FrontMatter {
  try {
    return readFrontMatter(source, file);
  } catch {
    return {};
  }
}

function pickKnown(values: Record<string, unknown>, file: string): FrontMatter {
  const { groups, hidden } = values;
  if (groups !== undefined && groups !== null && !isStringList(groups)) {
    throw new SiteError({ file, line: 1 }, 'groups must be a list of strings, such as groups: ["admin"].');
  }
  return {
    title: text(values.title),
    sidebarTitle: text(values.sidebarTitle),
    description: text(values.description),
    groups: groups ?? [],
    hidden: hidden === true,
    ...(values.public === true && { isPublic: true }),
  };
}

function text(value: unknown): string | undefined {
  // In YAML, `title: 2026` is a number.
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
