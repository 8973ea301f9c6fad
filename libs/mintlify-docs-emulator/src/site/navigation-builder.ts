import type { PlannedPage } from '../api/operation-planner.js';
import { OperationPlanner } from '../api/operation-planner.js';
import { namesOperations, sourcesOf } from '../api/spec-sources.js';
import type {
  DivisionKind,
  DivisionLooks,
  DivisionList,
  NavigationDivision,
  NavigationItem,
  NavigationSection,
} from '../shared/navigation-types.js';
import { isRecord } from '../shared/type-guards.js';
import { readIcon } from './icon-reader.js';
import type { PagePlace, SitePage } from './page-access.js';
import { groupsOf, inheritFrom, isChildGroups, listing, textOf } from './navigation-nodes.js';
import type { Inherited } from './navigation-nodes.js';
import { describeUnknownKeys, DIVISION_KEYS, isApiOnlyEntry, isLayout } from './navigation-schema.js';
import type { PageCatalog } from './page-catalog.js';
import { pagePath, titleFromPath } from './page-path.js';
import type { SiteWarning } from './site-warning.js';

/** The navigation of a docs folder. */
export interface BuiltNavigation {
  /** Without hidden pages and nodes. */
  section: NavigationSection;
  /** The places of each page in the navigation, hidden ones too, by the page's path inside the docs folder. */
  places: Map<string, PagePlace[]>;
  /** With their places in docs.json, such as `navigation.tabs[0]`. */
  warnings: (SiteWarning & { place: string })[];
}

const MAX_DEPTH = 40;
const HAS_DEFAULT = new Set<DivisionKind>(['language', 'version']);

/**
 * Builds the navigation from `navigation` in docs.json and the front matter of its pages: divisions in any order and
 * depth, groups, `root`, `directory` and links. What it does not know is one warning with its place. A missing or
 * invalid page is listed under a title made from its path.
 *
 * @param navigation the value from docs.json, not validated.
 * @param catalog the pages of the folder.
 * @param options `file` is where the navigation stands, for warnings; `isPublic` is `public` of the root of docs.json;
 * `looks` are those of languages, by their nodes; `planner` makes
 * pages of API operations. Default: one without specs.
 * @example
 * const { section } = buildNavigation({ pages: ['introduction'] }, catalog, { file: 'docs.json' });
 */
export function buildNavigation(
  navigation: unknown,
  catalog: PageCatalog,
  options: {
    file: string;
    isPublic?: boolean;
    looks?: ReadonlyMap<object, DivisionLooks>;
    planner?: OperationPlanner;
  },
): BuiltNavigation {
  const planner = options.planner ?? OperationPlanner.none();
  const builder = new NavigationBuilder(catalog, options.file, planner, options.looks);
  const section = builder.build(navigation, options.isPublic);
  return { section, places: builder.places, warnings: builder.warnings };
}

class NavigationBuilder {
  readonly places = new Map<string, PagePlace[]>();
  readonly warnings: BuiltNavigation['warnings'] = [];

  constructor(
    private readonly catalog: PageCatalog,
    private readonly file: string,
    private readonly planner: OperationPlanner,
    private readonly looks: ReadonlyMap<object, DivisionLooks> = new Map(),
  ) {}

  build(navigation: unknown, isPublic: boolean | undefined): NavigationSection {
    const from = { rules: [], ...(isPublic !== undefined && { isPublic: 'public' }) };
    const inherited: Inherited = { rules: [], from, isPublic, hidden: false };
    if (isRecord(navigation)) return this.section(navigation, 'navigation', inherited, 0);
    // As in mint.json: a list of groups.
    if (Array.isArray(navigation)) return this.section({ groups: navigation }, 'navigation', inherited, 0);
    if (navigation !== undefined && navigation !== null) this.warn('navigation', 'must be an object');
    return { items: [], lists: [] };
  }

  /** The inside of a node: of the whole navigation, a division or a group. */
  private section(
    node: Record<string, unknown>,
    place: string,
    around: Inherited,
    depth: number,
  ): NavigationSection {
    if (depth > MAX_DEPTH) {
      this.warn(place, `is nested more than ${MAX_DEPTH} levels deep`);
      return { items: [], lists: [] };
    }
    for (const problem of describeUnknownKeys(node)) this.warn(`${place}.${problem.key}`, problem.message);
    const inside = this.inherit(node, place, around);
    const items = [
      ...this.rootPage(node, place, inside),
      ...this.entries(node.pages, `${place}.pages`, inside, depth),
      ...this.directory(node, place, inside),
      ...(isChildGroups(node) ? this.entries(node.groups, `${place}.groups`, inside, depth) : []),
      ...this.operations(node, place, inside),
    ];
    const lists = Object.entries(DIVISION_KEYS).flatMap(([key, kind]): DivisionList[] => {
      const own = this.divisions(node[key], { kind, place: `${place}.${key}`, depth }, inside);
      if (!isRecord(node.global)) return own;
      const global = { kind, place: `${place}.global.${key}`, depth };
      return own.concat(this.divisions(node.global[key], global, inside));
    });
    return { items, lists };
  }

  private inherit(node: Record<string, unknown>, place: string, around: Inherited): Inherited {
    const { inside, isReadable } = inheritFrom(node, around, place);
    if (!isReadable) {
      const problem = 'cannot be read, so no one sees what is inside. Write a list of names';
      this.warn(`${place}.groups`, problem, '');
    }
    return inside;
  }

  private rootPage(node: Record<string, unknown>, place: string, inside: Inherited): NavigationItem[] {
    if (node.root === undefined) return [];
    if (typeof node.root === 'string') return this.page(node.root, inside);
    this.warn(`${place}.root`, 'must be the path of a page');
    return [];
  }

  private entries(list: unknown, place: string, inside: Inherited, depth: number): NavigationItem[] {
    if (list === undefined || list === null) return [];
    if (!Array.isArray(list)) {
      this.warn(place, 'must be a list');
      return [];
    }
    return list.flatMap((entry: unknown, index): NavigationItem[] => {
      const at = `${place}[${index}]`;
      if (typeof entry === 'string') return this.page(entry, inside);
      if (isRecord(entry)) return this.entry(entry, at, inside, depth);
      this.warn(at, 'must be the path of a page or a group');
      return [];
    });
  }

  private entry(
    node: Record<string, unknown>,
    place: string,
    around: Inherited,
    depth: number,
  ): NavigationItem[] {
    const inside = this.inherit(node, place, around);
    if (typeof node.href === 'string' && node.pages === undefined) {
      const title = textOf(node, ['group', 'label', 'title', 'name']) ?? node.href;
      return inside.hidden
        ? []
        : [{ kind: 'link', title, href: node.href, ...readIcon(node), ...listing(inside) }];
    }
    const { items, lists } = this.section(node, place, around, depth + 1);
    // Divisions inside a group have no selector: their pages stand in the sidebar, under their names.
    const all = [...items, ...lists.flatMap(groupsOf)];
    if (inside.hidden || all.length === 0) return [];
    const title = typeof node.group === 'string' ? node.group : '';
    if (typeof node.group !== 'string') this.warn(place, 'has no `group`, its name', '');
    return [
      {
        kind: 'group',
        title,
        ...readIcon(node),
        ...(typeof node.tag === 'string' && { tag: node.tag }),
        ...(typeof node.expanded === 'boolean' && { isExpanded: node.expanded }),
        items: all,
      },
    ];
  }

  private page(name: string, inside: Inherited): NavigationItem[] {
    const planned = this.planner.planName(name, inside.source);
    if (planned) return this.listed(planned, inside);
    if (isApiOnlyEntry(name)) {
      return inside.hidden ? [] : [{ kind: 'operations', title: name.trim(), ...listing(inside) }];
    }
    const path = pagePath(name);
    return this.listed({ path, page: this.catalog.find(path) }, inside);
  }

  private listed(
    { path, page }: Omit<PlannedPage, 'page'> & { page?: SitePage },
    inside: Inherited,
  ): NavigationItem[] {
    if (page) this.remember(page, inside);
    const operation = page && this.planner.describe(path, page);
    if (inside.hidden || page?.frontMatter.hidden) return [];
    const { title, sidebarTitle, tag, url, rule, isPublic, icon = {} } = page?.frontMatter ?? {};
    const rules = rule ? [...inside.rules, rule] : inside.rules;
    const shown = listing({ ...inside, rules, isPublic: isPublic ?? inside.isPublic });
    const name = sidebarTitle ?? title ?? operation?.title ?? titleFromPath(path);
    if (url !== undefined) return [{ kind: 'link', title: name, href: url, path, ...icon, ...shown }];
    return [
      {
        kind: 'page',
        path,
        title: name,
        ...icon,
        ...(tag !== undefined && { tag }),
        ...(operation?.method && { method: operation.method }),
        ...(operation?.deprecated && { isDeprecated: true }),
        ...(!page && { isMissing: true }),
        ...shown,
      },
    ];
  }

  private remember(page: SitePage, { rules, from, isPublic, hidden }: Inherited): void {
    const places = this.places.get(page.file) ?? [];
    places.push({ rules, from, isPublic: isPublic ?? false, hidden });
    this.places.set(page.file, places);
  }

  private directory({ directory, pages }: Record<string, unknown>, place: string, inside: Inherited) {
    if (directory === undefined || isLayout(directory)) return [];
    if (typeof directory !== 'string') {
      this.warn(`${place}.directory`, 'must be the path of a folder');
      return [];
    }
    if (Array.isArray(pages) && pages.length > 0) return [];
    const found = this.catalog.list(directory);
    if (found.length === 0) this.warn(`${place}.directory`, `has no pages: ${directory}`, '');
    return found.flatMap((path) => this.page(path, inside));
  }

  /** The pages that a node makes of whole specs. */
  private operations(node: Record<string, unknown>, place: string, inside: Inherited): NavigationItem[] {
    const isRoot = place === 'navigation';
    return (['openapi', 'asyncapi'] as const).flatMap((kind): NavigationItem[] => {
      const sources = sourcesOf(node[kind]);
      if (sources.length === 0 || (kind === 'openapi' && namesOperations(node))) return [];
      if (isRoot) {
        const fix = 'makes no pages here. Write it in a tab or a group';
        this.warn(`${place}.${kind}`, fix, '');
        return [];
      }
      return sources
        .flatMap((source) => this.planner.planSpec(source, kind))
        .flatMap(({ title, pages }): NavigationItem[] => {
          const items = pages.flatMap((page) => this.listed(page, inside));
          return items.length > 0 ? [{ kind: 'group', title, items }] : [];
        });
    });
  }

  private divisions(
    list: unknown,
    { kind, place, depth }: { kind: DivisionKind; place: string; depth: number },
    inside: Inherited,
  ): DivisionList[] {
    if (list === undefined || list === null) return [];
    if (!Array.isArray(list)) {
      this.warn(place, 'must be a list');
      return [];
    }
    // Of several defaults, the first one counts, even if no one sees it.
    const defaultIndex = HAS_DEFAULT.has(kind)
      ? list.findIndex((entry: unknown) => isRecord(entry) && Boolean(entry.default))
      : -1;
    const divisions = list.flatMap((entry: unknown, index): NavigationDivision[] => {
      const at = `${place}[${index}]`;
      if (!isRecord(entry)) {
        this.warn(at, 'must be an object');
        return [];
      }
      const section = this.section(entry, at, inside, depth + 1);
      const own = this.inherit(entry, at, inside);
      const href = typeof entry.href === 'string' ? entry.href : undefined;
      if (own.hidden || (href === undefined && section.items.length + section.lists.length === 0)) return [];
      if (typeof entry[kind] !== 'string') this.warn(at, `has no \`${kind}\`, its name`, '');
      return [
        {
          title: textOf(entry, ['name', kind, 'title']) ?? 'Docs',
          ...(href !== undefined && { href }),
          ...readIcon(entry),
          ...(this.looks.has(entry) && { looks: this.looks.get(entry) }),
          ...(index === defaultIndex && { isDefault: true }),
          ...listing(own),
          section,
        },
      ];
    });
    return divisions.length > 0 ? [{ kind, divisions }] : [];
  }

  private warn(place: string, problem: string, consequence = ' It is left out.'): void {
    const message = `${place} ${problem}.${consequence}`;
    if (!this.warnings.some((warning) => warning.message === message)) {
      this.warnings.push({ file: this.file, message, place });
    }
  }
}
