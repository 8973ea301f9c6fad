import type { Node } from 'estree';
import { joined, resolveName } from './user-aliases.js';
import type { UserAlias } from './user-aliases.js';
import { chainOf, pathOf, walk } from './user-chains.js';
import type { PlacedNode } from './user-chains.js';

/**
 * What was checked before a node is reached: the conditions around it, and those above it that end the function. They are
 * not understood, only what they read: `user.org ? … : …` checks `org` for both sides.
 *
 * @param aliases constants that hold a part of `user`.
 * @returns paths, as `pathOf` writes them.
 * @example
 * guardsOf(placed, []).has('org'); // true inside `user.org && …`
 */
export function guardsOf({ node, around }: PlacedNode, aliases: readonly UserAlias[]): Set<string> {
  const guards = new Set<string>();
  let inner = node;
  for (const [index, each] of around.entries()) {
    const place = around.slice(index);
    for (const test of testsOf(each, inner)) addPaths({ node: test, around: place }, aliases, guards);
    inner = each;
  }
  return guards;
}

function testsOf(node: Node, inside: Node): Node[] {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- all other nodes are alike
  switch (node.type) {
    case 'LogicalExpression':
      // What stands after `??` is read when the left side is missing.
      return node.right === inside && node.operator !== '??' ? [node.left] : [];
    case 'ConditionalExpression':
    case 'IfStatement':
      return node.test === inside ? [] : [node.test];
    case 'BlockStatement':
    case 'Program':
      return node.body.flatMap((statement, index): Node[] => {
        const isBefore = index < node.body.findIndex((each) => each === inside);
        return isBefore && statement.type === 'IfStatement' && endsFunction(statement.consequent)
          ? [statement.test]
          : [];
      });
    default:
      return [];
  }
}

function endsFunction(node: Node): boolean {
  if (node.type === 'BlockStatement') {
    const last = node.body.at(-1);
    return last !== undefined && endsFunction(last);
  }
  return node.type === 'ReturnStatement' || node.type === 'ThrowStatement';
}

function addPaths(test: PlacedNode, aliases: readonly UserAlias[], guards: Set<string>): void {
  walk(test.node, test.around, (node, around) => {
    const part = resolveName({ node, around }, aliases);
    if (!part) return;
    const steps = joined(part, chainOf({ node, around }).steps);
    for (let length = 1; length <= steps.length; length += 1) guards.add(pathOf(steps.slice(0, length)));
  });
}
