import { programOf, visitNodes } from './mdx-nodes.js';
import type { MdxNode } from './mdx-nodes.js';

/** Makes `<Snippet file="note.mdx" />` an import of `/snippets/note.mdx`. */
export function remarkSnippetFiles() {
  return (root: MdxNode): void => {
    const names = new Map<string, string>();
    visitNodes(root, (node) => {
      if (node.name !== 'Snippet') return undefined;
      const file = node.attributes?.find(({ name }) => name === 'file')?.value;
      if (typeof file !== 'string' || file === '') return undefined;
      const path = `/snippets/${file.replace(/^\/?(?:_?snippets\/)?/, '')}`;
      const name = names.get(path) ?? `SnippetFile${names.size}`;
      names.set(path, name);
      node.name = name;
      node.attributes = node.attributes?.filter((attribute) => attribute.name !== 'file');
      return undefined;
    });
    const imports = Array.from(names, ([path, name]): MdxNode => ({
      type: 'mdxjsEsm',
      value: '',
      data: {
        estree: programOf({
          type: 'ImportDeclaration',
          specifiers: [{ type: 'ImportDefaultSpecifier', local: { type: 'Identifier', name } }],
          source: { type: 'Literal', value: path, raw: JSON.stringify(path) },
          attributes: [],
        }),
      },
    }));
    root.children = [...imports, ...(root.children ?? [])];
  };
}
