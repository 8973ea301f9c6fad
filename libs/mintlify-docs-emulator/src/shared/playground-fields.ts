import type { Operation, OperationParameter, SecurityField, ServerVariable } from './operation-types.js';
import { isRecord } from './type-guards.js';

/** A value that the playground asks for. */
export interface PlaygroundField {
  place: 'server' | 'path' | 'query' | 'header' | 'cookie';
  name: string;
  /** Whether it is of the security scheme. */
  isSecurity: boolean;
  required: boolean;
  /** Such as `string`, or `API key`. */
  type: string;
  /** Markdown. */
  description?: string;
  /** The only values. */
  enum?: string[];
  /** What the spec fills in. */
  specValue?: string;
  /** What the request has before the value, such as `Bearer `. */
  prefix?: string;
}

/** Where the value of a field comes from. */
export type ValueSource = 'typed' | 'visitor' | 'spec' | 'none';

/** The value of a field. */
export interface FilledField {
  value: string;
  source: ValueSource;
}

/** The parts of an operation that have fields. */
export type FieldedOperation = Pick<Operation, 'servers' | 'security' | 'parameters'>;

/**
 * The fields of an operation, in the order of the page: server, security, path, query, header, cookie.
 *
 * @param isPrefilled whether parameters have the examples of the spec.
 * @example
 * fieldsOf(operation, { serverIndex: 0, securityIndex: 0, isPrefilled: false });
 */
export function fieldsOf(
  { servers, security, parameters }: FieldedOperation,
  chosen: { serverIndex: number; securityIndex: number; isPrefilled: boolean },
): PlaygroundField[] {
  const variables = servers[chosen.serverIndex]?.variables ?? [];
  const proofs = (security[chosen.securityIndex]?.fields ?? []).filter(({ type }) => type !== 'mutualTLS');
  const fields = [...variables.map(serverField), ...proofs.map(securityField)];
  for (const place of ['path', 'query', 'header', 'cookie'] as const) {
    for (const parameter of parameters) {
      // The security scheme has it already.
      if (parameter.in !== place || fields.some((field) => isSameField(field, parameter))) continue;
      fields.push(parameterField(parameter, chosen.isPrefilled));
    }
  }
  return fields;
}

/**
 * What a field holds: what was typed wins over what the visitor's `apiPlaygroundInputs` say, and that over the spec
 * (handshakes.md, section 9).
 *
 * @param typed absent if nothing was typed; `''` if the visitor emptied the field.
 * @example
 * fillField(field, { header: { 'X-API-Key': 'abc' } }, undefined); // { value: 'abc', source: 'visitor' }
 */
export function fillField(
  field: PlaygroundField,
  inputs: Readonly<Record<string, unknown>> | undefined,
  typed: string | undefined,
): FilledField {
  if (typed !== undefined) return { value: typed, source: 'typed' };
  const given = inputFor(field, inputs);
  if (given !== undefined) return { value: given, source: 'visitor' };
  return field.specValue === undefined
    ? { value: '', source: 'none' }
    : { value: field.specValue, source: 'spec' };
}

/**
 * What the visitor's `apiPlaygroundInputs` have for a field. In a header, the query and a cookie, they fill only fields
 * of the security scheme (handshakes.md, section 1). Names are compared letter by letter.
 *
 * @example
 * inputFor({ place: 'path', name: 'id', … }, { path: { id: 7 } }); // '7'
 */
export function inputFor(
  { place, name, isSecurity, enum: values }: Pick<PlaygroundField, 'place' | 'name' | 'isSecurity' | 'enum'>,
  inputs: Readonly<Record<string, unknown>> | undefined,
): string | undefined {
  if (!isSecurity && place !== 'server' && place !== 'path') return undefined;
  const given = inputs && Object.hasOwn(inputs, place) ? inputs[place] : undefined;
  const value = isRecord(given) && Object.hasOwn(given, name) ? inputText(given[name]) : undefined;
  return place === 'server' && value !== undefined && values && !values.includes(value) ? undefined : value;
}

/**
 * A value of `apiPlaygroundInputs` as text; `undefined` for what no field can hold.
 *
 * @example
 * inputText(7); // '7'
 * inputText({}); // undefined
 */
export function inputText(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

/**
 * The alternative of the security that the visitor's inputs fill best: all its fields, or else the first.
 *
 * @example
 * bestSecurity(operation, visitor.apiPlaygroundInputs); // 0
 */
export function bestSecurity(
  { security }: FieldedOperation,
  inputs: Readonly<Record<string, unknown>> | undefined,
): number {
  const filled = security.findIndex(
    ({ fields }) =>
      fields.length > 0 && fields.every((field) => inputFor(securityField(field), inputs) !== undefined),
  );
  return filled < 0 ? 0 : filled;
}

function serverField({
  name,
  description,
  default: specValue,
  enum: values,
}: ServerVariable): PlaygroundField {
  return {
    place: 'server',
    name,
    isSecurity: false,
    required: true,
    type: 'server variable',
    ...(description !== undefined && { description }),
    ...(values && { enum: values }),
    ...(specValue !== '' && { specValue }),
  };
}

function securityField({
  in: place,
  name,
  type,
  httpScheme,
  prefix,
  description,
  default: specValue,
}: SecurityField): PlaygroundField {
  return {
    place,
    name,
    isSecurity: true,
    required: false,
    type: type === 'http' ? (httpScheme ?? 'http') : type === 'apiKey' ? 'API key' : type,
    ...(description !== undefined && { description }),
    ...(specValue !== undefined && { specValue }),
    ...(prefix !== undefined && { prefix }),
  };
}

function parameterField(parameter: OperationParameter, isPrefilled: boolean): PlaygroundField {
  const { in: place, name, required, summary, description, example } = parameter;
  const values = summary.enum?.flatMap((value) => inputText(value) ?? []);
  const filled = isPrefilled ? inputText(example ?? summary.default) : undefined;
  return {
    place,
    name,
    isSecurity: false,
    required,
    type: summary.type,
    ...(description !== undefined && { description }),
    ...(values && values.length > 0 && { enum: values }),
    ...(filled !== undefined && { specValue: filled }),
  };
}

function isSameField(field: PlaygroundField, { in: place, name }: OperationParameter): boolean {
  if (field.place !== place || !field.isSecurity) return false;
  return place === 'header' ? field.name.toLowerCase() === name.toLowerCase() : field.name === name;
}
