import { compile } from '@mdx-js/mdx';
import type { Program } from 'estree';
import type { Nodes } from 'hast';
import rehypeHighlight from 'rehype-highlight';
import rehypeSlug from 'rehype-slug';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import { isRecord } from '../shared/type-guards.js';
import { readFrontMatter } from './front-matter-reader.js';
import { SiteError } from './site-error.js';

/** Where compiled pages find their imports, as paths on the emulator's origin. */
export interface PageCompilerPaths {
  /** Folder of the client bundle, which holds `jsx-runtime` and `page-runtime.js`. */
  client: string;
  /** Folder of the site's other MDX files, compiled. */
  modules: string;
}

// The code that MDX generates for a component that the page does not define.
const MISSING_COMPONENT = /_missingMdxReference\("(?<name>[\w.]+)", true\)/g;

/**
 * Compiles an MDX page to an ES module for the browser. `user` is a live binding of the page runtime, so that a
 * page updates on login and logout. The module tells the runtime which components it needs. Components that the
 * emulator does not support render their children.
 *
 * @param source the page's text.
 * @param file its path inside the docs folder, for messages.
 * @throws SiteError with file, line and column, if the page does not compile.
 * @example
 * await compilePage('Hello {user.firstName}', 'a.mdx', { client: '/_emulator/client', modules:
 * '/_emulator/modules' });
 */
export async function compilePage(source: string, file: string, paths: PageCompilerPaths): Promise<string> {
  readFrontMatter(source, file);
  const body = await compileMdx(source, file, paths);
  const names = [...new Set(Array.from(body.matchAll(MISSING_COMPONENT), (match) => match.groups?.name))];
  return [
    `import { user, registerComponents as _registerComponents } from ${JSON.stringify(`${paths.client}/page-runtime.js`)};`,
    `_registerComponents(${JSON.stringify(names)});`,
    body,
  ].join('\n');
}

async function compileMdx(source: string, file: string, paths: PageCompilerPaths): Promise<string> {
  try {
    const compiled = await compile(source, {
      format: 'mdx',
      jsxImportSource: paths.client,
      providerImportSource: `${paths.client}/page-runtime.js`,
      remarkPlugins: [remarkFrontmatter, remarkGfm],
      rehypePlugins: [codeTitles, rehypeSlug, rehypeHighlight],
      recmaPlugins: [() => (program: Program) => resolveImports(program, paths.modules)],
    });
    return String(compiled);
  } catch (error) {
    throw toSiteError(error, file);
  }
}

/** Sets a code block's `title` from the text after its language, as in ```` ```bash Terminal ````. */
function codeTitles() {
  const visit = (node: Nodes): void => {
    if (!('children' in node)) return;
    if (node.type === 'element' && node.tagName === 'pre') {
      const [code] = node.children;
      const title = code?.type === 'element' ? code.data?.meta?.trim() : undefined;
      if (title) node.properties.title = title;
    }
    for (const child of node.children) visit(child);
  };
  return visit;
}

/** Resolves imports of snippets, which are relative to the docs folder: `import Note from '/snippets/note.mdx'`. */
function resolveImports(program: Program, modules: string): void {
  for (const statement of program.body) {
    if (statement.type !== 'ImportDeclaration' || typeof statement.source.value !== 'string') continue;
    if (!/^\/[^/].*\.mdx?$/.test(statement.source.value)) continue;
    const value = modules + statement.source.value;
    statement.source = { type: 'Literal', value, raw: JSON.stringify(value) };
  }
}

function toSiteError(error: unknown, file: string): SiteError {
  const message = isRecord(error) && typeof error.reason === 'string' ? error.reason : undefined;
  const reason = message ?? 'the page does not compile.';
  return new SiteError({ file, ...locationOf(error, reason) }, reason, { cause: error });
}

// Most compiler errors have a position; some only mention it in the text: "… for `<Note>` (5:1-5:7)".
function locationOf(error: unknown, reason: string): { line?: number; column?: number } {
  if (isRecord(error) && typeof error.line === 'number') {
    return { line: error.line, column: typeof error.column === 'number' ? error.column : undefined };
  }
  const named = /\((?<line>\d+):(?<column>\d+)-/.exec(reason)?.groups;
  return named ? { line: Number(named.line), column: Number(named.column) } : {};
}
