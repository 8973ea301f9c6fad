import type {
  ChannelMessage,
  Operation,
  OperationBody,
  OperationCallback,
  OperationExample,
  OperationParameter,
  OperationSchema,
} from './operation-types.js';
import { SchemaFilter } from './schema-filter.js';
import { refsIn } from './schema-refs.js';

/** An operation without the schemas that it refers to. */
export type OperationParts = Omit<Operation, 'schemas' | 'spec' | 'callbacks'>;

/**
 * An operation as a visitor sees it: without the parameters, properties and variants whose `x-mint.groups` keep the
 * visitor out, without the values that `x-mint-enum` keeps from the visitor, and without schemas that only those need
 * (handshakes.md, section 8).
 *
 * @param visitorGroups the visitor's groups; `undefined` for an anonymous visitor.
 * @example
 * visibleOperation(operation, ['admin']).parameters;
 */
export function visibleOperation(
  operation: Operation,
  visitorGroups: readonly string[] | undefined,
): Operation {
  const { schemas: all, ...parts } = operation;
  const resolve = (ref: string): OperationSchema | undefined =>
    Object.hasOwn(all, ref) ? all[ref] : undefined;
  const filter = new SchemaFilter(resolve, visitorGroups);
  const seen = visibleParts(parts, filter);
  const schemas: Record<string, OperationSchema> = {};
  const left = refsIn(seen);
  for (let ref = left.pop(); ref !== undefined; ref = left.pop()) {
    const schema = resolve(ref);
    if (!schema || Object.hasOwn(schemas, ref) || !filter.isVisible(schema)) continue;
    schemas[ref] = filter.schema(schema);
    left.push(...refsIn(schemas[ref]));
  }
  return { ...seen, schemas };
}

/**
 * The parts of an operation that a visitor sees; `$ref` in it is not followed.
 *
 * @example
 * visibleParts(operation, new SchemaFilter(resolve, ['admin'])).parameters;
 */
export function visibleParts<T extends Omit<Operation, 'schemas'>>(operation: T, filter: SchemaFilter): T {
  return {
    ...operation,
    ...withVisible(operation, filter),
    callbacks: operation.callbacks.map((callback): OperationCallback => ({
      ...callback,
      operation: { ...callback.operation, ...withVisible(callback.operation, filter) },
    })),
  };
}

function withVisible({ parameters, responses, messages, requestBody }: OperationParts, filter: SchemaFilter) {
  return {
    parameters: visibleParameters(parameters, filter),
    ...(requestBody && {
      requestBody: { ...requestBody, bodies: requestBody.bodies.map((body) => visibleBody(body, filter)) },
    }),
    responses: responses.map(({ status, description, headers, bodies }) => ({
      status,
      ...(description !== undefined && { description }),
      headers: visibleParameters(headers, filter),
      bodies: bodies.map((body) => visibleBody(body, filter)),
    })),
    messages: messages
      .filter(({ schema }) => filter.isVisible(schema))
      .map((message) => visibleMessage(message, filter)),
  };
}

function visibleParameters(parameters: readonly OperationParameter[], filter: SchemaFilter) {
  return parameters
    .filter(({ schema }) => filter.isVisible(schema))
    .map((parameter) => visibleParameter(parameter, filter));
}

function visibleParameter(
  { example, ...rest }: OperationParameter,
  filter: SchemaFilter,
): OperationParameter {
  const { schema, summary } = rest;
  const [shown] = filter.values([example], schema);
  return {
    ...rest,
    schema: filter.schema(schema),
    summary: { ...summary, ...(summary.enum && { enum: filter.values(summary.enum, schema) }) },
    ...(shown !== undefined && { example: filter.example(shown, schema) }),
  };
}

function visibleBody(body: OperationBody, filter: SchemaFilter): OperationBody {
  const { mediaType, schema, examples } = body;
  if (!schema) return body;
  if (!filter.isVisible(schema)) return { mediaType, examples: [] };
  return { mediaType, schema: filter.schema(schema), examples: visibleExamples(examples, schema, filter) };
}

function visibleMessage(message: ChannelMessage, filter: SchemaFilter): ChannelMessage {
  const { schema, examples } = message;
  return {
    ...message,
    ...(schema && { schema: filter.schema(schema) }),
    examples: visibleExamples(examples, schema, filter),
  };
}

function visibleExamples(examples: readonly OperationExample[], schema: unknown, filter: SchemaFilter) {
  return examples.map(({ title, value }) => ({ title, value: filter.example(value, schema) }));
}
