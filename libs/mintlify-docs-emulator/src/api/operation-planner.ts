import type { OperationEntry } from '../shared/operation-types.js';
import type { FrontMatter } from '../site/front-matter-reader.js';
import type { SitePage } from '../site/page-access.js';
import { SiteError } from '../site/site-error.js';
import { DEFAULT_DIRECTORY, generatePages } from './generated-pages.js';
import type { GeneratedPage } from './generated-pages.js';
import { OperationCatalog } from './operation-catalog.js';
import type { CatalogedOperation } from './operation-catalog.js';
import { foundIn, OperationFinder } from './operation-finder.js';
import type { FoundOperation } from './operation-finder.js';
import { markOf } from './operation-mark.js';
import type { OperationMark } from './operation-mark.js';
import { parseOperationName } from './operation-names.js';
import { joinSlugs, slugOf, titleOfSlug } from './page-slugs.js';
import { findOperation, operationsOf, ruleOf } from './spec-operations.js';
import type { SpecSource } from './spec-sources.js';
import type { LoadedSpecs } from './spec-store.js';

/** A page of an operation, where the navigation lists it. */
export interface PlannedPage {
  path: string;
  page: SitePage;
}

/** Pages with the name of their group. */
export interface PlannedGroup {
  title: string;
  pages: PlannedPage[];
}

/**
 * Plans the pages of operations while the navigation is built: which there are, and what they show.
 *
 * @example
 * const planner = new OperationPlanner(specs, settings);
 * planner.planSpec({ source: 'openapi.json' });
 * const operations = planner.catalog();
 */
export class OperationPlanner {
  private readonly planned = new Map<string, CatalogedOperation>();
  private readonly byPage = new Map<string, FoundOperation>();
  private readonly pages = new Map<string, SitePage>();
  private readonly finder: OperationFinder;

  /** @param settings docs.json, not validated. */
  constructor(
    private readonly specs: LoadedSpecs,
    settings: Readonly<Record<string, unknown>>,
  ) {
    this.finder = new OperationFinder(specs, settings);
  }

  /** A planner for docs without specs. */
  static none(): OperationPlanner {
    const find = (source: string): SiteError =>
      new SiteError({ file: 'docs.json' }, `names the spec ${source}, but the docs folder has no such file.`);
    return new OperationPlanner({ find, all: [] }, {});
  }

  /** The pages of all operations of a spec, in the groups of their tags. A spec that cannot be read has one page, which says why. */
  planSpec({ source, directory }: SpecSource, kind: 'openapi' | 'asyncapi' = 'openapi'): PlannedGroup[] {
    const spec = this.specs.find(source);
    if (spec instanceof SiteError) return [this.planFault(source, spec, directory)];
    if (spec.kind !== kind) {
      const format = kind === 'openapi' ? 'OpenAPI' : 'AsyncAPI';
      return [
        this.planFault(source, new SiteError({ file: spec.file }, `is not an ${format} file.`), directory),
      ];
    }
    const groups = new Map<string, PlannedPage[]>();
    const generated = generatePages(operationsOf(spec), directory);
    if (generated.length === 0) {
      const problem =
        spec.problem ?? new SiteError({ file: spec.file }, 'has no operations, so it makes no pages.');
      return [this.planFault(source, problem, directory)];
    }
    for (const page of generated) {
      const planned = this.add(page);
      groups.set(page.group, [...(groups.get(page.group) ?? []), planned]);
    }
    return Array.from(groups, ([title, pages]) => ({ title, pages }));
  }

  /**
   * The page of an operation that the navigation lists by name.
   *
   * @param inherited the spec of the nodes around it.
   * @returns `undefined` if the text is no operation.
   */
  planName(text: string, inherited: SpecSource | undefined): PlannedPage | undefined {
    const name = parseOperationName(text);
    if (!name) return undefined;
    const { method, path } = name;
    const source = name.source ?? inherited?.source;
    if (source === undefined) {
      // A page can have a name of two words.
      if (!path.startsWith('/')) return undefined;
      const reason = `lists ${method} ${path} without a spec. Set openapi on the group, or write the spec before the method.`;
      return this.planNamedFault(text, new SiteError({ file: 'docs.json' }, reason));
    }
    const spec = this.specs.find(source);
    if (spec instanceof SiteError) return this.planNamedFault(text, spec, inherited?.directory);
    const operation = findOperation(spec, name);
    const [page] = operation ? generatePages([operation], inherited?.directory) : [];
    if (page) return this.add(page);
    const reason = operation
      ? `lists ${method} ${path}, which has x-excluded in ${spec.file}.`
      : `lists ${method} ${path}, but ${spec.file} has no such operation.`;
    return this.planNamedFault(
      text,
      spec.problem ?? new SiteError({ file: 'docs.json' }, reason),
      inherited?.directory,
    );
  }

  /**
   * What the navigation shows of the operation of a page. It notes the page, if it is one of the docs folder.
   *
   * @returns `undefined` if the page shows no operation.
   */
  describe(path: string, page: SitePage): OperationMark | undefined {
    if (page.generated) return markOf(this.byPage.get(path));
    const found = this.finder.find(page);
    if (found) this.note(path, page, found);
    // A page can be for more visitors than the operation that it names.
    return found?.source && ruleOf(found.source) ? undefined : markOf(found);
  }

  private note(path: string, { file, frontMatter }: SitePage, found: FoundOperation): void {
    const rule = found.source && ruleOf(found.source);
    const { method, path: route, spec } = found;
    const isHidden = frontMatter.hidden ?? false;
    const entry: OperationEntry = {
      page: path,
      method,
      path: route,
      spec,
      ...(rule && { rule }),
      isHidden,
      file,
    };
    if (this.byPage.has(path)) return;
    this.byPage.set(path, found);
    this.planned.set(path, { entry, found });
  }

  /** All that was planned. */
  catalog(): OperationCatalog {
    return new OperationCatalog([...this.planned.values()], { pages: this.pages, finder: this.finder });
  }

  private add({ path, frontMatter, content, operation, isHidden }: GeneratedPage): PlannedPage {
    const found = foundIn(operation);
    const { method, path: route, spec } = found;
    const { rule } = frontMatter;
    const entry: OperationEntry = { page: path, method, path: route, spec, ...(rule && { rule }), isHidden };
    return this.addPage({ entry, found }, frontMatter, content);
  }

  private addPage(cataloged: CatalogedOperation, frontMatter: FrontMatter, content?: string): PlannedPage {
    const { entry } = cataloged;
    // Two operations may have one page: then the last one is shown, and their rules must not mix.
    const file = `${entry.spec}#${entry.page} ${entry.method} ${entry.path}`;
    const page: SitePage = {
      file,
      absolutePath: '',
      frontMatter,
      generated: { spec: entry.spec, ...(content !== undefined && { content }) },
    };
    if (!this.planned.has(file)) this.planned.set(file, cataloged);
    this.byPage.set(entry.page, cataloged.found);
    this.pages.set(entry.page, page);
    return { path: entry.page, page };
  }

  private planFault(source: string, problem: SiteError, directory = DEFAULT_DIRECTORY): PlannedGroup {
    const name = source.split('/').at(-1) ?? source;
    const path = `/${joinSlugs(directory.replace(/^\/+/, ''), slugOf(name).replaceAll(/[?#%:]/g, '') || 'spec')}`;
    return { title: 'API Reference', pages: [this.addFault(path, { title: name, spec: source, problem })] };
  }

  private planNamedFault(text: string, problem: SiteError, directory = DEFAULT_DIRECTORY): PlannedPage {
    const slug = slugOf(text.trim().replaceAll(/\s+/g, '-')).replaceAll(/[?#%:]/g, '') || 'operation';
    const path = `/${joinSlugs(directory.replace(/^\/+/, ''), slug)}`;
    return this.addFault(path, {
      title: titleOfSlug(slug),
      spec: parseOperationName(text)?.source ?? '',
      problem,
      text,
    });
  }

  private addFault(
    page: string,
    { title, spec, problem, text }: { title: string; spec: string; problem: SiteError; text?: string },
  ): PlannedPage {
    const { method = 'GET', path = '' } = (text === undefined ? undefined : parseOperationName(text)) ?? {};
    const found: FoundOperation = { method, path, spec, problem };
    const entry: OperationEntry = { page, method, path, spec, isHidden: false };
    // What is in the spec may be for some groups only, but its name is in docs.json.
    return this.addPage({ entry, found }, { title });
  }
}
