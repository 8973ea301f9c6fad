import type { Element, ElementContent, Nodes } from 'hast';
import { addMark, takeCodeMarks } from './code-marks.js';
import type { CodeMark } from './code-marks.js';
import { readFenceMeta } from './fence-meta.js';

type Marks = Map<number, Set<CodeMark>>;

/** The marks of code blocks, from before their colors until after them. */
const marksOf = new WeakMap<Element, Marks>();

/** Reads what stands after the language of code blocks, and the comments that mark lines. Runs before the colors. */
export function rehypeFenceMeta() {
  return (root: Nodes): void =>
    visitCodeBlocks(root, (pre, code) => {
      const meta = readFenceMeta(code.data?.meta?.trim() ?? '');
      const { title, icon, isWrapped, hasLines, isExpandable, highlighted = [], focused = [] } = meta;
      if (title !== undefined) pre.properties.title = title;
      if (icon !== undefined) pre.properties.dataIcon = icon;
      if (isWrapped) pre.properties.dataWrap = 'true';
      if (hasLines) pre.properties.dataLines = 'true';
      if (isExpandable) pre.properties.dataExpandable = 'true';
      const [text] = code.children;
      const taken = takeCodeMarks(text?.type === 'text' ? text.value : '');
      if (text?.type === 'text') text.value = taken.code;
      for (const line of highlighted) addMark(taken.marks, line, 'highlighted');
      for (const line of focused) addMark(taken.marks, line, 'focused');
      if (taken.marks.size > 0 || hasLines) marksOf.set(code, taken.marks);
    });
}

/** Puts each line of a code block with marks or numbers into an element of its own. Runs after the colors. */
export function rehypeCodeLines() {
  return (root: Nodes): void =>
    visitCodeBlocks(root, (pre, code) => {
      const marks = marksOf.get(code);
      if (!marks) return;
      const lines = splitLines(code.children);
      // Code ends with a line break, which begins no line.
      if (lines.at(-1)?.length === 0) lines.pop();
      code.children = lines.map((children, index): Element => {
        const own = [...(marks.get(index + 1) ?? [])];
        const isLast = index === lines.length - 1;
        return {
          type: 'element',
          tagName: 'span',
          properties: { className: ['line', ...own.map((mark) => `line-${mark}`)] },
          children: isLast ? children : [...children, { type: 'text', value: '\n' }],
        };
      });
      if ([...marks.values()].some((own) => own.has('focused'))) pre.properties.dataFocus = 'true';
    });
}

/** Calls a function for each code block of a page. */
export function visitCodeBlocks(node: Nodes, visit: (pre: Element, code: Element) => void): void {
  if (!('children' in node)) return;
  if (node.type === 'element' && node.tagName === 'pre') {
    const [code] = node.children;
    if (code?.type === 'element' && code.tagName === 'code') visit(node, code);
  }
  for (const child of node.children) visitCodeBlocks(child, visit);
}

/** Splits highlighted code at its line breaks; an element around several lines becomes one in each. */
function splitLines(nodes: readonly ElementContent[]): ElementContent[][] {
  const lines: ElementContent[][] = [[]];
  const add = (parts: ElementContent[][]): void => {
    for (const [index, part] of parts.entries()) {
      if (index > 0) lines.push([]);
      lines.at(-1)?.push(...part);
    }
  };
  for (const node of nodes) {
    if (node.type === 'text') {
      add(node.value.split('\n').map((value) => (value === '' ? [] : [{ type: 'text', value }])));
    } else if (node.type === 'element') {
      add(
        splitLines(node.children).map((children) => (children.length === 0 ? [] : [{ ...node, children }])),
      );
    } else {
      add([[node]]);
    }
  }
  return lines;
}
