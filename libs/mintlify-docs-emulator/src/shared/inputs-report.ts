import { passesRule } from './group-rules.js';
import type { GroupRule } from './group-rules.js';
import { nearestName } from './nearest-name.js';
import { fieldsOf, inputFor, inputText } from './playground-fields.js';
import type { FieldedOperation, PlaygroundField } from './playground-fields.js';
import { resolveServer } from './server-url.js';
import { isRecord } from './type-guards.js';

/** An operation of the docs, with what the playground asks for. */
export interface ListedOperation extends FieldedOperation {
  page: string;
  method: string;
  path: string;
  rule?: GroupRule;
}

/** What the inputs of a visitor do on one operation. */
export interface OperationReport {
  page: string;
  method: string;
  path: string;
  /** Such as `header X-API-Key`. */
  filled: string[];
  /** Fields of the security scheme, the path and the server that stay empty. */
  empty: string[];
}

/** An input that fills no field of any operation. */
export interface UnusedInput {
  /** Such as `header.X-Api-Key`. */
  input: string;
  /** Why, and how to fix it. */
  reason: string;
}

/** What `apiPlaygroundInputs` of a visitor fill. */
export interface InputsReport {
  operations: OperationReport[];
  unused: UnusedInput[];
}

const PLACES = ['header', 'query', 'cookie', 'path', 'server'] as const;
type Place = (typeof PLACES)[number];
const IN_SCHEME =
  'Mintlify fills headers, query parameters and cookies only if the security scheme has them.';

/**
 * What the `apiPlaygroundInputs` of a visitor fill, operation by operation, and which of them fill nothing.
 *
 * @param visitorGroups `undefined` for an anonymous visitor.
 * @example
 * reportInputs(operations, { header: { 'X-Api-Key': 'abc' } }, []).unused;
 * // [{ input: 'header.X-Api-Key', reason: 'No operation has this name. The nearest name is X-API-Key.' }]
 */
export function reportInputs(
  operations: readonly ListedOperation[],
  inputs: Readonly<Record<string, unknown>> | undefined,
  visitorGroups: readonly string[] | undefined,
): InputsReport {
  const seen = operations.filter(({ rule }) => passesRule(rule, visitorGroups));
  const fields = seen.map(allFields);
  const known = fields.flat();
  const reports = seen.map(({ page, method, path }, index): OperationReport => {
    const ofOperation = fields[index] ?? [];
    const fillable = ofOperation.filter(
      ({ isSecurity, place }) => isSecurity || place === 'path' || place === 'server',
    );
    const filled = fillable.filter((field) => inputFor(field, inputs) !== undefined);
    const empty = fillable.filter((field) => !filled.includes(field) && field.specValue === undefined);
    return { page, method, path, filled: filled.map(nameOf), empty: empty.map(nameOf) };
  });
  return { operations: reports, unused: inputs ? findUnused(inputs, known, seen) : [] };
}

/** Of all servers and all alternatives of the security, each once. */
function allFields(operation: ListedOperation): PlaygroundField[] {
  const found = new Map<string, PlaygroundField>();
  const count = Math.max(operation.servers.length, operation.security.length, 1);
  for (let index = 0; index < count; index += 1) {
    for (const field of fieldsOf(operation, {
      serverIndex: index,
      securityIndex: index,
      isPrefilled: false,
    })) {
      const key = nameOf(field);
      if (!found.get(key)?.isSecurity) found.set(key, field);
    }
  }
  return [...found.values()];
}

function findUnused(
  inputs: Readonly<Record<string, unknown>>,
  known: readonly PlaygroundField[],
  operations: readonly ListedOperation[],
): UnusedInput[] {
  return Object.entries(inputs).flatMap(([place, values]): UnusedInput[] => {
    if (!isPlace(place)) {
      return [{ input: place, reason: `This is no place of a request.${hint(place, PLACES)}` }];
    }
    if (!isRecord(values)) return [{ input: place, reason: 'Write an object of names and values.' }];
    return Object.entries(values).flatMap(([name, value]) => {
      const reason = whyUnused({ place, name, value }, known, operations);
      return reason === undefined ? [] : [{ input: `${place}.${name}`, reason }];
    });
  });
}

function whyUnused(
  { place, name, value }: { place: Place; name: string; value: unknown },
  known: readonly PlaygroundField[],
  operations: readonly ListedOperation[],
): string | undefined {
  const text = inputText(value);
  if (text === undefined) return 'Its value is no text. Write a string, a number or a boolean.';
  const same = known.filter((field) => field.place === place && field.name === name);
  const filling = same.filter((field) => inputFor(field, { [place]: { [name]: text } }) !== undefined);
  if (filling.length > 0) return place === 'server' ? whyRefused(name, text, operations) : undefined;
  const [field] = same;
  if (field?.place === 'server') return `Its value is not one of: ${field.enum?.join(', ')}.`;
  if (field) return `It is a parameter, but not in the security scheme of an operation. ${IN_SCHEME}`;
  const elsewhere = known.find(
    (other) =>
      other.name === name && (other.isSecurity || other.place === 'path' || other.place === 'server'),
  );
  if (elsewhere) return `The spec has this name in \`${elsewhere.place}\`. Move it there.`;
  const names = known.filter(
    (other) => other.place === place && (other.isSecurity || place === 'path' || place === 'server'),
  );
  const what =
    place === 'server'
      ? 'No server of the spec has this variable.'
      : `No operation has this name in its ${place === 'path' ? 'path' : 'security scheme'}.`;
  return `${what}${hint(
    name,
    names.map((other) => other.name),
  )}`;
}

/** A value of a server variable that no server can have. */
function whyRefused(name: string, value: string, operations: readonly ListedOperation[]): string | undefined {
  const servers = operations
    .flatMap((operation) => operation.servers)
    .filter(({ variables }) => variables.some((variable) => variable.name === name));
  const answers = servers.map((server) => resolveServer(server, { [name]: value }));
  const isUsed = answers.some((answer) => !('problem' in answer) || answer.name !== name);
  const [first] = answers;
  return isUsed || !first || !('problem' in first) ? undefined : first.problem;
}

function nameOf({ place, name }: Pick<PlaygroundField, 'place' | 'name'>): string {
  return `${place} ${name}`;
}

function hint(name: string, names: readonly string[]): string {
  const nearest = nearestName(name, names);
  return nearest === undefined ? '' : ` The nearest name is ${nearest}.`;
}

function isPlace(place: string): place is Place {
  return PLACES.some((each) => each === place);
}
