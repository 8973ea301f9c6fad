import type { Element, ElementContent, Nodes } from 'hast';
import { createLowlight } from 'lowlight';
import { visitCodeBlocks } from './code-blocks.js';
import { ALIASES, LANGUAGES } from './highlight-languages.js';

// One for all pages: a language is prepared at its first use.
const lowlight = createLowlight(LANGUAGES);
lowlight.registerAlias(ALIASES);

/** Longer code stays in one color: it is data more often than code. */
const MAX_COLORED_CHARACTERS = 200_000;

/** Colors the code blocks whose language is known. */
export function rehypeCodeHighlights() {
  return (root: Nodes): void => visitCodeBlocks(root, (_, code) => color(code));
}

function color(code: Element): void {
  const { className } = code.properties;
  const classes = Array.isArray(className) ? className.map(String) : [];
  const language = classes.find((each) => each.startsWith('language-'))?.slice('language-'.length);
  if (language === undefined) return;
  code.properties.className = ['hljs', ...classes];
  const text = code.children.map(textOf).join('');
  if (!lowlight.registered(language) || text.length > MAX_COLORED_CHARACTERS) return;
  const { children } = lowlight.highlight(language, text, { prefix: 'hljs-' });
  if (children.length > 0) code.children = children as ElementContent[];
}

function textOf(node: ElementContent): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}
