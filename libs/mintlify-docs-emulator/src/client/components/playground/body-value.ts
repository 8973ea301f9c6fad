import type { Operation } from '../../../shared/operation-types.js';
import { isJson } from '../../../shared/request-builder.js';
import type { TypedValues } from '../../playground-store.js';

/** The body of a request. */
export interface BodyValue {
  mediaType: string;
  value: string;
  source: 'typed' | 'spec' | 'none';
  /** Its name in the store. */
  key: string;
  /** The name of its media type in the store. */
  typeKey: string;
}

/**
 * The body that the playground sends: what was typed, or else the first example of the spec.
 *
 * @returns `undefined` for an operation without a body.
 * @example
 * bodyOf(operation, {})?.value; // '{\n  "name": "fern"\n}'
 */
export function bodyOf(
  { method, path, requestBody }: Pick<Operation, 'method' | 'path' | 'requestBody'>,
  typed: TypedValues,
): BodyValue | undefined {
  const bodies = requestBody?.bodies ?? [];
  const typeKey = `${method} ${path} media type`;
  const chosen =
    bodies.find(({ mediaType }) => mediaType === typed[typeKey]) ??
    bodies.find(({ mediaType }) => isJson(mediaType)) ??
    bodies[0];
  if (!chosen || method === 'GET' || method === 'HEAD') return undefined;
  const { mediaType, examples } = chosen;
  const key = `${method} ${path} body ${mediaType}`;
  const value = typed[key];
  if (value !== undefined) return { mediaType, value, source: 'typed', key, typeKey };
  const [example] = examples;
  return example
    ? { mediaType, value: textOf(example.value), source: 'spec', key, typeKey }
    : { mediaType, value: '', source: 'none', key, typeKey };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '');
}
