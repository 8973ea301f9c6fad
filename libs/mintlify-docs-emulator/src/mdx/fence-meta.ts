/** What stands after the language of a code block. */
export interface FenceMeta {
  title?: string;
  icon?: string;
  isWrapped?: boolean;
  hasLines?: boolean;
  isExpandable?: boolean;
  /** Numbers of lines; the first line is 1. */
  highlighted?: number[];
  /** The lines that are not dimmed. */
  focused?: number[];
}

const PART =
  /(?<name>[\w-]+)=(?:"(?<double>[^"]*)"|'(?<single>[^']*)'|\{(?<braces>[^}]*)\}|(?<bare>\S+))|\{(?<marked>[^}]*)\}|(?<word>\S+)/g;
const FLAGS = new Set([
  'lines',
  'wrap',
  'expandable',
  'twoslash',
  'nocopy',
  'showLineNumbers',
  'copy',
  'diff',
]);
const MAX_MARKED_LINES = 5_000;

/**
 * Reads the text after the language of a code block: a title, in quotes or not, an icon, marked lines and flags.
 *
 * @example
 * readFenceMeta('Terminal icon="bash" {1,3} wrap');
 * // { title: 'Terminal', icon: 'bash', isWrapped: true, highlighted: [1, 3] }
 */
export function readFenceMeta(meta: string): FenceMeta {
  const words: string[] = [];
  const values = new Map<string, string>();
  const flags = new Set<string>();
  for (const { groups } of meta.slice(0, 2000).matchAll(PART)) {
    const { name, word, double, single, braces, bare, marked } = groups ?? {};
    const value = double ?? single ?? braces ?? bare;
    if (marked !== undefined) values.set('highlight', marked);
    else if (name !== undefined && value === 'true') flags.add(name);
    else if (name !== undefined && value !== undefined) values.set(name, value);
    else if (word !== undefined && FLAGS.has(word)) flags.add(word);
    else if (word !== undefined) words.push(word);
  }
  const text = values.get('title') ?? values.get('filename') ?? words.join(' ');
  const icon = values.get('icon');
  const highlighted = readLines(values.get('highlight') ?? '');
  const focused = readLines(values.get('focus') ?? '');
  return {
    ...(text !== '' && { title: text }),
    ...(icon !== undefined && { icon }),
    ...(flags.has('wrap') && { isWrapped: true }),
    ...((flags.has('lines') || flags.has('showLineNumbers')) && { hasLines: true }),
    ...(flags.has('expandable') && { isExpandable: true }),
    ...(highlighted.length > 0 && { highlighted }),
    ...(focused.length > 0 && { focused }),
  };
}

/**
 * Reads numbers of lines.
 *
 * @example
 * readLines('1,3-5'); // [1, 3, 4, 5]
 */
export function readLines(text: string): number[] {
  const lines = new Set<number>();
  for (const part of text.split(',')) {
    const { first, last } = /^\s*(?<first>\d{1,6})(?:\s*-\s*(?<last>\d{1,6}))?\s*$/.exec(part)?.groups ?? {};
    if (first === undefined) continue;
    for (let line = Number(first); line <= Number(last ?? first); line += 1) {
      if (lines.size >= MAX_MARKED_LINES) return [...lines];
      lines.add(line);
    }
  }
  return [...lines];
}
