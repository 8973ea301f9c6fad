import type { OperationParameter } from './operation-types.js';
import { isRecord } from './type-guards.js';

/**
 * Percent-encodes all characters except those that never have a meaning in a URL: RFC 3986, section 2.3.
 *
 * @example
 * encodeStrictly("a/b'c"); // 'a%2Fb%27c'
 */
export function encodeStrictly(text: string): string {
  // A lone half of a surrogate pair has no encoding.
  const wellFormed = text.replaceAll(/\p{Surrogate}/gu, '\u{FFFD}');
  return encodeURIComponent(wellFormed).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/**
 * The names and values that a parameter adds to a request, not encoded yet. A list is typed as JSON, or separated by
 * commas; an object is typed as JSON. `style` and `explode` say how they are written (OpenAPI 3.1, section 4.8.12).
 *
 * @param value as typed; `''` adds nothing.
 * @example
 * serializeParameter({ ...tags, in: 'query' }, 'new,hot'); // [['tags', 'new'], ['tags', 'hot']]
 */
export function serializeParameter(
  parameter: Pick<OperationParameter, 'in' | 'name' | 'summary' | 'style' | 'explode'>,
  value: string,
): (readonly [name: string, value: string])[] {
  if (value === '') return [];
  const {
    in: place,
    name,
    summary,
    style = place === 'query' || place === 'cookie' ? 'form' : 'simple',
  } = parameter;
  const { explode = style === 'form' } = parameter;
  const list = isListType(summary.type) ? readList(value) : undefined;
  if (list) {
    if (place === 'query' && explode) return list.map((each) => [name, each] as const);
    const separators: Record<string, string> = { spaceDelimited: ' ', pipeDelimited: '|' };
    return [[name, list.join(separators[style] ?? ',')]];
  }
  const record = summary.type.startsWith('object') ? readRecord(value) : undefined;
  if (!record) return [[name, value]];
  const entries = Object.entries(record).map(([key, each]) => [key, textOf(each)] as const);
  if (style === 'deepObject') return entries.map(([key, each]) => [`${name}[${key}]`, each] as const);
  if (place === 'query' && explode) return entries;
  return [[name, entries.map((pair) => pair.join(explode ? '=' : ',')).join(',')]];
}

function isListType(type: string): boolean {
  return type.endsWith('[]') || type.startsWith('array');
}

function readList(value: string): string[] {
  const parsed = value.trim().startsWith('[') ? parse(value) : undefined;
  return Array.isArray(parsed) ? parsed.map(textOf) : value.split(',').map((each) => each.trim());
}

function readRecord(value: string): Record<string, unknown> | undefined {
  const parsed = parse(value);
  return isRecord(parsed) ? parsed : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function parse(value: string): unknown {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}
