import type { Operation, OperationMethod } from '../shared/operation-types.js';
import type { SitePage } from '../site/page-access.js';
import { SiteError } from '../site/site-error.js';
import { manualOperation } from './manual-operation.js';
import { parseOperationName } from './operation-names.js';
import { readDataModel, readOperation } from './operation-reader.js';
import type { Spec } from './spec.js';
import { findOperation, operationsOf } from './spec-operations.js';
import type { SpecOperation } from './spec-operations.js';
import { defaultSources } from './spec-sources.js';
import { isRemote, specPath } from './spec-store.js';
import type { LoadedSpecs } from './spec-store.js';

/** The operation that a page of the docs folder names, or why there is none. */
export interface FoundOperation {
  method: OperationMethod;
  path: string;
  /** Path of the spec; empty without one. */
  spec: string;
  /** Absent for data models, and for pages with `api`. */
  source?: SpecOperation;
  /** Absent if there is a problem, unless the spec was read before. */
  read?: () => Operation;
  problem?: SiteError;
}

/**
 * Finds the operation, channel or data model of a page by its front matter, as Mintlify does: in the spec that it
 * names, or else in any spec of the folder.
 *
 * @example
 * new OperationFinder(specs, settings).find(page)?.read?.().parameters;
 */
export class OperationFinder {
  constructor(
    private readonly specs: LoadedSpecs,
    private readonly settings: Readonly<Record<string, unknown>>,
  ) {}

  /** @returns `undefined` if the page names none. */
  find({ file, frontMatter }: SitePage): FoundOperation | undefined {
    const { operation, authMethod } = frontMatter;
    if (!operation) return undefined;
    const { kind, text } = operation;
    const at = (reason: string): SiteError => new SiteError({ file, line: 1 }, reason);
    if (kind === 'api') {
      const manual = manualOperation(text, this.settings, authMethod);
      if (manual) return { method: manual.method, path: manual.path, spec: '', read: () => manual };
    }
    if (kind === 'asyncapi' || kind === 'openapi-schema') return this.findNamed(kind, text, at);
    const name = parseOperationName(text);
    if (!name) {
      const problem = at(`has ${kind}: ${text}. Write a method and a path, such as GET /plants.`);
      return { method: 'GET', path: text.trim(), spec: '', problem };
    }
    const candidates = this.specs.all
      .map((spec) => findOperation(spec, name))
      .filter((found) => found !== undefined);
    const found = bestOf(candidates, name.source);
    if (found) return foundIn(found);
    const { method, path, source = '' } = name;
    return { method, path, spec: source, problem: this.problem(`${method} ${path}`, source, at) };
  }

  private findNamed(
    kind: 'asyncapi' | 'openapi-schema',
    text: string,
    at: (reason: string) => SiteError,
  ): FoundOperation {
    const parts = text.trim().split(/\s+/);
    const name = parts.at(-1) ?? '';
    const source = parts.length > 1 ? parts[0] : undefined;
    if (kind === 'asyncapi') {
      const channels = this.specs.all
        .filter((spec) => spec.kind === 'asyncapi')
        .flatMap((spec) => operationsOf(spec).filter(({ path }) => path === name));
      const found = bestOf(channels, source);
      if (found) return foundIn(found);
      return {
        method: 'CHANNEL',
        path: name,
        spec: source ?? '',
        problem: this.problem(`channel ${name}`, source, at),
      };
    }
    const models = this.specs.all
      .filter(({ kind: format }) => format === 'openapi')
      .map((spec) => ({ spec, model: readDataModel(spec, name) }))
      .filter(({ model }) => model !== undefined);
    const best = bestOf(models, source);
    if (!best?.model) {
      return {
        method: 'SCHEMA',
        path: name,
        spec: source ?? '',
        problem: this.problem(`schema ${name}`, source, at),
      };
    }
    const { spec, model } = best;
    return { method: 'SCHEMA', path: name, spec: spec.file, read: () => model, ...problemOf(spec) };
  }

  private problem(what: string, source: string | undefined, at: (reason: string) => SiteError): SiteError {
    const named = source === undefined || source === '' ? undefined : this.specs.find(source);
    if (named instanceof SiteError)
      return isRemote(source ?? '') || named.location.file !== 'docs.json' ? named : at(named.reason);
    if (named) return at(`names ${what}, but ${named.file} has none.`);
    const remote = defaultSources(this.settings)
      .map((each) => each.source)
      .find(isRemote);
    if (remote !== undefined) {
      const reason = this.specs.find(remote);
      if (reason instanceof SiteError) return reason;
    }
    const broken = defaultSources(this.settings)
      .map((each) => this.specs.find(each.source))
      .find((each) => each instanceof SiteError);
    return broken ?? at(`names ${what}, but no spec in the docs folder has it.`);
  }
}

/** An operation in its spec. @example foundIn(operation).read?.(); */
export function foundIn(source: SpecOperation): FoundOperation {
  const { method, path, spec } = source;
  return { method, path, spec: spec.file, source, read: () => readOperation(source), ...problemOf(spec) };
}

function problemOf({ problem }: Spec): { problem?: SiteError } {
  return problem ? { problem } : {};
}

/** Of several specs, the one that is named: by its path, by a part of it, or by its file name; or else the first. */
function bestOf<T extends { spec: Spec }>(
  candidates: readonly T[],
  source: string | undefined,
): T | undefined {
  if (source === undefined) return candidates[0];
  const file = specPath(source);
  const nameOf = ({ spec }: T): string => spec.file.split('/').at(-1) ?? '';
  return (
    candidates.find(({ spec }) => spec.file === file) ??
    candidates.find(({ spec }) => spec.file.includes(file)) ??
    candidates.find((each) => nameOf(each) === file) ??
    candidates[0]
  );
}
