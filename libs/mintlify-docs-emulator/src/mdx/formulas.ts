import type { Nodes, Root } from 'hast';
import type rehypeKatexPlugin from 'rehype-katex';
import type { MdxFinding } from './mdx-nodes.js';

/** What the compiler finds out about a page on the way. */
export interface FormulaOptions {
  findings: MdxFinding[];
  /** Called when the page has a formula, so that it loads the style sheet. */
  onFormula: () => void;
}

type CompiledFile = Parameters<ReturnType<typeof rehypeKatexPlugin>>[1];

const FORMULA_CLASSES = new Set<unknown>(['language-math', 'math-inline', 'math-display']);

/**
 * Renders formulas with KaTeX, which is loaded at the first one. A formula that KaTeX cannot read is shown as TeX, and
 * is a warning.
 */
export function rehypeFormulas({ findings, onFormula }: FormulaOptions) {
  return async (root: Root, file: CompiledFile): Promise<void> => {
    if (!hasFormula(root)) return;
    const { default: rehypeKatex } = await import('rehype-katex');
    onFormula();
    const before = file.messages.length;
    // Spellings that KaTeX takes without being LaTeX are no reason to warn of.
    rehypeKatex({ strict: 'ignore' })(root, file);
    for (const { reason, cause, line } of file.messages.slice(before)) {
      const detail = cause instanceof Error ? cause.message.replace(/^KaTeX parse error: /, '') : reason;
      const message = `A formula cannot be read: ${detail}. It is shown as TeX.`;
      findings.push({ message, ...(line !== undefined && { line }) });
    }
  };
}

function hasFormula(node: Nodes): boolean {
  if (!('children' in node)) return false;
  if (node.type === 'element' && Array.isArray(node.properties.className)) {
    if (node.properties.className.some((name) => FORMULA_CLASSES.has(name))) return true;
  }
  return node.children.some(hasFormula);
}
