import { visitNodes } from './mdx-nodes.js';
import type { MdxNode } from './mdx-nodes.js';

/** Tells whether a page has `import` or `export` of its own. Runs after the plugins that add some. */
export function remarkOwnModules({ onModule }: { onModule: () => void }) {
  return (root: MdxNode): void =>
    visitNodes(root, (node) => {
      if (node.type === 'mdxjsEsm') onModule();
      return undefined;
    });
}
