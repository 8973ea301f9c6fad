import { parseDocument } from 'yaml';
import { isReadableGroups, NO_ONE, readGroupRule } from '../shared/group-rules.js';
import type { GroupRule } from '../shared/group-rules.js';
import type { NavigationIcon } from '../shared/navigation-types.js';
import { readPlaygroundDisplay } from '../shared/playground-display.js';
import type { PlaygroundDisplay } from '../shared/playground-display.js';
import { isRecord } from '../shared/type-guards.js';
import { readIcon } from './icon-reader.js';
import { readSimpleFrontMatter } from './simple-front-matter.js';
import { SiteError } from './site-error.js';

/** The front matter fields that the emulator uses. */
export interface FrontMatter {
  /** Of a skill: its name in URLs. */
  name?: string;
  title?: string;
  /** The title in the sidebar, if different. */
  sidebarTitle?: string;
  description?: string;
  /** From `groups`: who sees the page listed and, in private docs, may read it. Absent: everyone. */
  rule?: GroupRule;
  /** The lines of the fields that decide who sees the page, by their names. */
  lines?: Partial<Record<'groups' | 'public' | 'hidden', number>>;
  /** From `public`: whether a page of private docs can be read without a login. Absent: the page does not say. */
  isPublic?: boolean;
  /** `true` removes the page from the sidebar for everyone. */
  hidden?: boolean;
  /** The page is a link to this URL. */
  url?: string;
  /** The operation, channel or data model that the page describes, and the field that says so. */
  operation?: { kind: 'openapi' | 'api' | 'asyncapi' | 'openapi-schema'; text: string };
  /** Marks the operation of the page. */
  deprecated?: boolean;
  /** How a page with `api` authenticates, instead of what docs.json says. */
  authMethod?: string;
  /** How the page shows the playground, instead of what docs.json says. */
  playground?: PlaygroundDisplay;
  /** A short mark after the title in the sidebar. */
  tag?: string;
  /** The icon in the sidebar. */
  icon?: NavigationIcon;
  /** What is wrong with the values, and what follows from it. */
  warnings?: string[];
}

const BLOCK = /^\uFEFF?---[ \t]*\r?\n(?<yaml>[\s\S]*?)^---[ \t]*$/m;
// The parser takes the square of it for nested lists.
const MAX_FRONT_MATTER_CHARACTERS = 20_000;
const FAILED: Readonly<FrontMatter> = { isPublic: false };

/**
 * Reads the front matter at the top of an MDX page. Fields of the wrong type are ignored, except those that decide
 * who sees the page: they fail closed (handshakes.md, section 8).
 *
 * @param source the page's text.
 * @param file the page's path inside the docs folder, for messages.
 * @throws SiteError with file and line, for invalid YAML.
 * @example
 * readFrontMatter('---\ntitle: Quickstart\n---\n# Hello', 'quickstart.mdx'); // { title: 'Quickstart' }
 */
export function readFrontMatter(source: string, file: string): FrontMatter {
  if (!/^\uFEFF?---/.test(source)) return {};
  const yaml = BLOCK.exec(source)?.groups?.yaml;
  if (yaml === undefined) return {};
  if (yaml.length > MAX_FRONT_MATTER_CHARACTERS) {
    const reason = `the front matter is over ${MAX_FRONT_MATTER_CHARACTERS} characters.`;
    throw new SiteError({ file, line: 1 }, reason);
  }
  const simple = readSimpleFrontMatter(yaml);
  if (simple) return readFrontMatterValues(simple);
  const document = parseDocument(yaml);
  const problem = document.errors[0];
  if (problem) {
    const line = (problem.linePos?.[0].line ?? 0) + 1;
    const reason = `the front matter is not valid YAML: ${problem.message.split('\n')[0]}`;
    throw new SiteError({ file, line }, reason, { cause: problem });
  }
  const values: unknown = toValue(document, file) ?? {};
  if (!isRecord(values))
    throw new SiteError({ file, line: 1 }, 'the front matter must consist of `name: value` lines.');
  const lines = linesOf(yaml);
  return Object.keys(lines).length > 0
    ? { ...readFrontMatterValues(values), lines }
    : readFrontMatterValues(values);
}

/**
 * The text of a page without its front matter.
 *
 * @example
 * withoutFrontMatter('---\ntitle: Quickstart\n---\n# Hello'); // '# Hello'
 */
export function withoutFrontMatter(source: string): string {
  if (!/^\uFEFF?---/.test(source)) return source;
  return source.replace(BLOCK, '').replace(/^\r?\n/, '');
}

function linesOf(yaml: string): NonNullable<FrontMatter['lines']> {
  const lines: NonNullable<FrontMatter['lines']> = {};
  for (const [index, line] of yaml.split('\n').entries()) {
    const name = /^['"]?(?<name>groups|public|hidden)['"]?\s*:/.exec(line)?.groups?.name;
    // The first line is the `---`.
    if (name === 'groups' || name === 'public' || name === 'hidden') lines[name] = index + 2;
  }
  return lines;
}

/**
 * Like {@link readFrontMatter}, but for invalid front matter it returns a page that is not public, and that no one sees
 * if it names `groups`.
 *
 * @example
 * readFrontMatterLeniently('---\ntitle: [\n---\n', 'broken.mdx'); // { isPublic: false }
 */
export function readFrontMatterLeniently(source: string, file: string): FrontMatter {
  try {
    return readFrontMatter(source, file);
  } catch {
    const hasGroups = /^[ \t]*['"]?groups['"]?[ \t]*:/m.test(source.slice(0, MAX_FRONT_MATTER_CHARACTERS));
    return hasGroups ? { ...FAILED, rule: { ...NO_ONE } } : FAILED;
  }
}

// Aliases can make a few lines expand to gigabytes; the library stops at 100.
function toValue(document: ReturnType<typeof parseDocument>, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    const reason = `the front matter cannot be read: ${cause instanceof Error ? cause.message : 'unknown error'}`;
    throw new SiteError({ file, line: 1 }, reason, { cause });
  }
}

/**
 * Reads the fields of front matter from an object.
 *
 * @example
 * readFrontMatterValues({ title: 'List plants', groups: ['admin'] }).title; // 'List plants'
 */
export function readFrontMatterValues(values: Record<string, unknown>): FrontMatter {
  const { groups, hidden, url } = values;
  const warnings: string[] = [];
  if (!isReadableGroups(groups)) {
    warnings.push(
      '`groups` cannot be read, so no one sees this page. Write a list of names, such as groups: ["admin"].',
    );
  }
  const isPublic = readPublic(values.public);
  if (isPublic === false && values.public !== false) {
    warnings.push('`public` must be true or false. It counts as false.');
  }
  const rule = readGroupRule(groups);
  return defined({
    name: text(values.name),
    title: text(values.title),
    sidebarTitle: text(values.sidebarTitle),
    description: text(values.description),
    rule,
    isPublic,
    hidden: Boolean(hidden) || undefined,
    url: typeof url === 'string' && url !== '' ? url : undefined,
    operation: operationOf(values),
    deprecated: values.deprecated === true || undefined,
    authMethod: text(values.authMethod),
    playground: readPlaygroundDisplay(values.playground),
    tag: text(values.tag),
    icon: typeof values.icon === 'string' || isRecord(values.icon) ? readIcon(values) : undefined,
    warnings: warnings.length > 0 ? warnings : undefined,
  });
}

/**
 * Reads `public` of a page or a navigation node. What is neither `true` nor `false` counts as `false`.
 *
 * @returns `undefined` if it says nothing.
 * @example
 * readPublic('true'); // false
 */
export function readPublic(value: unknown): boolean | undefined {
  return value === undefined || value === null ? undefined : value === true;
}

const OPERATION_FIELDS = ['openapi-schema', 'openapi', 'asyncapi', 'api'] as const;

function operationOf(values: Record<string, unknown>): FrontMatter['operation'] {
  const kind = OPERATION_FIELDS.find((field) => typeof values[field] === 'string' && values[field] !== '');
  return kind && { kind, text: String(values[kind]) };
}

function text(value: unknown): string | undefined {
  // In YAML, `title: 2026` is a number.
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function defined<T extends object>(values: T): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only absent values are removed.
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}
