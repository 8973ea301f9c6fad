import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isReadableGroups, passesRule } from '../shared/group-rules.js';
import type { DocsMode } from '../shared/docs-mode.js';
import { refsIn } from '../shared/schema-refs.js';
import type { OperationEntry } from '../shared/operation-types.js';
import type { Visitor } from '../shared/visitor-types.js';
import { isRecord } from '../shared/type-guards.js';
import type { PageBundler } from '../mdx/page-bundler.js';
import type { GeneratedFrom, SitePage } from '../site/page-access.js';
import { SiteError } from '../site/site-error.js';
import type { OperationReport, PageVisibility } from '../site/operation-report.js';
import type { SiteFinding } from '../site/site-finding.js';
import type { Site } from '../site/site-reader.js';
import { placeOfText } from '../site/text-place.js';
import type { CatalogedOperation } from './operation-catalog.js';
import type { FoundOperation } from './operation-finder.js';
import { parseOperationName } from './operation-names.js';
import { xMintOf } from './spec-operations.js';
import type { SpecOperation } from './spec-operations.js';
import { schemeOf } from './security-reader.js';
import type { Spec } from './spec.js';

/** What {@link checkOperations} needs. */
export interface OperationCheck {
  directory: string;
  /** The pages of the folder that name an operation. */
  pages: readonly { path: string; page: SitePage }[];
  visibilityOf: (path: string, page: SitePage) => Record<string, PageVisibility>;
  mode: DocsMode;
  visitors: readonly { name: string; visitor?: Visitor }[];
  /** Compiles `x-mint.content`. */
  bundler: PageBundler;
}

/**
 * Finds out which operations the pages of a site show, who sees them, and what is wrong with them.
 *
 * @example
 * await checkOperations(site, { pages, visibilityOf, mode: 'personalization', visitors });
 */
export async function checkOperations(site: Site, check: OperationCheck): Promise<OperationReport[]> {
  const checker = new OperationChecker(site, check);
  const listed = site.operations.all();
  const known = new Set(listed.map(({ entry }) => entry.page));
  const files = new Map(check.pages.map(({ path, page }) => [path, page]));
  const others = check.pages.flatMap(({ path, page }): CatalogedOperation[] => {
    const found = known.has(path) ? undefined : site.operations.findUnlisted(page);
    return found ? [{ entry: entryOf(path, page, found), found }] : [];
  });
  const reports: OperationReport[] = [];
  for (const operation of [...listed, ...others]) {
    reports.push(await checker.report(operation, files.get(operation.entry.page)));
  }
  return reports;
}

function entryOf(page: string, { file, frontMatter }: SitePage, found: FoundOperation): OperationEntry {
  const { method, path, spec } = found;
  return { page, method, path, spec, isHidden: frontMatter.hidden ?? false, file };
}

class OperationChecker {
  private readonly broken = new Map<Spec, Map<string, boolean>>();
  private readonly lines: SpecLines;

  constructor(
    private readonly site: Site,
    private readonly check: OperationCheck,
  ) {
    this.lines = new SpecLines(check.directory);
  }

  async report({ entry, found }: CatalogedOperation, file: SitePage | undefined): Promise<OperationReport> {
    const { operations } = this.site;
    const page = file ?? operations.page(entry.page)?.page;
    const shown = operations.sourceOf(entry.page);
    const faults: SiteFinding[] = [];
    if (found.problem) faults.push(await this.problemOf(entry, found.problem));
    if (shown && shown.found !== found && !isSame(shown.entry, entry)) {
      const other = `${shown.entry.method} ${shown.entry.path}`;
      faults.push({
        file: entry.spec,
        message: `${entry.method} ${entry.path} has the same page as ${other}, which is shown. Set x-mint.href, or another directory.`,
      });
    }
    if (found.source) faults.push(...(await this.faultsOf(found.source)));
    if (page?.generated) faults.push(...(await this.contentFaults(page.generated)));
    return {
      path: entry.page,
      method: entry.method,
      route: entry.path,
      spec: entry.spec,
      access: page ? this.accessOf(entry, page) : {},
      faults,
    };
  }

  /** What docs.json says wrongly is found there by the name of the operation, or of its spec. */
  private async problemOf(entry: OperationEntry, { location, reason }: SiteError): Promise<SiteFinding> {
    if (location.file !== 'docs.json' || location.line !== undefined) return findingOf(location, reason);
    const place = placeOfText(this.site.settings, (text) => {
      if (entry.path === '') return text.trim() === entry.spec;
      const name = parseOperationName(text);
      return name?.method === entry.method && name.path === entry.path && (name.source ?? '') === entry.spec;
    });
    const found = place === undefined ? undefined : await this.site.locate(place);
    return findingOf(found ?? { file: this.site.file }, reason);
  }

  private async contentFaults({ spec, content }: GeneratedFrom): Promise<SiteFinding[]> {
    if (content === undefined) return [];
    const file = { absolutePath: '', relativePath: `${spec}.mdx`, text: content };
    try {
      const { faults } = await this.check.bundler.bundle(file, this.site.variables);
      return faults.map(({ message }) => ({ file: spec, message: `x-mint.content: ${message}` }));
    } catch (error) {
      const reason = error instanceof SiteError ? error.reason : String(error);
      return [{ file: spec, message: `x-mint.content does not compile: ${reason}` }];
    }
  }

  /** In private docs, a page can be for more visitors than the operation that it names. */
  private accessOf(entry: OperationEntry, page: SitePage): OperationReport['access'] {
    const { visibilityOf, mode, visitors } = this.check;
    const access = visibilityOf(entry.page, page);
    for (const { name, visitor } of mode === 'authentication' ? visitors : []) {
      if (!passesRule(entry.rule, visitor && (visitor.groups ?? []))) access[name] = 'denied';
    }
    return access;
  }

  private async faultsOf({ spec, item, operation, path, method }: SpecOperation): Promise<SiteFinding[]> {
    const found: string[] = [];
    for (const ref of this.brokenRefs(spec, [operation, item.parameters])) {
      found.push(
        ref.startsWith('#')
          ? `$ref ${ref} leads nowhere.`
          : `$ref ${ref} leads to another file, which Mintlify does not follow. Write it into ${spec.file}.`,
      );
    }
    const own = Array.isArray(operation.security) ? operation.security : spec.document.security;
    for (const name of Array.isArray(own) ? own.filter(isRecord).flatMap((each) => Object.keys(each)) : []) {
      if (method !== 'WEBHOOK' && method !== 'CHANNEL' && !schemeOf(spec, name)) {
        found.push(`the security scheme ${name} is not in components.securitySchemes.`);
      }
    }
    for (const part of item === operation ? [operation] : [item, operation]) {
      const { groups } = xMintOf(part);
      if (!isReadableGroups(groups)) {
        found.push('x-mint.groups cannot be read, so it admits no one. Write a list of names.');
      }
    }
    const findings: SiteFinding[] = [];
    for (const message of new Set(found)) {
      const ref = /^\$ref (?<ref>\S+)/.exec(message)?.groups?.ref ?? path;
      const line = (await this.lines.find(spec.file, ref)) ?? (await this.lines.find(spec.file, path));
      findings.push(
        findingOf({ file: spec.file, ...(line !== undefined && { line }) }, `${method} ${path}: ${message}`),
      );
    }
    return findings;
  }

  private brokenRefs(spec: Spec, parts: readonly unknown[]): string[] {
    const known = this.broken.get(spec) ?? new Map<string, boolean>();
    this.broken.set(spec, known);
    return spec.closure(parts.flatMap((part) => refsIn(part))).filter((ref) => {
      const isBroken = known.get(ref) ?? spec.find(ref) === undefined;
      known.set(ref, isBroken);
      return isBroken;
    });
  }
}

/** Finds the lines of texts in specs. */
class SpecLines {
  private readonly texts = new Map<string, Promise<string>>();

  constructor(private readonly directory: string) {}

  /** @returns `undefined` if no line has the text. */
  async find(file: string, text: string): Promise<number | undefined> {
    const source = this.texts.get(file) ?? readFile(join(this.directory, file), 'utf8').catch(() => '');
    this.texts.set(file, source);
    const whole = await source;
    const index = whole.indexOf(text);
    return index === -1 ? undefined : whole.slice(0, index).split('\n').length;
  }
}

function findingOf({ file, line }: { file: string; line?: number }, message: string): SiteFinding {
  return { file, message, ...(line !== undefined && { line }) };
}

function isSame(one: OperationEntry, other: OperationEntry): boolean {
  return one.method === other.method && one.path === other.path && one.spec === other.spec;
}
