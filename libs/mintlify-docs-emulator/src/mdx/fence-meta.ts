import type { Nodes } from 'hast';

/** What stands after the language of a code block. */
export interface FenceMeta {
  title?: string;
  isWrapped?: boolean;
  hasLines?: boolean;
}

const PART =
  /(?<name>[\w-]+)=(?:"(?<double>[^"]*)"|'(?<single>[^']*)'|\{(?<braces>[^}]*)\}|(?<bare>\S+))|\{[^}]*\}|(?<word>\S+)/g;
const FLAGS = new Set(['lines', 'wrap', 'expandable', 'twoslash', 'nocopy', 'showLineNumbers', 'copy']);

/**
 * Reads the text after the language of a code block: a title, in quotes or not, and flags.
 *
 * @example
 * readFenceMeta('Terminal icon="bash" {1,3} wrap'); // { title: 'Terminal', isWrapped: true }
 */
export function readFenceMeta(meta: string): FenceMeta {
  const words: string[] = [];
  let title: string | undefined;
  const flags = new Set<string>();
  for (const { groups } of meta.slice(0, 2000).matchAll(PART)) {
    const { name, word, double, single, braces, bare } = groups ?? {};
    if (name === 'title' || name === 'filename') title = double ?? single ?? bare ?? braces;
    else if (name !== undefined && braces === 'true') flags.add(name);
    else if (word !== undefined && FLAGS.has(word)) flags.add(word);
    else if (word !== undefined) words.push(word);
  }
  const text = title ?? words.join(' ');
  return {
    ...(text !== '' && { title: text }),
    ...(flags.has('wrap') && { isWrapped: true }),
    ...((flags.has('lines') || flags.has('showLineNumbers')) && { hasLines: true }),
  };
}

/** Sets the title and the flags of code blocks, for the component that shows them. */
export function rehypeFenceMeta() {
  const visit = (node: Nodes): void => {
    if (!('children' in node)) return;
    if (node.type === 'element' && node.tagName === 'pre') {
      const [code] = node.children;
      const meta = code?.type === 'element' ? code.data?.meta?.trim() : undefined;
      if (meta) {
        const { title, isWrapped } = readFenceMeta(meta);
        if (title !== undefined) node.properties.title = title;
        if (isWrapped) node.properties.dataWrap = 'true';
      }
    }
    for (const child of node.children) visit(child);
  };
  return visit;
}
