import type { DocsMode } from '../../../mintlify-personalization/src/ports/docs-site.js';
import { objectOf, type Schema } from '../check-docs/json-shape.js';
import { SchemaTypes } from './schema-type.js';

/** What the library itself adds to `content`, so no mapper declares it. */
const VIEWING_AS: Schema = {
  description: 'Only while someone views the docs as this visitor.',
  type: 'object',
  properties: { until: { type: 'string', description: 'When the view ends: ISO 8601.' } },
  required: ['until'],
};

/**
 * Writes the declaration of `user` for MDX pages: a file that TypeScript reads, such as `user.d.ts`. The same schema gives
 * the same text.
 *
 * @param content the JSON Schema of what visitors may have
 * @param mode in `personalization`, each page has visitors who are not logged in, for whom `user` is `{}`: so every key of
 * `user` may be missing
 * @example
 * ```ts
 * writeUserTypes({ type: 'object', properties: { plan: { type: 'string' } } }, 'personalization');
 * // … export interface User { plan?: string; } …
 * ```
 */
export function writeUserTypes(content: Schema, mode: DocsMode): string {
  const types = new SchemaTypes(content);
  const isPlain = typeof content.properties === 'object' && Object.keys(content).every(isPlainKey);
  const isPartial = mode === 'personalization';
  const who = isPartial
    ? 'Visitors who are not logged in have none of it.'
    : 'Each visitor of private docs is logged in.';
  const shape = isPlain
    ? `export interface User {\n${types.membersOf(withViewingAs(content), '', { isPartial })}}`
    : `export type User = ${partialType(types.typeOf(content, ''), isPartial)};`;
  return [
    '// Written by "mintlify-personalization types". Change the visitor schema of the claim mapper, and run it again.',
    '',
    `/** What pages know about their visitor. ${who} */`,
    shape,
    '',
    'declare global {',
    '  /** The visitor of the page. */',
    '  const user: User;',
    '}',
    '',
  ].join('\n');
}

function isPlainKey(key: string): boolean {
  return /^(?:type|properties|required|additionalProperties|description|title|\$(?:schema|defs|id)|definitions)$/.test(
    key,
  );
}

function withViewingAs(content: Schema): Schema {
  return { ...content, properties: { viewingAs: VIEWING_AS, ...objectOf(content.properties) } };
}

/** Of a union or of anything. */
function partialType(type: string, isPartial: boolean): string {
  if (type === 'any') return '{ [name: string]: any }';
  return isPartial ? `Partial<${type}>` : type;
}
