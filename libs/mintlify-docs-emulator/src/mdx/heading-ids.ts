import type { MdxNode } from './mdx-nodes.js';
import { visitNodes } from './mdx-nodes.js';

const HEADING = /^\s*#{1,6}\s/;
const ID_AT_END = /\s*\{#(?<id>[^{}]+)\}$/;
const FENCE = /^\s*(?<marks>`{3,}|~{3,})/;

/**
 * Escapes the ids of headings, `## Title {#id}`: MDX would take them for JavaScript. Lines keep their numbers.
 *
 * @example
 * escapeHeadingIds('## Title {#my-id}'); // '## Title \\{#my-id\\}'
 */
export function escapeHeadingIds(source: string): string {
  if (!source.includes('{')) return source;
  let fence: string | undefined;
  return source
    .split('\n')
    .map((line) => {
      const marks = FENCE.exec(line)?.groups?.marks;
      if (marks !== undefined) {
        if (fence === undefined) fence = marks;
        else if (marks.startsWith(fence)) fence = undefined;
      }
      if (fence !== undefined || line.length > 2000) return line;
      return HEADING.test(line) ? escapeId(line) : line;
    })
    .join('\n');
}

/** No regular expression: one with two spaces of any length around the id takes the square of the length. */
function escapeId(line: string): string {
  const trimmed = line.trimEnd();
  const start = trimmed.lastIndexOf('{');
  const inside = trimmed.endsWith('}') ? trimmed.slice(start + 1, -1).trim() : '';
  const id = inside.startsWith('#') ? inside.slice(1).trim() : '';
  return start === -1 || id === '' || id.includes('}') ? line : `${line.slice(0, start)}\\{#${id}\\}`;
}

/** Gives headings the ids that {@link escapeHeadingIds} kept. */
export function remarkHeadingIds() {
  return (root: MdxNode): void =>
    visitNodes(root, (node) => {
      const last = node.type === 'heading' ? node.children?.at(-1) : undefined;
      if (last?.type !== 'text') return undefined;
      const id = ID_AT_END.exec(last.value ?? '')?.groups?.id;
      if (id === undefined) return undefined;
      last.value = last.value?.replace(ID_AT_END, '');
      node.data = {
        ...node.data,
        hProperties: {
          ...node.data?.hProperties,
          id: id
            .trim()
            .replaceAll(/[<>"&]/g, '')
            .replaceAll(/\s+/g, '-'),
        },
      };
      return undefined;
    });
}
