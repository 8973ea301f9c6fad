import type { Expression, Program } from 'estree';
import { readUserReads } from '../reader/user-reads.js';
import { programOf, visitNodes } from './mdx-nodes.js';
import type { MdxNode } from './mdx-nodes.js';

const MAX_SOURCE = 120;

/**
 * Lets a page report the value of each `{…}` that reads `user`, at each render: `{user.plan}` becomes
 * `{_userPlace('user.plan', user.plan)}`. What the page shows stays the same.
 *
 * @param options.isOn whether it does anything.
 */
export function remarkUserPlaces({ isOn = false, onPlace }: { isOn?: boolean; onPlace: () => void }) {
  return (root: MdxNode): void => {
    if (!isOn) return;
    const mark = (holder: Holder | null | undefined, source: string): void => {
      const marked = holder?.data?.estree && withMark(holder.data.estree, source);
      if (!holder || !marked) return;
      holder.data = { ...holder.data, estree: marked };
      onPlace();
    };
    visitNodes(root, (node) => {
      for (const { value } of node.attributes ?? []) {
        if (typeof value === 'object') mark(value, value?.value ?? '');
      }
      if (node.type === 'mdxTextExpression' || node.type === 'mdxFlowExpression')
        mark(node, node.value ?? '');
      return undefined;
    });
  };
}

interface Holder {
  data?: { estree?: Program | null };
}

function withMark(program: Program, source: string): Program | undefined {
  const [statement] = program.body;
  if (program.body.length !== 1 || statement?.type !== 'ExpressionStatement') return undefined;
  if (readUserReads([program]).length === 0) return undefined;
  return programOf({
    type: 'ExpressionStatement',
    expression: {
      type: 'CallExpression',
      optional: false,
      callee: { type: 'Identifier', name: '_userPlace' },
      arguments: [literal(shorten(source)), statement.expression],
    },
  });
}

function literal(value: string): Expression {
  return { type: 'Literal', value };
}

function shorten(source: string): string {
  const line = source.replaceAll(/\s+/g, ' ').trim();
  return line.length > MAX_SOURCE ? `${line.slice(0, MAX_SOURCE - 1)}…` : line;
}
