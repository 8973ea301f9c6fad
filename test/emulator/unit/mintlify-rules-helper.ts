import * as fc from 'fast-check';
import type { DecoratedNavigationConfig } from '@mintlify/validation';
import { pagesOf } from '../../../libs/mintlify-docs-emulator/src/shared/navigation-filter.js';
import type {
  NavigationItem,
  NavigationSection,
} from '../../../libs/mintlify-docs-emulator/src/shared/navigation-types.js';
import { readFrontMatter } from '../../../libs/mintlify-docs-emulator/src/site/front-matter-reader.js';
import { buildNavigation } from '../../../libs/mintlify-docs-emulator/src/site/navigation-builder.js';
import type { BuiltNavigation } from '../../../libs/mintlify-docs-emulator/src/site/navigation-builder.js';
import type { SitePage } from '../../../libs/mintlify-docs-emulator/src/site/page-access.js';

/** A node of `navigation` in docs.json. */
export type NavigationNode = Record<string, unknown>;
/** The front matter of the pages, by their names in docs.json. */
export type PageValues = Record<string, Record<string, unknown>>;

/** What a generated docs.json may have. */
export interface GeneratedOptions {
  /** `hidden` on divisions, and on groups that are not inside another one. */
  hiddenNodes?: boolean;
  /** `hidden` on groups inside another group. */
  hiddenInnerGroups?: boolean;
  /** A page may have several places. */
  repeated?: boolean;
}

/** A generated docs folder. */
export interface GeneratedDocs {
  navigation: NavigationNode;
  pages: PageValues;
  /** The names of all pages. */
  names: string[];
}

const KINDS = {
  anchors: 'anchor',
  dropdowns: 'dropdown',
  languages: 'language',
  tabs: 'tab',
  versions: 'version',
  menu: 'item',
  products: 'product',
} as const;
const PLURALS = Object.keys(KINDS) as (keyof typeof KINDS)[];
const NAMES = ['index', 'start', 'guides/index', 'guides/deep', 'api/plants', 'a', 'b', 'c', 'd', 'e'];
const LEAF = '\u0000';

const groupName = fc.constantFrom('a', 'b', 'c');
/** `groups` as authors write them, right or wrong. */
export const groups: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(undefined) },
  fc.constantFrom<unknown>(null, [], 'a', [''], [{}], [{ includes: [] }], [{ only: ['a'] }], ['*'], 7, [
    'a',
    {},
  ]),
  fc.array(fc.oneof(groupName, fc.constant('*')), { minLength: 1, maxLength: 2 }),
  fc.array(
    fc.record(
      {
        includes: fc.array(groupName, { minLength: 1, maxLength: 2 }),
        excludes: fc.array(groupName, { maxLength: 2 }),
      },
      { requiredKeys: [] },
    ),
    { minLength: 1, maxLength: 2 },
  ),
);
/** The groups of a visitor; `undefined` is not logged in. */
export const visitorGroups = fc.option(fc.uniqueArray(groupName, { maxLength: 2 }), { nil: undefined });

/** The groups of a visitor as Mintlify's code takes them: everyone who is logged in is in `*`. */
export function readersOf(visitor: readonly string[] | undefined): Set<string> {
  return new Set(visitor ? [...visitor, '*'] : []);
}

/** Generates docs whose navigation keeps to Mintlify's schema: a node has one kind of children. */
export function docs(options: GeneratedOptions = {}): fc.Arbitrary<GeneratedDocs> {
  const flag = fc.option(fc.boolean(), { nil: undefined, freq: 2 });
  const hidden = options.hiddenNodes
    ? fc.option(fc.boolean(), { nil: undefined, freq: 2 })
    : fc.constant(undefined);
  const hiddenInside = options.hiddenInnerGroups ? flag : fc.constant(undefined);
  const leaf = fc.constant<unknown>(LEAF);
  const { section } = fc.letrec<{ section: NavigationNode; group: NavigationNode; inner: NavigationNode }>(
    (tie) => {
      const group = (hiddenOf: fc.Arbitrary<boolean | undefined>) =>
        fc
          .record({
            public: flag,
            hidden: hiddenOf,
            root: fc.option(leaf, { nil: undefined, freq: 3 }),
            pages: fc.array(fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, tie('inner')), {
              maxLength: 3,
            }),
          })
          .map((node) => defined(node));
      const divisions = fc
        .record({
          plural: fc.constantFrom(...PLURALS),
          nodes: fc.array(fc.record({ section: tie('section'), public: flag, hidden, default: flag }), {
            minLength: 1,
            maxLength: 3,
          }),
        })
        .map(({ plural, nodes }): NavigationNode => ({
          [plural]: nodes.map((node) => ({
            [KINDS[plural]]: '',
            ...defined({ ...node, section: undefined }),
            ...node.section,
          })),
        }));
      return {
        inner: group(hiddenInside).map((node) => titled(node)),
        group: group(hidden).map((node) => titled(node)),
        section: fc.oneof(
          { depthSize: 'small', withCrossShrink: true },
          fc
            .array(tie('group'), { minLength: 1, maxLength: 3 })
            .map((children): NavigationNode => ({ groups: children })),
          fc
            .array(fc.oneof({ depthSize: 'small' }, leaf, tie('inner')), { minLength: 1, maxLength: 3 })
            .map((children): NavigationNode => ({ pages: children })),
          divisions,
        ),
      };
    },
  );
  const values = fc.record(
    { groups, hidden: fc.boolean(), public: fc.boolean() },
    { requiredKeys: ['groups'] },
  );
  return fc
    .record({
      section,
      order: fc.array(fc.nat({ max: NAMES.length - 1 }), { minLength: 40, maxLength: 40 }),
      values: fc.array(values, { minLength: 40, maxLength: 40 }),
    })
    .map(({ section: tree, order, values: given }) => {
      const names: string[] = [];
      let count = 0;
      const navigation = fill(tree, {
        page: () => {
          const index = names.length;
          const name = options.repeated
            ? (NAMES[order[index % order.length] ?? 0] ?? 'a')
            : (NAMES[index] ?? `more/p${index}`);
          names.push(name);
          return name;
        },
        title: () => `T${(count += 1)}`,
      });
      const unique = [...new Set(names)];
      const pages = Object.fromEntries(
        unique.map((name, index) => [name, defined(given[index % given.length] ?? {})]),
      );
      // As it would be read from JSON: plain objects.
      return JSON.parse(JSON.stringify({ navigation, pages, names: unique })) as GeneratedDocs;
    });
}

/** Gives each page a name and each node a title, from top to bottom. */
function fill(value: unknown, next: { page: () => string; title: () => string }): unknown {
  if (value === LEAF) return next.page();
  if (value === '') return next.title();
  if (Array.isArray(value)) return value.map((entry) => fill(entry, next));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, fill(entry, next)]));
}

/** The navigation as the emulator builds it. */
export function ourNavigation(
  { navigation, pages }: GeneratedDocs,
  isPublic?: boolean,
): BuiltNavigation & { files: Map<string, SitePage> } {
  const files = new Map(
    Object.entries(pages).map(([name, values]): [string, SitePage] => {
      const file = `${name}.mdx`;
      const frontMatter = readFrontMatter(`---\n${JSON.stringify(values)}\n---\n`, file);
      return [`/${name}`, { file, absolutePath: `/docs/${file}`, frontMatter }];
    }),
  );
  const catalog = { find: (path: string) => files.get(path), list: () => [] };
  return { ...buildNavigation(navigation, catalog, { file: 'docs.json', isPublic }), files };
}

/** The navigation as Mintlify's code takes it: each page with its front matter. */
export function theirNavigation({ navigation, pages }: GeneratedDocs): DecoratedNavigationConfig {
  const decorate = (value: unknown, key?: string): unknown => {
    if (Array.isArray(value)) return value.map((entry) => decorate(entry, key));
    if (typeof value === 'string' && (key === 'pages' || key === 'root')) {
      return { title: value, ...pages[value], href: `/${value}` };
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, decorate(entry, name)]));
  };
  return decorate(navigation) as DecoratedNavigationConfig;
}

/** The pages of a sidebar of Mintlify's code, from top to bottom. */
export function pagesOfTheirs(entries: readonly unknown[]): string[] {
  return entries.flatMap((entry): string[] => {
    if (typeof entry !== 'object' || entry === null) return [];
    if ('href' in entry && 'title' in entry) return [withoutIndex(String(entry.href))];
    const root = 'root' in entry && entry.root ? [entry.root] : [];
    return pagesOfTheirs([...root, ...('pages' in entry && Array.isArray(entry.pages) ? entry.pages : [])]);
  });
}

/** The pages of a sidebar of the emulator, from top to bottom. */
export function pagesOfOurs(items: readonly NavigationItem[]): string[] {
  return pagesOf(items).map(({ path }) => withoutIndex(path));
}

/** The titles of the divisions and groups around a page: what Mintlify calls breadcrumbs. */
export function breadcrumbsOf(section: NavigationSection, path: string): string[] | undefined {
  const inItems = (items: readonly NavigationItem[]): string[] | undefined => {
    for (const item of items) {
      if (item.kind === 'page' && item.path === path) return [];
      const inside = item.kind === 'group' ? inItems(item.items) : undefined;
      if (inside && item.kind === 'group') return [item.title, ...inside];
    }
    return undefined;
  };
  const found = inItems(section.items);
  if (found) return found;
  for (const { kind, divisions } of section.lists) {
    for (const division of divisions) {
      const inside = breadcrumbsOf(division.section, path);
      if (inside) return kind === 'version' || kind === 'language' ? inside : [division.title, ...inside];
    }
  }
  return undefined;
}

/** `/guides/index` is `/guides`. */
export function withoutIndex(path: string): string {
  return `/${path.replace(/^\/+/, '').replace(/(?:^|\/)index$/, '')}`;
}

function titled(node: NavigationNode): NavigationNode {
  return Object.assign({ group: '' }, defined(node));
}

function defined<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}
