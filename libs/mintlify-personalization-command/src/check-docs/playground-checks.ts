import type { ApiFile } from 'mintlify-docs-emulator/reader';
import type { CheckContext } from './check-context.js';
import type { RuleFinding } from './check-finding.js';
import { objectOf, propertyShape, type Schema } from './json-shape.js';
import { nearestName } from '../../../mintlify-docs-emulator/src/shared/nearest-name.js';

/** The parts of `apiPlaygroundInputs`. */
const PARTS = ['header', 'query', 'cookie', 'path', 'server'] as const;
type Part = (typeof PARTS)[number];

/** A field that a request may have. */
interface Field {
  readonly part: Part;
  readonly name: string;
}

/** A field of a security scheme, and where that is. */
interface SchemeField extends Field {
  readonly scheme: string;
  readonly file: ApiFile;
}

const MAX_DEPTH = 40;

/** Rules about what the API playground is filled with, and what the OpenAPI files ask for. */
export function checkPlayground({ folder, visitors }: CheckContext): RuleFinding[] {
  const files = folder.apiFiles.filter(({ document }) => document !== undefined);
  // What is elsewhere, or described in docs.json instead, is not known.
  const isKnown = files.length === folder.apiFiles.length && !folder.hasRemoteApi;
  if (files.length === 0 || !isKnown || objectOf(folder.settings.api).mdx !== undefined) return [];
  const inputs = inputsOf(visitors.apiPlaygroundInputs);
  if (inputs === undefined || inputs.length === 0) return [];
  const schemes = files.flatMap(schemeFields);
  const fields = [...schemes, ...files.flatMap(otherFields)];
  const unused = inputs
    .filter((input) => !fields.some((field) => isSame(field, input)))
    .map(({ part, name }): RuleFinding => ({
      rule: 'playground-input-unused',
      file: visitors.file,
      line: visitors.lineOf(name),
      message: `apiPlaygroundInputs.${part} has "${name}", which no OpenAPI file of these docs takes.`,
      fix: unusedFix(
        name,
        fields.filter((field) => field.part === part),
      ),
    }));
  const unfilled = schemes
    .filter((field) => !inputs.some((input) => isSame(field, input)))
    .map(({ part, name, scheme, file }): RuleFinding => ({
      rule: 'security-scheme-unfilled',
      file: file.file,
      line: file.lineOf(['components', 'securitySchemes', scheme]),
      message: `The security scheme ${scheme} takes the ${part} "${name}", which no claim mapper fills in.`,
      fix: `Return it in apiPlaygroundInputs.${part}, or switch this rule off if visitors type it.`,
    }));
  return [...unused, ...unfilled];
}

/** `undefined` if the schema allows any input. */
function inputsOf(schema: Schema): Field[] | undefined {
  const found: Field[] = [];
  for (const part of PARTS) {
    const { kind, schemas } = propertyShape(part, [schema], schema);
    if (kind === 'open') return undefined;
    // A name that no schema has tells which there are.
    const shape = propertyShape('\u0000', schemas, schema);
    if (schemas.length > 0 && shape.kind === 'open') return undefined;
    found.push(...shape.others.map((name) => ({ part, name })));
  }
  return found;
}

function isSame(one: Field, other: Field): boolean {
  if (one.part !== other.part) return false;
  // Names of headers have no case (RFC 9110, section 5.1).
  return one.part === 'header'
    ? one.name.toLowerCase() === other.name.toLowerCase()
    : one.name === other.name;
}

function schemeFields(file: ApiFile): SchemeField[] {
  const schemes = objectOf(objectOf(file.document?.components).securitySchemes);
  return Object.entries(schemes).flatMap(([scheme, value]): SchemeField[] => {
    const { type, in: place, name } = objectOf(value);
    if (type === 'apiKey' && isPart(place) && typeof name === 'string') {
      return [{ part: place, name, scheme, file }];
    }
    return type === 'http' || type === 'oauth2' || type === 'openIdConnect'
      ? [{ part: 'header', name: 'Authorization', scheme, file }]
      : [];
  });
}

/** Parameters and server variables, wherever they stand. */
function otherFields({ document }: ApiFile): Field[] {
  const found: Field[] = [];
  const visit = (value: unknown, depth: number): void => {
    if (depth > MAX_DEPTH) return;
    if (Array.isArray(value)) for (const entry of value) visit(entry, depth + 1);
    const { in: place, name, variables, url, ...rest } = objectOf(value);
    if (isPart(place) && typeof name === 'string') found.push({ part: place, name });
    if (typeof url === 'string') {
      for (const variable of Object.keys(objectOf(variables))) found.push({ part: 'server', name: variable });
    }
    for (const [key, entry] of Object.entries(rest)) {
      if (key !== 'schemas' && key !== 'examples' && key !== 'example') visit(entry, depth + 1);
    }
  };
  visit(document, 0);
  return found;
}

function isPart(place: unknown): place is Part {
  return PARTS.includes(place as Part);
}

function unusedFix(name: string, fields: readonly Field[]): string {
  const names = [...new Set(fields.map((field) => field.name))];
  const near = nearestName(name, names);
  if (near !== undefined) return `Write "${near}".`;
  return names.length === 0
    ? 'Remove it from the claim mapper, or add it to a security scheme or the parameters.'
    : `Use one of: ${names.slice(0, 8).join(', ')}.`;
}
