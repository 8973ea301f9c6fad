import type { Program } from 'estree';

/** An attribute of a component or element. */
export interface MdxAttribute {
  type: string;
  name?: string;
  value?: string | { type: string; value: string; data?: { estree?: Program | null } } | null;
}

/** A node of a parsed MDX page: the parts that the plugins here use. */
export interface MdxNode {
  type: string;
  name?: string | null;
  value?: string;
  /** Of a link or an image. */
  url?: string;
  /** Of a code block: what stands after the language. */
  meta?: string | null;
  lang?: string | null;
  children?: MdxNode[];
  attributes?: MdxAttribute[];
  position?: { start: { line: number } };
  data?: { estree?: Program | null; hProperties?: Record<string, unknown>; meta?: string | null };
}

/** What a plugin found out about a page. */
export interface MdxFinding {
  message: string;
  line?: number;
}

/**
 * Calls a function for each node inside another, from top to bottom. What it returns takes the node's place;
 * `undefined` keeps it.
 *
 * @example
 * visitNodes(root, (node) => (node.type === 'html' ? [] : undefined));
 */
export function visitNodes(parent: MdxNode, visit: (node: MdxNode) => MdxNode[] | undefined): void {
  if (!parent.children) return;
  parent.children = parent.children.flatMap((node) => {
    const instead = visit(node) ?? [node];
    for (const each of instead) visitNodes(each, visit);
    return instead;
  });
}

/**
 * A program of one statement, for a node that a plugin makes.
 *
 * @example
 * programOf({ type: 'ExpressionStatement', expression });
 */
export function programOf(statement: Program['body'][number]): Program {
  return { type: 'Program', sourceType: 'module', body: [statement], comments: [] };
}
