import type { OperationMethod } from '../shared/operation-types.js';

/** The name of an operation in docs.json or in front matter. */
export interface OperationName {
  /** The spec. Absent: the one that the place has by default. */
  source?: string;
  method: OperationMethod;
  path: string;
}

/** The methods of OpenAPI, in the order in which pages are made of them. */
export const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

const KNOWN = new Map<string, OperationMethod>([
  ['get', 'GET'],
  ['put', 'PUT'],
  ['post', 'POST'],
  ['delete', 'DELETE'],
  ['options', 'OPTIONS'],
  ['head', 'HEAD'],
  ['patch', 'PATCH'],
  ['trace', 'TRACE'],
  ['webhook', 'WEBHOOK'],
]);
const MAX_CHARACTERS = 2_000;

/**
 * Reads the name of an operation: an optional spec, a method and a path.
 *
 * @returns `undefined` if the text is none.
 * @example
 * parseOperationName('openapi.json get /plants'); // { source: 'openapi.json', method: 'GET', path: '/plants' }
 */
export function parseOperationName(text: string): OperationName | undefined {
  if (text.length > MAX_CHARACTERS) return undefined;
  const parts = text.trim().split(/\s+/);
  const [source, name, path] = parts.length === 3 ? parts : [undefined, ...parts];
  const method = KNOWN.get(name?.toLowerCase() ?? '');
  if (parts.length > 3 || method === undefined || path === undefined) return undefined;
  return { ...(source !== undefined && { source }), method, path };
}

/**
 * The method of an operation, from its key in OpenAPI.
 *
 * @example
 * methodOf('get'); // 'GET'
 */
export function methodOf(key: (typeof METHODS)[number]): OperationMethod {
  return KNOWN.get(key) ?? 'GET';
}
