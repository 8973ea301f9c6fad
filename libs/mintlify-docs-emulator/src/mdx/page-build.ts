import { readFile, stat } from 'node:fs/promises';
import { extname, posix } from 'node:path';
import type { BuildFailure, Loader, Message, OnLoadResult, Plugin } from 'esbuild';
import type { IconLibrary } from '../icons/icon-library.js';
import { isRecord } from '../shared/type-guards.js';
import { locateFile } from '../site/file-locator.js';
import type { LocatedFile } from '../site/file-locator.js';
import { SiteError } from '../site/site-error.js';
import { GLOBALS_MODULE } from './page-globals.js';
import type { PageReferences } from './page-references.js';

/** Something wrong with a page or with what it imports, and where. */
export interface PageFinding {
  message: string;
  /** Path inside the docs folder. */
  file: string;
  /** Starts at 1. */
  line?: number;
}

/** A page as one ES module for the browser. */
export interface BundledPage {
  code: string;
  /** What is missing on the page. The rest of it is shown. */
  faults: PageFinding[];
  warnings: PageFinding[];
  /** Of the page and the files in it, each with its path. Only if the bundler collects them. */
  references: (PageReferences & { file: string })[];
}

/** What a page is built from. */
export interface BuildOptions {
  /** The docs folder. */
  directory: string;
  /** Path of the client bundle on the emulator's origin, such as `/_emulator/client`. */
  client: string;
  variables?: Readonly<Record<string, string>>;
  /** With it, icons that do not exist are warnings. */
  icons?: IconLibrary;
  /** Also collects links, images and ids. */
  collectsReferences?: boolean;
}

const LOADERS: Partial<Record<string, Loader>> = {
  '.jsx': 'jsx',
  '.js': 'jsx',
  '.mjs': 'jsx',
  '.tsx': 'tsx',
  '.ts': 'ts',
  '.json': 'json',
};
const MAX_IMPORT_BYTES = 2_000_000;
const MAX_IMPORTS = 200;
const MAX_ATTEMPTS = 8;
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
          const found = await this.locate(path, from);
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

  private async locate(path: string, from: string): Promise<LocatedFile | undefined> {
    const isRelative = /^\.{1,2}\//.test(path);
    if (!isRelative && !path.startsWith('/') && !path.startsWith('snippets/')) return undefined;
    const whole = isRelative ? posix.join(posix.dirname(from), path) : path.replace(/^\/+/, '');
    const parts = posix.normalize(whole).split('/');
    if (parts.some((part) => part.startsWith('.') || part === 'node_modules')) return undefined;
    const endings = extname(whole) === '' ? ['.mdx', '.jsx', '.tsx', '.md', '.js', '.ts', ''] : [''];
    // `<Snippet file>` of older sites means a file of `_snippets`.
    const folders = parts[0] === 'snippets' ? [parts, ['_snippets', ...parts.slice(1)]] : [parts];
    for (const names of folders) {
      for (const ending of endings) {
        const candidate = [...names.slice(0, -1), `${names.at(-1)}${ending}`];
        const file = await locateFile(this.options.directory, candidate);
        if (file) return { ...file, relativePath: candidate.join('/') };
      }
    }
    return undefined;
  }

  private async load(relativePath: string): Promise<OnLoadResult> {
    const isPage = relativePath === this.page.relativePath;
    try {
      return await this.loadFile(relativePath, isPage);
    } catch (error) {
      const siteError =
        error instanceof SiteError
          ? error
          : new SiteError({ file: relativePath }, String(error), { cause: error });
      if (isPage) {
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

  private async loadFile(relativePath: string, isPage: boolean): Promise<OnLoadResult> {
    const file = await locateFile(this.options.directory, relativePath.split('/'));
    if (!file) throw new SiteError({ file: relativePath }, 'does not exist.');
    this.files.push(file.absolutePath);
    if (this.files.length > MAX_IMPORTS) {
      throw new SiteError({ file: relativePath }, `is one of more than ${MAX_IMPORTS} imports of a page.`);
    }
    const { size } = await stat(file.absolutePath);
    if (size > MAX_IMPORT_BYTES) {
      throw new SiteError({ file: relativePath }, `is over ${MAX_IMPORT_BYTES} bytes. Split it.`);
    }
    const source = await readFile(file.absolutePath, 'utf8');
    const ending = extname(relativePath);
    if (/^\.mdx?$/.test(ending)) {
      const { variables, icons } = this.options;
      const found = this.options.collectsReferences
        ? { file: relativePath, references: [], ids: [], hasOtherIds: false }
        : undefined;
      // Loaded at the first page, so that the emulator starts at once.
      const { compilePage } = await import('./page-compiler.js');
      const { code, warnings } = await compilePage(source, relativePath, {
        isSnippet: !isPage,
        variables,
        found,
        ...(icons && { knowsIcon: (name: string) => icons.has(name) }),
      });
      if (found) this.references.push(found);
      for (const { message, line } of warnings) {
        this.warnings.push({ message, file: relativePath, ...(line !== undefined && { line }) });
      }
      return { contents: this.withLacking(code, relativePath), loader: 'js' };
    }
    const loader = LOADERS[ending];
    if (!loader)
      throw new SiteError({ file: relativePath }, 'cannot be imported: it is neither MDX nor JavaScript.');
    if (loader === 'json') return { contents: source, loader };
    await this.checkSyntax(source, relativePath, loader);
    return { contents: this.withLacking(source, relativePath), loader };
  }

  /** So that a mistake in a snippet stays in its place. */
  private async checkSyntax(source: string, file: string, loader: Loader): Promise<void> {
    const { transform } = await import('esbuild');
    try {
      await transform(source, { loader, jsx: 'automatic', logLevel: 'silent', tsconfigRaw: {} });
    } catch (error) {
      const [problem] = isBuildFailure(error) ? error.errors : [];
      const { line, column } = problem?.location ?? {};
      throw new SiteError({ file, line, column }, problem?.text ?? 'does not compile.', { cause: error });
    }
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

function isBuildFailure(error: unknown): error is BuildFailure {
  return isRecord(error) && Array.isArray(error.errors);
}
