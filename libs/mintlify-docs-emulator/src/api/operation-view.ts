import { visibleParts } from '../shared/operation-filter.js';
import type { Operation, OperationBody, OperationSchema } from '../shared/operation-types.js';
import { SchemaFilter } from '../shared/schema-filter.js';
import { refsIn } from '../shared/schema-refs.js';

/** What a view leaves out. */
export interface ViewOptions {
  /** Leaves out what visitors with these groups may not see; `null` is an anonymous visitor. Absent: shows everything. */
  groups?: readonly string[] | null;
  /** How many characters of schemas are sent. Default: 120,000. */
  maxCharacters?: number;
}

const DEFAULT_CHARACTERS = 120_000;
/** Of the operation without the schemas behind `$ref`. */
const MAX_PARTS = 4_000_000;

/**
 * An operation as it is sent to a browser: with the schemas that it needs first, up to a limit. The browser asks for
 * the others when a visitor opens them.
 *
 * @example
 * viewOperation(operation, { groups: visitor.groups });
 */
export function viewOperation(operation: Operation, options: ViewOptions = {}): Operation {
  const { schemas: all, ...parts } = operation;
  const filter = filterOf(operation, options);
  const seen = filter ? visibleParts(parts, filter) : parts;
  const bounded = JSON.stringify(seen).length > MAX_PARTS ? withoutSchemas(seen) : seen;
  return { ...bounded, schemas: pick(all, refsIn(bounded), { ...options, filter }) };
}

/**
 * A schema of an operation, with those that it needs first.
 *
 * @param ref the text of a `$ref` of the operation.
 * @returns `undefined` if the operation does not need the schema, or if the visitor may not see it.
 * @example
 * viewSchemas(operation, '#/components/schemas/Plant', {});
 */
export function viewSchemas(
  operation: Operation,
  ref: string,
  options: ViewOptions = {},
): Record<string, OperationSchema> | undefined {
  if (!Object.hasOwn(operation.schemas, ref)) return undefined;
  const filter = filterOf(operation, options);
  if (filter) {
    const { schemas: all, ...parts } = operation;
    const reached = pick(all, refsIn(visibleParts(parts, filter)), { filter, maxCharacters: Infinity });
    if (!Object.hasOwn(reached, ref)) return undefined;
  }
  return pick(operation.schemas, [ref], { ...options, filter });
}

function filterOf({ schemas }: Operation, { groups }: ViewOptions): SchemaFilter | undefined {
  if (groups === undefined) return undefined;
  return new SchemaFilter(
    (ref) => (Object.hasOwn(schemas, ref) ? schemas[ref] : undefined),
    groups ?? undefined,
  );
}

/** Schemas from the outside in, until they are too many. The first one is always there. */
function pick(
  all: Readonly<Record<string, OperationSchema>>,
  refs: readonly string[],
  {
    filter,
    maxCharacters = DEFAULT_CHARACTERS,
  }: { filter: SchemaFilter | undefined; maxCharacters?: number },
): Record<string, OperationSchema> {
  const found: [string, OperationSchema][] = [];
  const queue = new Set(refs);
  let left = maxCharacters;
  for (const ref of queue) {
    const schema = Object.hasOwn(all, ref) ? all[ref] : undefined;
    if (!schema || (filter && !filter.isVisible(schema))) continue;
    const seen = filter ? filter.schema(schema) : schema;
    if (maxCharacters !== Infinity) left -= JSON.stringify(seen).length;
    if (left < 0 && found.length > 0) break;
    found.push([ref, seen]);
    for (const next of refsIn(seen)) queue.add(next);
  }
  return Object.fromEntries(found);
}

type Parts = Omit<Operation, 'schemas'>;

function withoutSchemas(parts: Parts): Parts {
  const bare = ({ mediaType }: OperationBody): OperationBody => ({
    mediaType,
    schema: { description: 'This schema is too large to be shown.' },
    examples: [],
  });
  const { requestBody } = parts;
  return {
    ...parts,
    ...(requestBody && { requestBody: { ...requestBody, bodies: requestBody.bodies.map(bare) } }),
    responses: parts.responses.map((response) =>
      Object.assign({}, response, { bodies: response.bodies.map(bare) }),
    ),
    callbacks: [],
  };
}
