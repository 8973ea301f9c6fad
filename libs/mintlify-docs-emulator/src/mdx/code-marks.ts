/** What a line of code is marked as. */
export type CodeMark = 'added' | 'removed' | 'highlighted' | 'focused';

/** Code without the comments that mark its lines. */
export interface MarkedCode {
  code: string;
  /** By the number of the line; the first line is 1. */
  marks: Map<number, Set<CodeMark>>;
}

const MARKS: Readonly<Record<string, CodeMark>> = {
  '++': 'added',
  '--': 'removed',
  highlight: 'highlighted',
  hl: 'highlighted',
  focus: 'focused',
};
const COMMENT =
  /\s*(?:\/\/|\/\*|<!--|\{\/\*|#|--|;|%)[ \t]*\[!code (?<mark>\+\+|--|highlight|hl|focus)(?::(?<count>\d{1,4}))?\][ \t]*(?:\*\/\}?|-->)?[ \t]*$/;

/**
 * Takes comments such as `// [!code ++]` out of code. A comment on a line of its own marks the next line.
 *
 * @example
 * takeCodeMarks('a();\nb(); // [!code ++]'); // { code: 'a();\nb();', marks: new Map([[2, new Set(['added'])]]) }
 */
export function takeCodeMarks(written: string): MarkedCode {
  const marks: MarkedCode['marks'] = new Map();
  if (!written.includes('[!code ')) return { code: written, marks };
  const lines: string[] = [];
  for (const line of written.split('\n')) {
    const found = line.length > 2_000 || !line.includes('[!code ') ? null : COMMENT.exec(line);
    const mark = MARKS[found?.groups?.mark ?? ''];
    if (!found || !mark) {
      lines.push(line);
      continue;
    }
    const rest = line.slice(0, found.index);
    if (rest.trim() !== '') lines.push(rest);
    const first = rest.trim() === '' ? lines.length + 1 : lines.length;
    const count = Math.max(Number(found.groups?.count ?? 1), 1);
    for (let number = first; number < first + count; number += 1) addMark(marks, number, mark);
  }
  return { code: lines.join('\n'), marks };
}

/**
 * Marks a line.
 *
 * @example
 * addMark(marks, 3, 'highlighted');
 */
export function addMark(marks: MarkedCode['marks'], line: number, mark: CodeMark): void {
  marks.set(line, (marks.get(line) ?? new Set()).add(mark));
}
