import { open, readdir, readFile, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { locateFile } from '../site/file-locator.js';
import { SiteError } from '../site/site-error.js';
import { Spec } from './spec.js';
import { parseSpec } from './spec-parser.js';

/** The specs of a docs folder at one moment. */
export interface LoadedSpecs {
  /** A spec, or why there is none. */
  find(source: string): Spec | SiteError;
  /** All specs of the folder, in alphabetical order, if all were asked for. */
  all: readonly Spec[];
}

interface KnownSpec {
  stamp: string;
  spec: Spec | SiteError;
}

const MAX_SPEC_BYTES = 50_000_000;
const MAX_SPECS = 200;
const MAX_FOLDERS = 5_000;
const SNIFFED_BYTES = 4_000;
const EXTENSION = /\.(?:json|ya?ml)$/i;
const OTHER_FILES =
  /^(?:docs|mint|package|package-lock|tsconfig|composer|manifest)\.json$|^(?:pnpm-lock|yarn)\./i;

/**
 * Reads OpenAPI and AsyncAPI files, and keeps them until a file changes. A file that no longer parses is kept as it
 * was, with its problem.
 *
 * @example
 * const store = new SpecStore('/srv/docs');
 * const { specs } = await store.load(['openapi.json']);
 */
export class SpecStore {
  private readonly known = new Map<string, KnownSpec>();
  private readonly sniffed = new Map<string, { stamp: string; isSpec: boolean }>();
  private version = 0;

  constructor(private readonly directory: string) {}

  /**
   * Reads specs.
   *
   * @param sources as docs.json writes them: paths inside the folder, or URLs, which are refused.
   * @param wantsAll also reads every other spec of the folder.
   * @returns the specs, and a version that is the same until something changes.
   */
  async load(sources: readonly string[], wantsAll = false): Promise<{ specs: LoadedSpecs; version: string }> {
    const found = new Map<string, Spec | SiteError>();
    for (const source of sources) found.set(specPath(source), await this.read(source));
    const all: Spec[] = [];
    for (const file of wantsAll ? await this.list() : []) {
      const spec = await this.read(file);
      found.set(file, spec);
      if (spec instanceof Spec) all.push(spec);
    }
    const specs: LoadedSpecs = {
      find: (source) => found.get(specPath(source)) ?? missing(source),
      all,
    };
    return { specs, version: `${this.version}:${[...found.keys()].join('|')}` };
  }

  private async read(source: string): Promise<Spec | SiteError> {
    if (isRemote(source)) {
      return new SiteError(
        { file: 'docs.json' },
        `${source} is a URL, and the emulator works offline. Save the spec in the docs folder, and name that file.`,
      );
    }
    const file = specPath(source);
    const located = await locateFile(this.directory, file.split('/'));
    const known = this.known.get(file);
    if (!located) {
      if (this.known.delete(file)) this.version += 1;
      return missing(source);
    }
    const { mtimeMs, size, ino } = await stat(located.absolutePath);
    const stamp = `${mtimeMs}:${size}:${ino}`;
    if (known?.stamp === stamp) return known.spec;
    const spec = await this.parse(located.absolutePath, { file, size, before: known?.spec });
    this.known.set(file, { stamp, spec });
    this.version += 1;
    return spec;
  }

  private async parse(
    absolutePath: string,
    { file, size, before }: { file: string; size: number; before?: Spec | SiteError },
  ): Promise<Spec | SiteError> {
    try {
      if (size > MAX_SPEC_BYTES) throw new SiteError({ file }, `is over ${MAX_SPEC_BYTES} bytes. Split it.`);
      const text = await readFile(absolutePath, 'utf8');
      return new Spec(file, await parseSpec(text, file), { hasRules: text.includes('x-mint') });
    } catch (error) {
      const problem =
        error instanceof SiteError ? error : new SiteError({ file }, String(error), { cause: error });
      if (!(before instanceof Spec)) return problem;
      const { kind, document, hasRules } = before;
      return new Spec(file, { kind, document }, { hasRules, problem });
    }
  }

  /** All specs of the folder, by what their first bytes say. */
  private async list(): Promise<string[]> {
    const files: string[] = [];
    const folders: string[][] = [[]];
    for (let index = 0; index < Math.min(folders.length, MAX_FOLDERS); index += 1) {
      const inside = folders[index] ?? [];
      const entries = await readdir(join(this.directory, ...inside), { withFileTypes: true }).catch(() => []);
      for (const entry of entries) {
        if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
        const parts = [...inside, entry.name];
        if (entry.isDirectory()) folders.push(parts);
        // Not a link, which may lead out of the folder, or nowhere.
        else if (entry.isFile() && mayBeSpec(entry.name) && (await this.isSpec(parts))) {
          files.push(parts.join('/'));
        }
      }
    }
    return files.toSorted().slice(0, MAX_SPECS);
  }

  private async isSpec(parts: string[]): Promise<boolean> {
    const path = join(this.directory, ...parts);
    const { mtimeMs, size } = await stat(path);
    const stamp = `${mtimeMs}:${size}`;
    const known = this.sniffed.get(path);
    if (known?.stamp === stamp) return known.isSpec;
    const handle = await open(path);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(SNIFFED_BYTES), 0, SNIFFED_BYTES, 0);
      const text = buffer.toString('utf8', 0, bytesRead);
      const isSpec = /(?:^|[{,\n])\s*["']?(?:openapi|swagger|asyncapi)["']?\s*:\s*["']?\d/.test(text);
      this.sniffed.set(path, { stamp, isSpec });
      return isSpec;
    } finally {
      await handle.close();
    }
  }
}

function mayBeSpec(name: string): boolean {
  return EXTENSION.test(name) && !OTHER_FILES.test(name);
}

/**
 * Tells whether the source of a spec is a URL.
 *
 * @example
 * isRemote('https://foo.com/openapi.json'); // true
 */
export function isRemote(source: string): boolean {
  return /^https?:/i.test(source);
}

/**
 * The path of a spec inside the docs folder, from its name in docs.json or in front matter.
 *
 * @example
 * specPath('/api/openapi.json'); // 'api/openapi.json'
 */
export function specPath(source: string): string {
  return isRemote(source) ? source : posix.normalize(source.replaceAll('\\', '/')).replace(/^\/+/, '');
}

function missing(source: string): SiteError {
  return new SiteError(
    { file: 'docs.json' },
    `names the spec ${source}, but the docs folder has no such file.`,
  );
}
