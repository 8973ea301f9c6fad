import type { Node, Program } from 'estree';
import { chainOf, walk } from './user-chains.js';
import type { PlacedNode } from './user-chains.js';
import type { UserStep } from './user-read-types.js';
import { isShadowed } from './user-scopes.js';

/** What a name stands for: `user` itself, or a part of it. */
export interface UserPart {
  steps: UserStep[];
  /** Whether it is never missing: `user`, and what has a default. */
  isPresent: boolean;
}

/** A constant that holds a part of `user`. */
export interface UserAlias extends UserPart {
  name: string;
  /** The block that declares it. Absent: the whole file sees it. */
  scope?: Node;
}

/**
 * Finds the constants of a file that hold a part of `user`: `const { org } = user`, `const plan = user.plan ?? {}`. What
 * `let` declares may change, and is not followed.
 *
 * @example
 * findAliases([program]); // [{ name: 'org', steps: [{ name: 'org', … }], isPresent: false }]
 */
export function findAliases(programs: readonly Program[]): UserAlias[] {
  const aliases: UserAlias[] = [];
  for (const program of programs) {
    walk(program, [], (node, around) => {
      const [declaration] = around;
      if (node.type !== 'VariableDeclarator' || !node.init) return;
      if (declaration?.type !== 'VariableDeclaration' || declaration.kind !== 'const') return;
      const inside = [node, ...around];
      const part = partOf({ node: node.init, around: inside }, aliases);
      if (!part) return;
      const scope = around.find(({ type }) => type === 'BlockStatement');
      for (const alias of bindingsOf(node.id, part)) aliases.push(scope ? { ...alias, scope } : alias);
    });
  }
  return aliases;
}

/** The part of `user` that an expression is. */
function partOf({ node, around }: PlacedNode, aliases: readonly UserAlias[]): UserPart | undefined {
  if (node.type === 'LogicalExpression') {
    const isDefault = node.operator !== '&&' && node.right.type === 'ObjectExpression';
    const part = isDefault ? partOf({ node: node.left, around: [node, ...around] }, aliases) : undefined;
    return part && { ...part, isPresent: true };
  }
  const root = rootOf({ node, around });
  if (!root) return undefined;
  const named = resolveName(root, aliases);
  const chain = chainOf(root);
  if (!named || chain.outer.node !== node) return undefined;
  return { steps: joined(named, chain.steps), isPresent: named.isPresent && chain.steps.length === 0 };
}

/** The name at the start of `a.b?.c`. */
function rootOf({ node, around }: PlacedNode): PlacedNode | undefined {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- all other nodes are alike
  switch (node.type) {
    case 'Identifier':
      return { node, around };
    case 'ChainExpression':
      return rootOf({ node: node.expression, around: [node, ...around] });
    case 'MemberExpression':
      return rootOf({ node: node.object, around: [node, ...around] });
    default:
      return undefined;
  }
}

function bindingsOf(pattern: Node, part: UserPart): UserAlias[] {
  if (pattern.type === 'Identifier') return [{ name: pattern.name, ...part }];
  if (pattern.type !== 'ObjectPattern') return [];
  return pattern.properties.flatMap((property) => {
    if (property.type !== 'Property' || property.key.type !== 'Identifier' || property.computed) return [];
    const step = { name: property.key.name, isOptional: false, line: property.key.loc?.start.line ?? 1 };
    const { value } = property;
    const hasDefault = value.type === 'AssignmentPattern';
    const inner = { steps: joined(part, [step]), isPresent: hasDefault };
    return bindingsOf(hasDefault ? value.left : value, inner);
  });
}

/**
 * What a name stands for at its place.
 *
 * @returns `undefined` if it has nothing to do with `user`.
 * @example
 * resolveName(placed, aliases)?.steps; // [] for `user`
 */
export function resolveName(
  { node, around }: PlacedNode,
  aliases: readonly UserAlias[],
): UserPart | undefined {
  if (node.type !== 'Identifier') return undefined;
  const { name } = node;
  if (name === 'user')
    return around.some((each) => isShadowed(each)) ? undefined : { steps: [], isPresent: true };
  return aliases.findLast((alias) => {
    if (alias.name !== name) return false;
    const end = alias.scope ? around.indexOf(alias.scope) : around.length;
    return (
      end >= 0 && !around.slice(0, end).some((each) => each.type !== 'Program' && isShadowed(each, name))
    );
  });
}

/** The steps of a part, and more: what is read of something with a default is safe. */
export function joined({ steps, isPresent }: UserPart, more: readonly UserStep[]): UserStep[] {
  const [first, ...rest] = more;
  if (!first) return [...steps];
  const isSafe = isPresent && steps.length > 0;
  return [...steps, { ...first, isOptional: first.isOptional || isSafe }, ...rest];
}
