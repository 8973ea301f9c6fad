import { readFile } from 'node:fs/promises';
import type { BuildFailure, Message, OnLoadResult, Plugin } from 'esbuild';
import { locateFile } from '../site/file-locator.js';
import type { LocatedFile } from '../site/file-locator.js';
import { SiteError } from '../site/site-error.js';
import type { BuildOptions, BundledPage, PageFinding } from './build-types.js';
import { isBuildFailure } from './build-failure.js';
import { locateImport } from './import-locator.js';
import { GLOBALS_MODULE } from './page-globals.js';
import { loadSource } from './source-loader.js';
import type { LoadedSource } from './source-loader.js';
import { standaloneModule } from './standalone-page.js';

const MAX_IMPORTS = 200;
const MAX_ATTEMPTS = 8;
const IMPORTS = /^\s*(?:import|export)\b[^'"`;]{0,2000}['"](?<path>[^'"\n]{1,500})['"]/gm;
const MISSING_EXPORTS = [
  /^No matching export in "(?:docs|missing):(?<file>[^"]+)" for import "(?<name>[^"]+)"$/,
  /^Import "(?<name>[^"]+)" will always be undefined because the file "(?:docs|missing):(?<file>[^"]+)" has no exports$/,
];

/**
 * Builds one page with the files that it imports, to one ES module. An import that fails becomes a message in its place.
 *
 * @example
 * const build = new PageBuild({ directory: '/srv/docs', client: '/_emulator/client' }, file);
 * const { code } = await build.run();
 */
export class PageBuild {
  /** The files that went into it. */
  files: string[] = [];
  private faults: PageFinding[] = [];
  private warnings: PageFinding[] = [];
  private references: BundledPage['references'] = [];
  /** What was read already: a second attempt reads nothing again. */
  private readonly loaded = new Map<string, Promise<LoadedSource>>();
  /** The exports that files lack, by file. */
  private readonly lacking = new Map<string, Set<string>>();

  constructor(
    private readonly options: BuildOptions,
    private readonly page: LocatedFile,
  ) {}

  /**
   * Builds the page.
   *
   * @throws SiteError with file, line and column, if the page itself does not compile.
   */
  async run(): Promise<BundledPage> {
    return (await this.runAlone()) ?? this.runBundler();
  }

  /** Most pages import nothing, and need no bundler. */
  private async runAlone(): Promise<BundledPage | undefined> {
    const { relativePath } = this.page;
    if (!/\.mdx?$/.test(relativePath)) return undefined;
    const source = await this.source(relativePath);
    const { isStandalone, contents, warnings, references } = source;
    const code = isStandalone ? standaloneModule(contents, this.options.client) : undefined;
    return code === undefined ? undefined : { code, faults: [], warnings, references };
  }

  /**
   * Reads what the page imports, one file after the other, before the bundler asks for it: so what takes long is known by
   * its name, and a bundler is not stopped while it waits for an answer.
   */
  private async readImports(): Promise<void> {
    const found = [this.page.relativePath];
    for (const file of found) {
      const source = await this.source(file).catch(() => undefined);
      for (const path of source ? importsIn(source.contents) : []) {
        const located = await locateImport(this.options.directory, path, file);
        if (located && !found.includes(located.relativePath)) found.push(located.relativePath);
      }
    }
  }

  private async runBundler(): Promise<BundledPage> {
    await this.readImports();
    // Loaded at the first page, so that the emulator starts at once.
    const { build } = await import('esbuild');
    for (let attempt = 1; ; attempt += 1) {
      this.files = [];
      this.faults = [];
      this.warnings = [];
      this.references = [];
      try {
        const { outputFiles, warnings } = await build({
          entryPoints: [this.page.relativePath],
          bundle: true,
          write: false,
          format: 'esm',
          target: 'es2022',
          charset: 'utf8',
          inject: ['docs:globals'],
          jsx: 'automatic',
          jsxImportSource: '@docs',
          logLevel: 'silent',
          legalComments: 'none',
          tsconfigRaw: {},
          plugins: [this.plugin()],
        });
        const isLast = attempt >= MAX_ATTEMPTS || !this.noteMissingExports(warnings);
        if (isLast) {
          const { faults, references } = this;
          return { code: outputFiles[0]?.text ?? '', faults, warnings: this.warnings, references };
        }
      } catch (error) {
        if (!isBuildFailure(error)) throw error;
        if (this.pageError) throw this.pageError;
        if (attempt >= MAX_ATTEMPTS || !this.noteMissingExports(error.errors)) throw this.describe(error);
      }
    }
  }

  private pageError?: SiteError;

  private plugin(): Plugin {
    return {
      name: 'docs',
      setup: (bundle) => {
        bundle.onResolve({ filter: /.*/ }, async ({ kind, path, importer, namespace }) => {
          // Not the given path: esbuild puts `./` before it if the current folder has such a file.
          if (kind === 'entry-point' && path !== 'docs:globals') {
            return { path: this.page.relativePath, namespace: 'docs' };
          }
          const external = this.externalPath(path);
          if (external !== undefined) return { path: external, external: true, sideEffects: false };
          if (path === 'docs:globals') return { path, namespace: 'globals', sideEffects: false };
          const from = namespace === 'docs' ? importer : this.page.relativePath;
          const found = await locateImport(this.options.directory, path, from);
          if (found) return { path: found.relativePath, namespace: 'docs' };
          return { path: `${from}\n${path}`, namespace: 'missing', sideEffects: false };
        });
        bundle.onLoad({ filter: /.*/, namespace: 'globals' }, () => ({
          contents: GLOBALS_MODULE,
          loader: 'js',
        }));
        bundle.onLoad({ filter: /.*/, namespace: 'missing' }, ({ path }) => this.missing(path));
        bundle.onLoad({ filter: /.*/, namespace: 'docs' }, ({ path }) => this.load(path));
      },
    };
  }

  private externalPath(path: string): string | undefined {
    const { client } = this.options;
    switch (path) {
      case 'react':
        return `${client}/react.js`;
      case '@docs/runtime':
        return `${client}/page-runtime.js`;
      case '@docs/jsx-runtime':
      case 'react/jsx-runtime':
        return `${client}/jsx-runtime`;
      default:
        return undefined;
    }
  }

  private async load(relativePath: string): Promise<OnLoadResult> {
    try {
      return await this.loadFile(relativePath);
    } catch (error) {
      const siteError =
        error instanceof SiteError
          ? error
          : new SiteError({ file: relativePath }, String(error), { cause: error });
      if (relativePath === this.page.relativePath) {
        this.pageError = siteError;
        return { errors: [{ text: siteError.message }] };
      }
      const { line } = siteError.location;
      this.faults.push({
        message: siteError.reason,
        file: relativePath,
        ...(line !== undefined && { line }),
      });
      return { contents: this.withLacking('', relativePath, siteError.message), loader: 'js' };
    }
  }

  private async loadFile(relativePath: string): Promise<OnLoadResult> {
    const { contents, loader, warnings, references } = await this.source(relativePath);
    this.warnings.push(...warnings);
    this.references.push(...references);
    return { contents: loader === 'json' ? contents : this.withLacking(contents, relativePath), loader };
  }

  private async source(relativePath: string): Promise<LoadedSource> {
    const isPage = relativePath === this.page.relativePath;
    const file = await this.locate(relativePath, isPage);
    if (this.files.length > MAX_IMPORTS) {
      throw new SiteError({ file: relativePath }, `is one of more than ${MAX_IMPORTS} imports of a page.`);
    }
    const known = this.loaded.get(relativePath);
    if (!known) this.options.onFile?.({ ...file, relativePath });
    const loaded = known ?? loadSource(this.options, { ...file, relativePath }, isPage);
    this.loaded.set(relativePath, loaded);
    return loaded;
  }

  private async locate(relativePath: string, isPage: boolean): Promise<LocatedFile> {
    // A page that is made from a spec is no file.
    if (isPage && this.page.text !== undefined) return this.page;
    const file = await locateFile(this.options.directory, relativePath.split('/'));
    if (!file) throw new SiteError({ file: relativePath }, 'does not exist.');
    this.files.push(file.absolutePath);
    return file;
  }

  private async missing(path: string): Promise<OnLoadResult> {
    const [from = '', specifier = ''] = path.split('\n');
    const isFile = /^[./]|^snippets\//.test(specifier);
    const message = isFile
      ? `imports "${specifier}", but the file does not exist.`
      : `imports "${specifier}": packages cannot be imported, other than react.`;
    const line = await this.lineOf(specifier, from);
    this.faults.push({ message, file: from, ...(line !== undefined && { line }) });
    return { contents: this.withLacking('', path, `${from}: ${message}`), loader: 'js' };
  }

  /** The line of a file that names an import. */
  private async lineOf(specifier: string, file: string): Promise<number | undefined> {
    const located = await locateFile(this.options.directory, file.split('/'));
    const lines = located ? (await readFile(located.absolutePath, 'utf8')).split('\n') : [];
    const name = specifier.replace(/^\/snippets\//, '');
    const index = lines.findIndex((line) => line.includes(name));
    return index === -1 ? undefined : index + 1;
  }

  /** Adds the exports that importers need and that the file lacks: each shows what is wrong. */
  private withLacking(code: string, file: string, reason?: string): string {
    const names = [...(this.lacking.get(file) ?? [])];
    if (names.length === 0 && reason === undefined) return code;
    const exports = names.map((name) => {
      const message = reason ?? `${file}: has no export "${name}".`;
      if (reason === undefined) this.faults.push({ message: `has no export "${name}".`, file });
      const value = `_partError(${JSON.stringify(message)})`;
      return name === 'default' ? `export default ${value};` : `export const ${name} = ${value};`;
    });
    return [`import { partError as _partError } from '@docs/runtime';`, code, ...exports].join('\n');
  }

  /** @returns whether there are new ones, so that building again helps. */
  private noteMissingExports(messages: readonly Message[]): boolean {
    let isNew = false;
    for (const { text } of messages) {
      const { file: shown = '', name = '' } =
        MISSING_EXPORTS.map((pattern) => pattern.exec(text)?.groups).find(Boolean) ?? {};
      const file = shown.replaceAll('\\n', '\n');
      const names = this.lacking.get(file) ?? new Set();
      if (name === '' || names.has(name)) continue;
      this.lacking.set(file, names.add(name));
      isNew = true;
    }
    return isNew;
  }

  private describe({ errors }: BuildFailure): SiteError {
    const [problem] = errors;
    const file = problem?.location?.file.replace(/^docs:/, '') ?? this.page.relativePath;
    return new SiteError({ file }, problem?.text ?? 'the page does not compile.');
  }
}

/** What a module imports. It may find too much: texts that look like imports. */
function importsIn(code: string): string[] {
  return Array.from(code.matchAll(IMPORTS), ({ groups }) => groups?.path ?? '');
}
