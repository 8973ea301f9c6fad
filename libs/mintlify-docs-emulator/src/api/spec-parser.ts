import type { Type } from 'js-yaml';
import { isRecord } from '../shared/type-guards.js';
import { parseJson } from '../site/config-reader.js';
import { SiteError } from '../site/site-error.js';

/** Aliases of YAML can make a small file stand for gigabytes. */
const MAX_NODES = 5_000_000;
const MAX_DEPTH = 400;

/** The formats of specs. */
export type SpecKind = 'openapi' | 'asyncapi';

/** A spec as an object, in OpenAPI 3.0 or 3.1, or in AsyncAPI 2 or 3. */
export interface ParsedSpec {
  kind: SpecKind;
  document: Record<string, unknown>;
}

/**
 * Parses an OpenAPI or AsyncAPI file in JSON or YAML. Swagger 2 is converted to OpenAPI 3.0.
 *
 * @param file path inside the docs folder, for messages.
 * @throws SiteError, with a line where there is one, if the file is not a spec.
 * @example
 * const { document } = await parseSpec(text, 'openapi.yaml');
 */
export async function parseSpec(text: string, file: string): Promise<ParsedSpec> {
  const value = await parseText(text, file);
  if (!isRecord(value)) throw new SiteError({ file }, 'is not an OpenAPI file: it must be an object.');
  checkSize(value, file);
  const { openapi, swagger, asyncapi } = value;
  if (asyncapi !== undefined) return { kind: 'asyncapi', document: value };
  if (openapi !== undefined) {
    if (asText(openapi).startsWith('3.')) return { kind: 'openapi', document: value };
    throw new SiteError({ file }, `has openapi: ${asText(openapi)}. Write it in OpenAPI 3.0 or 3.1.`);
  }
  if (asText(swagger).startsWith('2'))
    return { kind: 'openapi', document: await convertSwagger(value, file) };
  throw new SiteError(
    { file },
    'is not an OpenAPI file: `openapi` is missing. Write openapi: 3.1.0 at its top.',
  );
}

async function parseText(text: string, file: string): Promise<unknown> {
  if (/\.json$/i.test(file) || /^\uFEFF?\s*\{/.test(text)) return parseJson(text, file);
  // Loaded on need, so that the emulator starts at once. Mintlify reads YAML with the same library.
  const library = await import('js-yaml');
  const { CORE_SCHEMA, load } = library;
  // The published types lack it.
  const merge: Type | undefined =
    'types' in library && isRecord(library.types) ? asType(library.types.merge) : undefined;
  try {
    return load(text.replace(/^\uFEFF/, ''), {
      schema: CORE_SCHEMA.extend({ implicit: merge ? [merge] : [] }),
    });
  } catch (cause) {
    const reason = isRecord(cause) && typeof cause.reason === 'string' ? cause.reason : String(cause);
    const mark = isRecord(cause) && isRecord(cause.mark) ? cause.mark : {};
    const line = typeof mark.line === 'number' && mark.line > 0 ? mark.line + 1 : undefined;
    throw new SiteError({ file, ...(line !== undefined && { line }) }, `is not valid YAML: ${reason}`, {
      cause,
    });
  }
}

/** @throws SiteError if aliases make the file huge or lead back to themselves. */
function checkSize(document: unknown, file: string): void {
  const sizes = new Map<object, number>();
  const open = new Set<object>();
  const sizeOf = (value: unknown, depth: number): number => {
    if (typeof value !== 'object' || value === null) return 1;
    const known = sizes.get(value);
    if (known !== undefined) return known;
    if (open.has(value)) throw new SiteError({ file }, 'has an alias that leads back to itself.');
    if (depth > MAX_DEPTH) throw new SiteError({ file }, `is nested more than ${MAX_DEPTH} levels deep.`);
    open.add(value);
    let size = 1;
    for (const each of Object.values(value)) size += sizeOf(each, depth + 1);
    open.delete(value);
    sizes.set(value, size);
    return size;
  };
  if (sizeOf(document, 0) > MAX_NODES) {
    throw new SiteError({ file }, `has over ${MAX_NODES} values. Split it into several files.`);
  }
}

async function convertSwagger(
  document: Record<string, unknown>,
  file: string,
): Promise<Record<string, unknown>> {
  const { upgradeFromTwoToThree } = await import('@scalar/openapi-upgrader/2.0-to-3.0');
  try {
    const converted: unknown = upgradeFromTwoToThree(document);
    if (isRecord(converted)) return converted;
  } catch (cause) {
    throw new SiteError({ file }, 'is Swagger 2, and cannot be converted. Convert it to OpenAPI 3.', {
      cause,
    });
  }
  throw new SiteError({ file }, 'is Swagger 2, and cannot be converted. Convert it to OpenAPI 3.');
}

function asType(value: unknown): Type | undefined {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the library's own type of merge keys.
  return isRecord(value) ? (value as unknown as Type) : undefined;
}

function asText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
