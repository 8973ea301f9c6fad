import type {
  OperationBody,
  OperationExample,
  OperationParameter,
  OperationSchema,
  OperationServer,
  ValuePlace,
} from '../shared/operation-types.js';
import { isRecord } from '../shared/type-guards.js';
import { summarizeSchema } from './schema-summary.js';
import type { Spec } from './spec.js';

const PLACES = new Set<unknown>(['path', 'query', 'header', 'cookie']);

/**
 * The parameters of an operation: its own, and those of its path item that it does not replace.
 *
 * @example
 * readParameters(spec, [item.parameters, operation.parameters]);
 */
export function readParameters(spec: Spec, lists: readonly unknown[]): OperationParameter[] {
  const found = new Map<string, OperationParameter>();
  for (const value of lists.flatMap((list): unknown[] => (Array.isArray(list) ? list : []))) {
    const written = spec.resolve(value);
    if (!written || typeof written.name !== 'string' || !isPlace(written.in)) continue;
    found.set(
      `${written.in} ${written.name}`,
      readParameter(spec, written, { in: written.in, name: written.name }),
    );
  }
  return [...found.values()];
}

/** The headers of a response, by their names. @example readHeaders(spec, response.headers); */
export function readHeaders(spec: Spec, headers: unknown): OperationParameter[] {
  return entriesOf(headers).flatMap(([name, value]): OperationParameter[] => {
    const written = spec.resolve(value);
    return written ? [readParameter(spec, written, { in: 'header', name })] : [];
  });
}

function readParameter(
  spec: Spec,
  written: Record<string, unknown>,
  { in: place, name }: { in: ValuePlace; name: string },
): OperationParameter {
  const [content] = entriesOf(written.content);
  const inContent = spec.resolve(content?.[1]);
  const given = schemaOf(written.schema ?? inContent?.schema) ?? {};
  const xMint = written['x-mint'];
  // The rules of a parameter hold as those of its schema do.
  const schema = isRecord(xMint) && given['x-mint'] === undefined ? { ...given, 'x-mint': xMint } : given;
  const resolved = spec.resolve(schema) ?? {};
  const [first] = readExamples(spec, written);
  const example = first?.value ?? resolved.example ?? firstOf(resolved.examples);
  return {
    in: place,
    name,
    required: place === 'path' || written.required === true,
    deprecated: written.deprecated === true,
    ...textOf('description', written.description ?? resolved.description),
    schema,
    summary: summarizeSchema(schema, (value) => spec.resolve(value)),
    ...(example !== undefined && { example }),
    ...textOf('style', written.style),
    ...(typeof written.explode === 'boolean' && { explode: written.explode }),
  };
}

/** The bodies of a request or response, one for each media type. @example readBodies(spec, response.content); */
export function readBodies(spec: Spec, content: unknown): OperationBody[] {
  return entriesOf(content).flatMap(([mediaType, value]): OperationBody[] => {
    const written = spec.resolve(value);
    if (!written) return [];
    const schema = schemaOf(written.schema);
    return [{ mediaType, ...(schema && { schema }), examples: readExamples(spec, written) }];
  });
}

/** The examples of a parameter, body or message. @example readExamples(spec, { example: 1 }); */
export function readExamples(spec: Spec, { example, examples }: Record<string, unknown>): OperationExample[] {
  const named = entriesOf(examples).flatMap(([name, value]): OperationExample[] => {
    const written = spec.resolve(value);
    if (!written || written.value === undefined) return [];
    return [{ title: typeof written.summary === 'string' ? written.summary : name, value: written.value }];
  });
  if (named.length > 0) return named;
  return example === undefined ? [] : [{ title: 'Example', value: example }];
}

/** The servers of an operation: its own, those of its path item, or those of the spec. @example readServers([operation.servers]); */
export function readServers(lists: readonly unknown[]): OperationServer[] {
  const list: unknown = lists.find((each) => Array.isArray(each) && each.length > 0);
  return (Array.isArray(list) ? list : []).flatMap((server: unknown): OperationServer[] => {
    if (!isRecord(server) || typeof server.url !== 'string') return [];
    const variables = entriesOf(server.variables).flatMap(([name, variable]) =>
      isRecord(variable)
        ? [
            {
              name,
              default: String(plain(variable.default) ?? ''),
              ...(Array.isArray(variable.enum) && {
                enum: variable.enum.map((value) => String(plain(value) ?? '')),
              }),
              ...textOf('description', variable.description),
            },
          ]
        : [],
    );
    return [{ url: serverBase(server.url), ...textOf('description', server.description), variables }];
  });
}

/** The URL of a server, to which paths are added. @example serverBase('https://api.foo.com/'); // 'https://api.foo.com' */
export function serverBase(url: string): string {
  return url.trim().replace(/\/$/, '');
}

/** A schema. `true` stands for any value. @example schemaOf(true); // {} */
export function schemaOf(value: unknown): OperationSchema | undefined {
  if (value === true) return {};
  return isRecord(value) ? value : undefined;
}

/** The entries of an object, or none. @example entriesOf(undefined); // [] */
export function entriesOf(value: unknown): [string, unknown][] {
  return isRecord(value) ? Object.entries(value) : [];
}

/** A property, if its value is a text. @example textOf('summary', 1); // {} */
export function textOf<K extends string>(key: K, value: unknown): { [P in K]?: string } {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a computed key has the type of any text.
  return (typeof value === 'string' && value !== '' ? { [key]: value } : {}) as { [P in K]?: string };
}

function plain(value: unknown): string | number | boolean | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : undefined;
}

function firstOf(list: unknown): unknown {
  return Array.isArray(list) ? list[0] : undefined;
}

function isPlace(value: unknown): value is ValuePlace {
  return PLACES.has(value);
}
