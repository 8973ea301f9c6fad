import { parseDocument } from 'yaml';
import { isRecord, isStringList } from '../shared/type-guards.js';
import { SiteError } from './site-error.js';

/** The part of a page's front matter that the emulator uses. */
export interface FrontMatter {
  title?: string;
  /** The title in the sidebar, where it differs. */
  sidebarTitle?: string;
  description?: string;
  /** The visitors' groups that see the page listed, and in private docs may read it; empty: everybody. */
  groups?: string[];
  /** From `public`: `true` opens a page of private docs to anybody. */
  isPublic?: boolean;
  /** `true` leaves the page out of the sidebar for everybody. */
  hidden?: boolean;
}

const BLOCK = /^\uFEFF?---[ \t]*\r?\n(?<yaml>[\s\S]*?)^---[ \t]*$/m;

/**
 * Reads the front matter at the head of an MDX page.
 *
 * @param source the page's text.
 * @param file the page's path inside the docs folder, for messages.
 * @throws SiteError with file and line, for YAML that cannot be read or a value of the wrong type.
 * @example
 * readFrontMatter('---\ntitle: Quickstart\n---\n# Hello', 'quickstart.mdx'); // { title: 'Quickstart' }
 */
export function readFrontMatter(source: string, file: string): FrontMatter {
  const yaml = BLOCK.exec(source)?.groups?.yaml;
  if (yaml === undefined || !/^\uFEFF?---/.test(source)) return {};
  const document = parseDocument(yaml);
  const fault = document.errors[0];
  if (fault) {
    const line = (fault.linePos?.[0].line ?? 0) + 1;
    const reason = `the front matter is not valid YAML: ${fault.message.split('\n')[0]}`;
    throw new SiteError({ file, line }, reason, { cause: fault });
  }
  const values: unknown = document.toJS() ?? {};
  if (!isRecord(values))
    throw new SiteError({ file, line: 1 }, 'the front matter must be `name: value` lines.');
  return pickKnown(values, file);
}

/**
 * Reads the front matter as {@link readFrontMatter} does; one that cannot be read counts as empty.
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
  // `title: 2026` is a number to YAML and a title to its writer.
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
