import { compile } from '@mdx-js/mdx';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import { isRecord } from '../shared/type-guards.js';
import { readFrontMatter } from '../site/front-matter-reader.js';
import { SiteError } from '../site/site-error.js';
import { rehypeCodeHighlights } from './code-highlights.js';
import { rehypeCodeLines, rehypeFenceMeta } from './code-blocks.js';
import { remarkDiagrams } from './diagrams.js';
import { rehypeFormulas } from './formulas.js';
import type { FormulaOptions } from './formulas.js';
import { escapeHeadingIds, remarkHeadingIds } from './heading-ids.js';
import { remarkComponentIds } from './component-ids.js';
import { remarkHeadingSlugs } from './heading-slugs.js';
import { remarkHtmlAttributes } from './html-attributes.js';
import { remarkHtmlElements } from './html-elements.js';
import { unknownComponents } from './known-components.js';
import { remarkLoneNames } from './lone-names.js';
import { remarkIconNames } from './icon-names.js';
import type { IconNameOptions } from './icon-names.js';
import type { MdxFinding } from './mdx-nodes.js';
import { remarkOwnModules } from './own-modules.js';
import { remarkPageReferences } from './page-references.js';
import type { PageReferences } from './page-references.js';
import { remarkSnippetFiles } from './snippet-files.js';
import { remarkUserPlaces } from './user-places.js';
import { replaceVariables } from './variables.js';

/** A compiled MDX file. It imports React, the page runtime and snippets under the names that the bundler knows. */
export interface CompiledMdx {
  code: string;
  /** It imports and exports nothing of its own. */
  isStandalone: boolean;
  warnings: MdxFinding[];
}

/** How an MDX file is compiled. */
export interface MdxOptions {
  /** A part of a page, which has properties. */
  isSnippet?: boolean;
  /** From `variables` of docs.json: what `{{name}}` stands for. */
  variables?: Readonly<Record<string, string>>;
  /** Tells whether an icon exists, to warn of those that do not. */
  knowsIcon?: (name: string) => Promise<boolean>;
  /** Lets the page report the value of each `{…}` that reads `user`. */
  marksUserPlaces?: boolean;
  /** Gets the links, images and ids of the page. */
  found?: PageReferences;
}

// The code that MDX generates for a component that the page does not define.
const MISSING_COMPONENT = /_missingMdxReference\("(?<name>[\w.]+)", true\)/g;

/**
 * Compiles an MDX file to an ES module. The module tells the runtime which components it needs. Components that the
 * emulator does not support render their children.
 *
 * @param source the file's text.
 * @param file its path inside the docs folder, for messages.
 * @throws SiteError with file, line and column, if it does not compile.
 * @example
 * await compilePage('Hello {user.firstName}', 'a.mdx');
 */
export async function compilePage(
  source: string,
  file: string,
  { isSnippet = false, variables = {}, knowsIcon, marksUserPlaces, found }: MdxOptions = {},
): Promise<CompiledMdx> {
  readFrontMatter(source, file);
  const warnings: MdxFinding[] = [];
  let hasFormulas = false;
  let isStandalone = true;
  let hasUserPlaces = false;
  const body = await compileMdx(replaceVariables(source, variables), file, {
    isSnippet,
    found,
    findings: warnings,
    knowsIcon,
    onFormula: () => {
      hasFormulas = true;
    },
    onModule: () => {
      isStandalone = false;
    },
    isOn: marksUserPlaces,
    onPlace: () => {
      hasUserPlaces = true;
    },
  });
  const matches = Array.from(body.matchAll(MISSING_COMPONENT), (match) => match.groups?.name ?? '');
  const names = [...new Set(matches)];
  for (const name of unknownComponents(names)) {
    warnings.push({
      message: `<${name}> is not a component that the emulator knows. Its children are shown.`,
    });
  }
  const code = [
    `import { registerComponents as _registerComponents } from '@docs/runtime';`,
    `_registerComponents(${JSON.stringify(names)});`,
    ...(hasUserPlaces ? [`import { userPlace as _userPlace } from '@docs/runtime';`] : []),
    ...(hasFormulas
      ? [
          `import { loadStyleSheet as _loadStyleSheet } from '@docs/runtime';`,
          `_loadStyleSheet('katex/katex.min.css');`,
        ]
      : []),
    body,
  ].join('\n');
  return { code, isStandalone, warnings };
}

async function compileMdx(
  source: string,
  file: string,
  options: {
    isSnippet: boolean;
    found?: PageReferences;
    onModule: () => void;
    isOn?: boolean;
    onPlace: () => void;
  } & FormulaOptions &
    IconNameOptions,
): Promise<string> {
  try {
    const compiled = await compile(escapeHeadingIds(source), {
      format: 'mdx',
      jsxImportSource: '@docs',
      providerImportSource: '@docs/runtime',
      remarkPlugins: [
        remarkFrontmatter,
        remarkGfm,
        // A single dollar is a price more often than a formula.
        [remarkMath, { singleDollarTextMath: false }],
        remarkHeadingIds,
        remarkHeadingSlugs,
        remarkComponentIds,
        [remarkPageReferences, options],
        remarkSnippetFiles,
        remarkDiagrams,
        remarkHtmlAttributes,
        remarkHtmlElements,
        [remarkLoneNames, options],
        [remarkIconNames, options],
        [remarkUserPlaces, options],
        [remarkOwnModules, options],
      ],
      rehypePlugins: [rehypeFenceMeta, [rehypeFormulas, options], rehypeCodeHighlights, rehypeCodeLines],
    });
    return String(compiled);
  } catch (error) {
    throw toSiteError(error, file);
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
