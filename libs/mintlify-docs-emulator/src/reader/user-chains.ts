import type { Node } from 'estree';
import { isRecord } from '../shared/type-guards.js';
import type { UserStep } from './user-read-types.js';

/** A node, and those around it, the nearest first. */
export interface PlacedNode {
  node: Node;
  around: readonly Node[];
}

/** Calls a function for each node, with the nodes around it, the nearest first. */
export function walk(
  node: Node,
  around: readonly Node[],
  visit: (node: Node, around: readonly Node[]) => void,
): void {
  visit(node, around);
  const inside = [node, ...around];
  for (const [key, value] of Object.entries(node)) {
    if (key === 'loc' || key === 'range' || key === 'comments') continue;
    for (const child of [value].flat()) if (isNode(child)) walk(child, inside, visit);
  }
}

/**
 * The chain of a `user`: the outermost node of `user.org?.plan`, and its steps.
 *
 * @example
 * chainOf(placed).steps; // [{ name: 'org', … }, { name: 'plan', … }]
 */
export function chainOf({ node, around }: PlacedNode): { outer: PlacedNode; steps: UserStep[] } {
  const steps: UserStep[] = [];
  let outer: PlacedNode = { node, around };
  for (;;) {
    const [parent, ...rest] = outer.around;
    if (parent?.type === 'MemberExpression' && parent.object === outer.node) {
      const name = nameOf(parent);
      if (name === undefined) break;
      steps.push({ name, isOptional: parent.optional, line: parent.property.loc?.start.line ?? 1 });
    } else if (parent?.type !== 'ChainExpression') break;
    outer = { node: parent, around: rest };
  }
  return { outer, steps };
}

/** The path of steps, for sets. */
export function pathOf(steps: readonly { name: string }[]): string {
  return steps.map(({ name }) => name).join('\n');
}

function nameOf({ computed, property }: Extract<Node, { type: 'MemberExpression' }>): string | undefined {
  if (!computed) return property.type === 'Identifier' ? property.name : undefined;
  return property.type === 'Literal' && typeof property.value === 'string' ? property.value : undefined;
}

function isNode(value: unknown): value is Node {
  return isRecord(value) && typeof value.type === 'string';
}
