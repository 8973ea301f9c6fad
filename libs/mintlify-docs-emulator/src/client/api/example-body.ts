import { encodeForm, formFields } from '../../shared/form-fields.js';
import { isMultipart, isUrlEncoded } from '../../shared/media-types.js';
import type { OperationBody } from '../../shared/operation-types.js';
import { UNKNOWN_MEDIA_TYPE } from '../../shared/request-body.js';
import type { RequestBody, RequestFile } from '../../shared/request-body.js';
import { isRecord } from '../../shared/type-guards.js';
import { fileFields } from './file-fields.js';
import { exampleOf, textOf } from './schema-sampler.js';
import type { SchemaFinder } from './schema-model.js';

/** The file of an example that has none. */
export const EXAMPLE_FILE: RequestFile = {
  name: 'path/to/file',
  mediaType: UNKNOWN_MEDIA_TYPE,
  base64: '',
};

/**
 * An example of a body as text: of a form, the fields that are no files, as JSON; of a file, nothing.
 *
 * @param find follows `$ref`.
 * @example
 * exampleText({ mediaType: 'application/json', examples: [{ title: '', value: { a: 1 } }] }, find); // '{\n  "a": 1\n}'
 */
export function exampleText(body: OperationBody, find: SchemaFinder): string {
  const files = fileFields(body, find).map(({ name }) => name);
  if (files.includes('')) return '';
  const text = exampleOf(body, find, 'request');
  if (files.length === 0) return text;
  const form = readForm(text);
  if (!form) return text;
  const rest = Object.entries(form).filter(([name]) => !files.includes(name));
  return rest.length === 0 ? '' : textOf(Object.fromEntries(rest));
}

/**
 * An example of a body as it is sent.
 *
 * @param find follows `$ref`.
 * @example
 * exampleBody({ mediaType: 'image/png', examples: [] }, find); // { name: 'path/to/file', … }
 */
export function exampleBody(body: OperationBody, find: SchemaFinder): RequestBody {
  const { mediaType } = body;
  const files = fileFields(body, find);
  if (files.some(({ name }) => name === '')) return EXAMPLE_FILE;
  const text = exampleText(body, find);
  const form = isMultipart(mediaType) || isUrlEncoded(mediaType) ? readForm(text || '{}') : undefined;
  if (!form) return text;
  if (!isMultipart(mediaType)) return encodeForm(form);
  return [
    ...formFields(form).map(({ name, value }) => ({ name, value })),
    ...files.map(({ name }) => ({ name, file: EXAMPLE_FILE })),
  ];
}

function readForm(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const form: unknown = JSON.parse(text);
    return isRecord(form) ? form : undefined;
  } catch {
    return undefined;
  }
}
