import { extname } from 'node:path';
import { Parser } from 'acorn';
import jsx from 'acorn-jsx';
import type { Program } from 'estree';
import remarkFrontmatter from 'remark-frontmatter';
import remarkMath from 'remark-math';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { escapeHeadingIds } from '../mdx/heading-ids.js';
import type { MdxAttribute, MdxNode } from '../mdx/mdx-nodes.js';
import { replaceVariables } from '../mdx/variables.js';
import { isRecord } from '../shared/type-guards.js';
import type { UserRead } from './user-read-types.js';
import { readUserReads } from './user-reads.js';

/** A link of a page or a part. */
export interface PageLink {
  /** As it is written, such as `/guides/start#setup`. */
  target: string;
  /** Starts at 1. */
  line: number;
}

/** What a page or a part of one does, by its syntax tree. */
export interface PageSyntax {
  /** Where it reads the visitor: `user.firstName`. */
  userReads: UserRead[];
  links: PageLink[];
  /** Why it cannot be parsed. The lists are empty then. */
  problem?: { message: string; line?: number };
}

const mdx = unified()
  .use(remarkParse)
  .use(remarkMdx)
  .use(remarkFrontmatter)
  // A single dollar is a price more often than a formula.
  .use(remarkMath, { singleDollarTextMath: false })
  .freeze();
const script = Parser.extend(jsx());

/**
 * Parses a page, or a file that pages import, and runs nothing of it.
 *
 * @param text the file's text.
 * @param file its path inside the docs folder. MDX, Markdown, JSX, TSX, JavaScript or TypeScript.
 * @param variables `variables` of docs.json.
 * @example
 * const { userReads } = await readPageSyntax('Hello {user.org?.plan}', 'a.mdx');
 * userReads[0]?.steps; // [{ name: 'org', isOptional: false, line: 1 }, { name: 'plan', isOptional: true, line: 1 }]
 */
export async function readPageSyntax(
  text: string,
  file: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<PageSyntax> {
  try {
    if (/\.mdx?$/.test(file)) return readMdx(replaceVariables(text, variables));
    const program = await parseScript(text, extname(file));
    return { userReads: readUserReads([program]), links: [] };
  } catch (error) {
    return { userReads: [], links: [], problem: describe(error) };
  }
}

function readMdx(text: string): PageSyntax {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the part of the tree that is read here.
  const root = mdx.parse(escapeHeadingIds(text)) as MdxNode;
  const programs: Program[] = [];
  const links: PageLink[] = [];
  const visit = (node: MdxNode): void => {
    const line = node.position?.start.line ?? 1;
    if (node.data?.estree) programs.push(node.data.estree);
    if ((node.type === 'link' || node.type === 'definition') && node.url !== undefined) {
      links.push({ target: node.url, line });
    }
    for (const attribute of node.attributes ?? []) {
      programs.push(...attributePrograms(attribute));
      if (attribute.name === 'href' && typeof attribute.value === 'string') {
        links.push({ target: attribute.value, line });
      }
    }
    for (const child of node.children ?? []) visit(child);
  };
  visit(root);
  return { userReads: readUserReads(programs), links };
}

/** `{...user.props}` has its program on the attribute itself. */
function attributePrograms(attribute: MdxAttribute & { data?: { estree?: Program | null } }): Program[] {
  const value = typeof attribute.value === 'object' ? attribute.value?.data?.estree : undefined;
  return [value, attribute.data?.estree].filter((program) => program !== undefined && program !== null);
}

async function parseScript(text: string, ending: string): Promise<Program> {
  const options = { ecmaVersion: 'latest', sourceType: 'module', locations: true } as const;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- acorn's tree is that of ESTree.
  if (!/^\.tsx?$/.test(ending)) return script.parse(text, options) as unknown as Program;
  const { transform } = await import('esbuild');
  // Types go, and most lines stay where they are.
  const { code } = await transform(text, {
    loader: ending === '.tsx' ? 'tsx' : 'ts',
    jsx: 'preserve',
    logLevel: 'silent',
    tsconfigRaw: {},
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above.
  return script.parse(code, options) as unknown as Program;
}

function describe(error: unknown): { message: string; line?: number } {
  if (!isRecord(error)) return { message: String(error) };
  const { reason, message, line, place, loc } = error;
  const start = isRecord(place) ? (isRecord(place.start) ? place.start.line : place.line) : undefined;
  const text = typeof reason === 'string' ? reason : String(message);
  // Some errors only mention their position: "… for `<Note>` (5:1-5:7)".
  const named = /\((?<line>\d+):\d+-/.exec(text)?.groups?.line;
  const at = [line, start, isRecord(loc) ? loc.line : undefined, named && Number(named)].find(
    (each) => typeof each === 'number',
  );
  return { message: text.split('\n')[0] ?? '', ...(at !== undefined && { line: at }) };
}
