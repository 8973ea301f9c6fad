import type { MdxNode } from './mdx-nodes.js';
import { visitNodes } from './mdx-nodes.js';

/** HTML elements of pages that the components of Markdown show: MDX leaves written tags alone. */
const COMPONENTS: Readonly<Record<string, string>> = {
  a: 'DocsLink',
  iframe: 'DocsFrame',
  img: 'DocsImage',
};

/** Gives `<img>` and `<a>` the base path of the docs, images a larger view, and frames a note if they are blocked. */
export function remarkHtmlElements() {
  return (root: MdxNode): void =>
    visitNodes(root, (node) => {
      if (node.type !== 'mdxJsxFlowElement' && node.type !== 'mdxJsxTextElement') return undefined;
      const { name } = node;
      if (name && Object.hasOwn(COMPONENTS, name)) node.name = COMPONENTS[name];
      return undefined;
    });
}
