import type { MdxNode } from './mdx-nodes.js';
import { visitNodes } from './mdx-nodes.js';

/** Makes Mermaid code blocks the component that draws them. */
export function remarkDiagrams() {
  return (root: MdxNode): void =>
    visitNodes(root, (node) => {
      if (node.type !== 'code' || node.lang?.toLowerCase() !== 'mermaid') return undefined;
      return [
        {
          type: 'mdxJsxFlowElement',
          name: 'Mermaid',
          attributes: [{ type: 'mdxJsxAttribute', name: 'chart', value: node.value ?? '' }],
          children: [],
          ...(node.position && { position: node.position }),
        },
      ];
    });
}
