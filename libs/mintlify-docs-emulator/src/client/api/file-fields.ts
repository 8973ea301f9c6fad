import { isJson, isMultipart, isUrlEncoded } from '../../shared/media-types.js';
import type { OperationBody } from '../../shared/operation-types.js';
import { isRecord } from '../../shared/type-guards.js';
import { modelOf } from './schema-model.js';
import type { SchemaFinder } from './schema-model.js';

/** A part of a body that is a file. */
export interface FileField {
  /** `''` if the file is the whole body. */
  name: string;
  required: boolean;
  /** Whether it takes several files. */
  isList: boolean;
  /** Markdown. */
  description?: string;
}

/**
 * The files that a body takes: of a form, the fields that are binary; of another media type than text, the whole body.
 *
 * @param find follows `$ref`.
 * @example
 * fileFields({ mediaType: 'image/png', examples: [] }, find); // [{ name: '', required: true, isList: false }]
 */
export function fileFields({ mediaType, schema }: OperationBody, find: SchemaFinder): FileField[] {
  if (isMultipart(mediaType)) {
    const { properties, required } = modelOf(schema, find);
    return properties.flatMap(([name, each]): FileField[] => {
      const { schema: own, variants } = modelOf(each, find);
      const isList = isRecord(own.items) && isBinary(modelOf(own.items, find).schema);
      if (!isList && !isBinary(own) && !variants.some((variant) => isBinary(modelOf(variant, find).schema)))
        return [];
      const { description } = own;
      return [
        {
          name,
          required: required.has(name),
          isList,
          ...(typeof description === 'string' && { description }),
        },
      ];
    });
  }
  const isText = isJson(mediaType) || isUrlEncoded(mediaType) || /^text\/|[/+]xml\b|yaml/i.test(mediaType);
  const isFile = /^(?:image|audio|video|font)\/|octet-stream|\*\/\*/.test(mediaType);
  if (isText || !(isFile || isBinary(modelOf(schema, find).schema))) return [];
  return [{ name: '', required: true, isList: false }];
}

/** OpenAPI 3.0 has `format`; 3.1 has `contentMediaType`, and encoded texts are no files (section 4.8.14). */
function isBinary({
  type,
  format,
  contentMediaType,
  contentEncoding,
}: Readonly<Record<string, unknown>>): boolean {
  if (format === 'binary') return true;
  if (![undefined, 'string'].includes(type as string | undefined) || contentEncoding !== undefined)
    return false;
  return typeof contentMediaType === 'string' && !/^text\/|[/+]json|[/+]xml/.test(contentMediaType);
}
