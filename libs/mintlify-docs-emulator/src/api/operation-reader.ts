import { refsIn } from '../shared/schema-refs.js';
import type {
  Operation,
  OperationCallback,
  OperationResponse,
  OperationSchema,
} from '../shared/operation-types.js';
import { isRecord } from '../shared/type-guards.js';
import { readChannel } from './channel-reader.js';
import { METHODS, methodOf } from './operation-names.js';
import {
  entriesOf,
  readBodies,
  readHeaders,
  readParameters,
  readServers,
  textOf,
} from './operation-parts.js';
import { readSecurity } from './security-reader.js';
import type { Spec } from './spec.js';
import type { SpecOperation } from './spec-operations.js';

type Parts = Omit<Operation, 'schemas' | 'spec' | 'callbacks'>;

/**
 * Reads an operation, a webhook or a channel from its spec, with all schemas that it needs. Parts that are not as
 * OpenAPI defines them are left out.
 *
 * @example
 * readOperation(findOperation(spec, { method: 'GET', path: '/plants' })).parameters;
 */
export function readOperation(found: SpecOperation): Operation {
  const { spec, method, operation } = found;
  const parts = {
    ...(method === 'CHANNEL' ? readChannel(found) : readParts(found)),
    callbacks: method === 'CHANNEL' ? [] : readCallbacks(spec, operation.callbacks),
  };
  return { ...parts, schemas: schemasFor(spec, parts), spec: spec.file };
}

/**
 * Reads one of the schemas of a spec as a page of its own.
 *
 * @returns `undefined` if the spec has none of this name.
 * @example
 * readDataModel(spec, 'Plant')?.method; // 'SCHEMA'
 */
export function readDataModel(spec: Spec, name: string): Operation | undefined {
  const ref = `#/components/schemas/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const schema = spec.resolve({ $ref: ref });
  if (!schema) return undefined;
  const body = { mediaType: 'application/json', schema: { $ref: ref }, examples: [] };
  const parts: Omit<Operation, 'schemas' | 'spec'> = {
    method: 'SCHEMA',
    path: name,
    ...textOf('summary', schema.title),
    ...textOf('description', schema.description),
    deprecated: schema.deprecated === true,
    servers: [],
    parameters: [],
    security: [],
    responses: [{ status: 'default', headers: [], bodies: [body] }],
    callbacks: [],
    messages: [],
  };
  return { ...parts, schemas: schemasFor(spec, parts), spec: spec.file };
}

function readParts({ spec, method, path, item, operation }: SpecOperation): Parts {
  const requestBody = spec.resolve(operation.requestBody);
  return {
    method,
    path,
    ...textOf('summary', operation.summary),
    ...textOf('description', operation.description),
    deprecated: operation.deprecated === true,
    servers:
      method === 'WEBHOOK' ? [] : readServers([operation.servers, item.servers, spec.document.servers]),
    parameters: readParameters(spec, [item.parameters, operation.parameters]),
    security: method === 'WEBHOOK' ? [] : readSecurity(spec, operation.security),
    ...(requestBody && {
      requestBody: {
        required: requestBody.required === true,
        ...textOf('description', requestBody.description),
        bodies: readBodies(spec, requestBody.content),
      },
    }),
    responses: entriesOf(operation.responses).flatMap(([status, value]): OperationResponse[] => {
      const response = spec.resolve(value);
      if (!response) return [];
      const { description, headers, content } = response;
      return [
        {
          status,
          ...textOf('description', description),
          headers: readHeaders(spec, headers),
          bodies: readBodies(spec, content),
        },
      ];
    }),
    messages: [],
  };
}

function readCallbacks(spec: Spec, callbacks: unknown): OperationCallback[] {
  return entriesOf(callbacks).flatMap(([name, value]) =>
    entriesOf(spec.resolve(value)).flatMap(([expression, itemOrRef]) => {
      const item = spec.resolve(itemOrRef);
      if (!item) return [];
      return METHODS.flatMap((key): OperationCallback[] => {
        const operation = item[key];
        if (!isRecord(operation)) return [];
        const parts = readParts({ spec, method: methodOf(key), path: expression, item, operation });
        return [{ name, expression, operation: { ...parts, servers: [], security: [] } }];
      });
    }),
  );
}

/** The schemas that parts of an operation need, by their `$ref`. Those that lead nowhere are left out. */
function schemasFor(spec: Spec, parts: unknown): Record<string, OperationSchema> {
  const found: [string, OperationSchema][] = [];
  for (const ref of spec.closure(refsIn(parts))) {
    const schema = spec.find(ref);
    if (isRecord(schema)) found.push([ref, schema]);
    else if (schema === true) found.push([ref, {}]);
  }
  return Object.fromEntries(found);
}
