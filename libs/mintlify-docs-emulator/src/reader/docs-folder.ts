import { readdir, readFile, realpath } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { parseDocument } from 'yaml';
import { STATIC_TYPES } from '../http/static-endpoint.js';
import type { GroupRule } from '../shared/group-rules.js';
import { listPages as listNavigationPages } from '../shared/navigation-filter.js';
import { isRecord } from '../shared/type-guards.js';
import { readConfig } from '../site/config-reader.js';
import type { SitePage } from '../site/page-access.js';
import { accessOf, SiteReader } from '../site/site-reader.js';
import type { Site } from '../site/site-reader.js';
import { apiFileNames, readApiFile } from './api-files.js';
import type { ApiFile } from './api-files.js';
import { configGroupPlaces } from './config-group-places.js';
import { groupPlaceOf } from './group-places.js';
import type { GroupPlace } from './group-places.js';
import { parseYamlTree } from './source-tree.js';

/** A page of a docs folder, and who sees it. */
export interface DocsPage {
  /** The page's path inside the docs, such as `/quickstart`. */
  path: string;
  /** Path inside the docs folder. */
  file: string;
  title: string;
  text: string;
  /** From `groups` in the front matter. */
  rule?: GroupRule;
  /** For each of its places in the navigation: the rules of the nodes around it. A visitor must pass all of one place. */
  placeRules: GroupRule[][];
  /** In private docs: whether it can be read without a login. */
  isPublic: boolean;
  /** Whether it is in the sidebar for someone. */
  isListed: boolean;
  /** Why its front matter cannot be read. */
  problem?: string;
}

/** A file that pages import: MDX, JavaScript or TypeScript. */
export interface DocsPart {
  /** Path inside the docs folder. */
  file: string;
  text: string;
}

/** A skill of the docs: a file for AI agents. */
export interface DocsSkill {
  /** The name in URLs, such as `payments`. */
  name: string;
  /** Path inside the docs folder. */
  file: string;
  text: string;
  /** From `groups` in the front matter. Absent: everyone gets it. */
  rule?: GroupRule;
}

/** What a docs folder holds. */
export interface DocsFolder {
  /** `docs.json` or `mint.json`. */
  file: string;
  name: string;
  /** All of docs.json, not validated. */
  settings: Readonly<Record<string, unknown>>;
  /** From `variables` of docs.json: what `{{name}}` in pages stands for. */
  variables: Readonly<Record<string, string>>;
  /** In the order of the navigation, then the others. */
  pages: DocsPage[];
  parts: DocsPart[];
  /** `skill.md`, and those of `.mintlify/skills`. */
  skills: DocsSkill[];
  /** Every place that says who sees something: of pages, navigation, skills and OpenAPI files. */
  groupPlaces: GroupPlace[];
  apiFiles: ApiFile[];
  /** Whether docs.json names an OpenAPI file by URL, which is not read. */
  hasRemoteApi: boolean;
  /** Files that a site serves as they are, whatever `groups` say: paths inside the docs folder. */
  staticFiles: string[];
}

const PART_TYPES = new Set(['.mdx', '.md', '.jsx', '.tsx', '.js', '.ts']);
const MAX_FILES = 50_000;

/**
 * Reads a docs folder as the emulator does, without compiling or running anything.
 *
 * @param directory the folder with docs.json.
 * @throws SiteError if docs.json is missing or not a JSON object; the message says how to fix it.
 * @example
 * const folder = await readDocsFolder('docs');
 * folder.groupPlaces; // [{ kind: 'page', file: 'admin.mdx', line: 3, names: [{ name: 'admin', … }], … }]
 */
export async function readDocsFolder(directory: string): Promise<DocsFolder> {
  const sites = new SiteReader(directory);
  const site = await sites.read();
  const pages = await readPages(sites, site);
  const root = await realpath(directory);
  const { files } = await readConfig(directory);
  const operations = pages.flatMap(({ operation }) => operation ?? []);
  const named = apiFileNames(site.settings, operations);
  const apiFiles: ApiFile[] = [];
  for (const file of named.files) {
    const api = await readApiFile(directory, file);
    if (api) apiFiles.push(api);
  }
  const all = await listFiles(directory);
  const parts = await readParts(directory, all);
  return {
    file: site.file,
    name: site.name,
    settings: site.settings,
    variables: site.variables,
    pages: pages.map(({ page }) => page),
    parts,
    skills: site.skills.map(({ name, file, text, rule }) => ({ name, file, text, ...(rule && { rule }) })),
    groupPlaces: [
      ...(await configGroupPlaces(files, root)),
      ...pages.flatMap(({ page: { file, text } }) => frontMatterPlaces(text, file, 'page')),
      ...site.skills.flatMap(({ file, text }) => frontMatterPlaces(text, file, 'skill')),
      ...apiFiles.flatMap(({ groupPlaces }) => groupPlaces),
    ],
    apiFiles,
    hasRemoteApi: named.hasRemote,
    staticFiles: all.filter((file) => extname(file).toLowerCase() in STATIC_TYPES && !isPart(file)),
  };
}

/** The files that pages import: snippets, and scripts anywhere. */
export async function listParts(directory: string): Promise<DocsPart[]> {
  return readParts(directory, await listFiles(directory));
}

async function readParts(directory: string, files: readonly string[]): Promise<DocsPart[]> {
  const parts: DocsPart[] = [];
  for (const file of files.filter(isPart)) {
    parts.push({ file, text: await readFile(join(directory, file), 'utf8') });
  }
  return parts;
}

async function readPages(sites: SiteReader, site: Site) {
  const listed = new Set(listNavigationPages(site.navigation).map(({ path }) => path));
  const paths = [...listed, ...(await sites.listPages())];
  const found = new Map<string, { page: DocsPage; operation?: string }>();
  for (const path of paths) {
    const page = (await sites.findPage(encodeURI(path)))?.page;
    // Pages that are made of specs have no text of their own.
    if (!page || page.generated || found.has(page.file)) continue;
    found.set(page.file, await describePage(path, page, site, listed.has(path)));
  }
  return [...found.values()];
}

async function describePage(path: string, page: SitePage, site: Site, isListed: boolean) {
  const { rule, placeRules, isPublic } = accessOf(site, page);
  const { title, operation } = page.frontMatter;
  return {
    page: {
      path,
      file: page.file,
      title: title ?? path,
      text: await readFile(page.absolutePath, 'utf8'),
      ...(rule && { rule }),
      placeRules,
      isPublic,
      isListed,
      ...(page.problem && { problem: page.problem.message }),
    },
    ...(operation && { operation: operation.text }),
  };
}

const BLOCK = /^\uFEFF?---[ \t]*\r?\n(?<yaml>[\s\S]*?)^---[ \t]*$/m;

/** The `groups` of front matter, with lines. What is no YAML is left to who reads it. */
function frontMatterPlaces(text: string, file: string, kind: 'page' | 'skill'): GroupPlace[] {
  const yaml =
    text.startsWith('---') || text.startsWith('\uFEFF---') ? BLOCK.exec(text)?.groups?.yaml : undefined;
  if (yaml === undefined || !/^['"]?groups['"]?\s*:/m.test(yaml)) return [];
  if (parseDocument(yaml).errors.length > 0) return [];
  const tree = parseYamlTree(`\n${yaml}`);
  const groups = isRecord(tree.value) ? tree.value.groups : undefined;
  const place = groupPlaceOf(groups, { kind, file, path: ['groups'], tree });
  return place ? [place] : [];
}

/** Files of `snippets`, and scripts anywhere that pages can import. */
function isPart(file: string): boolean {
  const isSnippet = /^_?snippets\//.test(file);
  return isSnippet ? PART_TYPES.has(extname(file)) : /\.[jt]sx$/.test(file);
}

async function listFiles(directory: string): Promise<string[]> {
  const found: string[] = [];
  const visit = async (inside: readonly string[]): Promise<void> => {
    const entries = await readdir(join(directory, ...inside), { withFileTypes: true }).catch(() => []);
    for (const entry of entries.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules' || found.length >= MAX_FILES) continue;
      const parts = [...inside, entry.name];
      if (entry.isDirectory()) await visit(parts);
      else if (entry.isFile()) found.push(parts.join('/'));
    }
  };
  await visit([]);
  return found;
}
