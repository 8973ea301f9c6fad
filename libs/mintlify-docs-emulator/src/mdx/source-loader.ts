import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Loader } from 'esbuild';
import type { LocatedFile } from '../site/file-locator.js';
import { SiteError } from '../site/site-error.js';
import { isBuildFailure } from './build-failure.js';
import type { BuildOptions, BundledPage, PageFinding } from './build-types.js';

/** A file of the docs folder as JavaScript that can be bundled. */
export interface LoadedSource {
  contents: string;
  loader: Loader;
  /** An MDX file that imports and exports nothing of its own. */
  isStandalone: boolean;
  warnings: PageFinding[];
  /** Of MDX files, if they are collected. */
  references: BundledPage['references'];
}

const LOADERS: Partial<Record<string, Loader>> = {
  '.jsx': 'jsx',
  '.js': 'jsx',
  '.mjs': 'jsx',
  '.tsx': 'tsx',
  '.ts': 'ts',
  '.json': 'json',
};
const MAX_SOURCE_BYTES = 2_000_000;

/**
 * Reads a page or a file that one imports, and compiles it if it is MDX.
 *
 * @throws SiteError if it is too large, no code, or does not compile.
 * @example
 * const { contents } = await loadSource({ directory: '/srv/docs', client: '' }, file, false);
 */
export async function loadSource(
  options: BuildOptions,
  { absolutePath, relativePath: file, text }: LocatedFile,
  isPage: boolean,
): Promise<LoadedSource> {
  const source = text ?? (await readSource(absolutePath, file));
  const ending = extname(file);
  if (/^\.mdx?$/.test(ending)) return compileMdxFile(options, source, file, isPage);
  const loader = LOADERS[ending];
  if (!loader) throw new SiteError({ file }, 'cannot be imported: it is neither MDX nor JavaScript.');
  if (loader !== 'json') await checkSyntax(source, file, loader);
  return { contents: source, loader, isStandalone: false, warnings: [], references: [] };
}

async function readSource(absolutePath: string, file: string): Promise<string> {
  const { size } = await stat(absolutePath);
  if (size > MAX_SOURCE_BYTES) throw new SiteError({ file }, `is over ${MAX_SOURCE_BYTES} bytes. Split it.`);
  return readFile(absolutePath, 'utf8');
}

async function compileMdxFile(
  { variables, icons, collectsReferences, marksUserPlaces }: BuildOptions,
  source: string,
  file: string,
  isPage: boolean,
): Promise<LoadedSource> {
  const found = collectsReferences ? { file, references: [], ids: [], hasOtherIds: false } : undefined;
  // Loaded at the first page, so that what builds pages starts at once.
  const { compilePage } = await import('./page-compiler.js');
  const { code, isStandalone, warnings } = await compilePage(source, file, {
    isSnippet: !isPage,
    variables,
    found,
    marksUserPlaces,
    ...(icons && { knowsIcon: (name: string) => icons.has(name) }),
  });
  return {
    contents: code,
    loader: 'js',
    isStandalone,
    warnings: warnings.map(({ message, line }) =>
      line === undefined ? { message, file } : { message, file, line },
    ),
    references: found ? [found] : [],
  };
}

/** So that a mistake in a snippet stays in its place. */
async function checkSyntax(source: string, file: string, loader: Loader): Promise<void> {
  const { transform } = await import('esbuild');
  try {
    await transform(source, { loader, jsx: 'automatic', logLevel: 'silent', tsconfigRaw: {} });
  } catch (error) {
    const [problem] = isBuildFailure(error) ? error.errors : [];
    const { line, column } = problem?.location ?? {};
    throw new SiteError({ file, line, column }, problem?.text ?? 'does not compile.', { cause: error });
  }
}
