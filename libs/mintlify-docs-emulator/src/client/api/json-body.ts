import { isJson } from '../../shared/media-types.js';
import type { ApiRequest } from './request-model.js';

/**
 * The value of a JSON body, if code that holds it as a value sends the same: not with numbers that no program can hold,
 * or a name that comes twice.
 *
 * @returns `undefined` for a body that code has to hold as text.
 * @example
 * jsonBody({ method: 'POST', url, headers: [['Content-Type', 'application/json']], body: '{"a":1}' }); // { value: { a: 1 } }
 */
export function jsonBody({ headers, body }: ApiRequest): { value: unknown } | undefined {
  const type = headers.findLast(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  if (typeof body !== 'string' || !isJson(type) || body.includes('__proto__')) return undefined;
  try {
    const value: unknown = JSON.parse(body);
    const isSame = [undefined, 2].some((space) => JSON.stringify(value, null, space) === body.trim());
    return isSame ? { value } : undefined;
  } catch {
    return undefined;
  }
}
