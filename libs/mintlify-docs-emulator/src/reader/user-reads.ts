import type { Node, Program } from 'estree';
import { findAliases, joined, resolveName } from './user-aliases.js';
import type { UserAlias, UserPart } from './user-aliases.js';
import { chainOf, pathOf, walk } from './user-chains.js';
import type { PlacedNode } from './user-chains.js';
import { guardsOf } from './user-guards.js';
import type { UserRead, UserStep } from './user-read-types.js';
import { isShadowed } from './user-scopes.js';

/**
 * Finds the reads of `user` in programs of one file. A `user` that the file declares itself, as a parameter for example, is
 * another one. What is read of a constant that holds a part of `user` is a read of `user`, too.
 *
 * @example
 * readUserReads([program]); // [{ steps: [{ name: 'plan', isOptional: false, line: 3 }], hasFallback: true }]
 */
export function readUserReads(programs: readonly Program[]): UserRead[] {
  const reads: UserRead[] = [];
  if (programs.some((program) => isShadowed(program))) return reads;
  const aliases = findAliases(programs);
  for (const program of programs) {
    walk(program, [], (node, around) => {
      if (node.type !== 'Identifier' || !isReference(node, around[0])) return;
      const part = resolveName({ node, around }, aliases);
      if (part) reads.push(...readsOf({ node, around }, part, aliases));
    });
  }
  return reads;
}

function readsOf(placed: PlacedNode, part: UserPart, aliases: readonly UserAlias[]): UserRead[] {
  const { outer, steps: own } = chainOf(placed);
  const steps = joined(part, own);
  const guards = guardsOf(outer, aliases);
  const isGuarded = (length: number): boolean => guards.has(pathOf(steps.slice(0, length)));
  // A step is safe if what it is read of was checked.
  const safe = steps.map((step, index) => ({
    ...step,
    isOptional: step.isOptional || (index > 0 && isGuarded(index)),
  }));
  const [parent] = outer.around;
  const pattern = parent?.type === 'VariableDeclarator' && parent.init === outer.node ? parent.id : undefined;
  if (pattern?.type === 'ObjectPattern') return patternReads(pattern, safe);
  // A constant alone was read where it is declared.
  if (own.length === 0) return [];
  // The tests themselves have what they check for.
  return [{ steps: safe, hasFallback: isGuarded(steps.length) || isTested(outer) }];
}

/** `const { firstName, org: { plan } = {} } = user` */
function patternReads(pattern: Node, steps: readonly UserStep[]): UserRead[] {
  if (pattern.type !== 'ObjectPattern') return [];
  return pattern.properties.flatMap((property): UserRead[] => {
    if (property.type !== 'Property' || property.key.type !== 'Identifier' || property.computed) return [];
    const step = { name: property.key.name, isOptional: false, line: property.key.loc?.start.line ?? 1 };
    const { value } = property;
    const inner = value.type === 'AssignmentPattern' ? value.left : value;
    const path = [...steps, step];
    if (inner.type !== 'ObjectPattern') return [{ steps: path, hasFallback: true }];
    const reads = patternReads(inner, path);
    if (value.type !== 'AssignmentPattern') return reads;
    // With a default, what it is read of is never missing.
    return reads.map(({ steps: inside, hasFallback }) => {
      const safe = inside.with(path.length, Object.assign({}, inside[path.length], { isOptional: true }));
      return { steps: safe, hasFallback };
    });
  });
}

/** Whether what is read is only a condition, or has something after `??`. */
function isTested({ node, around }: PlacedNode): boolean {
  const [parent, ...rest] = around;
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- all other nodes are alike
  switch (parent?.type) {
    case 'LogicalExpression':
      return parent.left === node || isTested({ node: parent, around: rest });
    case 'ConditionalExpression':
      return parent.test === node || isTested({ node: parent, around: rest });
    case 'IfStatement':
      return parent.test === node;
    case 'UnaryExpression':
    case 'BinaryExpression':
    case 'SwitchStatement':
    case 'VariableDeclarator':
    case 'AssignmentExpression':
    case 'SpreadElement':
      return true;
    default:
      return false;
  }
}

/** Whether a name is a variable, and not a key. */
function isReference(node: Node, parent: Node | undefined): boolean {
  if (parent?.type === 'MemberExpression') return parent.object === node || parent.computed;
  if (parent?.type === 'Property') return parent.value === node && !parent.shorthand;
  return !/^(?:MethodDefinition|PropertyDefinition|LabeledStatement|BreakStatement|ContinueStatement|ImportSpecifier|ExportSpecifier)$/.test(
    parent?.type ?? '',
  );
}
