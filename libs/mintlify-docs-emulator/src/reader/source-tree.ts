import { parseExpressionAt } from 'acorn';
import type { Expression, Node, SpreadElement } from 'acorn';
import { isNode, isScalar, LineCounter, parseDocument } from 'yaml';

/** A parsed JSON or YAML file, which knows the lines of its values. */
export interface SourceTree {
  value: unknown;
  /**
   * The line of a value, from 1.
   *
   * @param path keys and indexes, such as `['paths', '/plants', 'get']`. Where it leads nowhere, the line of what is
   * nearest to it counts.
   */
  lineOf(path: readonly (string | number)[]): number;
}

/**
 * Parses JSON.
 *
 * @throws SyntaxError for invalid JSON.
 * @example
 * parseJsonTree('{ "a":\n 1 }').lineOf(['a']); // 2
 */
export function parseJsonTree(source: string): SourceTree {
  const text = source.replace(/^\uFEFF/, ' ');
  const value: unknown = JSON.parse(text);
  // JSON is JavaScript, whose parser is fast and knows places.
  let root: Expression | undefined;
  return {
    value,
    lineOf(path) {
      root ??= parseExpressionAt(text, 0, { ecmaVersion: 'latest', locations: true });
      let node: Expression = root;
      for (const step of path) {
        const next = childOf(node, step);
        if (!next) break;
        node = next;
      }
      return node.loc?.start.line ?? 1;
    },
  };
}

function childOf(node: Expression, step: string | number): Expression | undefined {
  if (node.type === 'ArrayExpression') {
    return typeof step === 'number' ? expressionOf(node.elements[step]) : undefined;
  }
  if (node.type !== 'ObjectExpression') return undefined;
  // As in JSON.parse, the last one counts.
  for (const property of node.properties.toReversed()) {
    if (property.type !== 'Property') continue;
    if (keyOf(property.key) === String(step)) return property.value;
  }
  return undefined;
}

function expressionOf(element: Expression | SpreadElement | null | undefined): Expression | undefined {
  return element && element.type !== 'SpreadElement' ? element : undefined;
}

function keyOf(key: Node & { value?: unknown; name?: unknown }): string {
  return String(key.value ?? key.name);
}

/**
 * Parses YAML, of which JSON is a part.
 *
 * @throws Error for invalid YAML.
 * @example
 * parseYamlTree('a:\n  b: 1').lineOf(['a', 'b']); // 2
 */
export function parseYamlTree(source: string): SourceTree {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, merge: true });
  const [problem] = document.errors;
  if (problem) throw problem;
  // Aliases can make a few lines expand to gigabytes; the library stops at 100.
  const value: unknown = document.toJS({ maxAliasCount: 100 });
  return {
    value,
    lineOf(path) {
      for (let length = path.length; length > 0; length -= 1) {
        const node: unknown = document.getIn(path.slice(0, length), true);
        if (isNode(node) && node.range) {
          const { line } = lines.linePos(node.range[0]);
          // A map begins at its first key, on the line after its own.
          return isScalar(node) || line === 1 ? line : keyLine(source, path[length - 1], line);
        }
      }
      return 1;
    },
  };
}

function keyLine(source: string, key: string | number | undefined, line: number): number {
  const above = source.split('\n')[line - 2] ?? '';
  return typeof key === 'string' && above.trim().replaceAll(/['"]/g, '').startsWith(`${key}:`)
    ? line - 1
    : line;
}
