import type { Operation } from '../../../shared/operation-types.js';
import { isJson } from '../../../shared/media-types.js';
import { exampleText } from '../../api/example-body.js';
import { fileFields } from '../../api/file-fields.js';
import type { FileField } from '../../api/file-fields.js';
import type { SchemaFinder } from '../../api/schema-model.js';
import type { TypedValues } from '../../playground-store.js';

/** The body of a request. */
export interface BodyValue {
  mediaType: string;
  /** Text: of a form, the fields that are no files, as JSON. */
  value: string;
  source: 'typed' | 'spec' | 'none';
  /** Its name in the store. */
  key: string;
  /** The name of its media type in the store. */
  typeKey: string;
  /** The files that it takes. */
  files: FileField[];
  /** Whether it has a text too. */
  hasText: boolean;
}

/**
 * The body that the playground sends: what was typed, or else the first example of the spec, or one that is made from
 * the schema.
 *
 * @param find follows `$ref`.
 * @returns `undefined` for an operation without a body.
 * @example
 * bodyOf(operation, {}, find)?.value; // '{\n  "name": "fern"\n}'
 */
export function bodyOf(
  { method, path, requestBody }: Pick<Operation, 'method' | 'path' | 'requestBody'>,
  typed: TypedValues,
  find: SchemaFinder,
): BodyValue | undefined {
  const bodies = requestBody?.bodies ?? [];
  const typeKey = `${method} ${path} media type`;
  const chosen =
    bodies.find(({ mediaType }) => mediaType === typed[typeKey]) ??
    bodies.find(({ mediaType }) => isJson(mediaType)) ??
    bodies[0];
  if (!chosen || method === 'GET' || method === 'HEAD') return undefined;
  const { mediaType } = chosen;
  const key = `${method} ${path} body ${mediaType}`;
  const files = fileFields(chosen, find);
  const value = typed[key];
  const example = exampleText(chosen, find);
  const hasText = !files.some(({ name }) => name === '') && (files.length === 0 || example !== '');
  const shared = { mediaType, key, typeKey, files, hasText };
  if (value !== undefined) return { ...shared, value, source: 'typed' };
  return { ...shared, value: example, source: example === '' ? 'none' : 'spec' };
}
