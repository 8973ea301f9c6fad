import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import type { ErrorObject } from 'ajv';
import type { JsonSchema, VisitorSchema, VisitorShape } from '../claims/visitor-schema.js';
import { MintlifyPersonalizationError, type UserViolation } from '../errors.js';
import type { MintlifyUser } from '../ports/mintlify-user.js';
import { formatJsonPath, type JsonPathSegment } from '../user/json-path.js';

/** @internal Returns what a schema does not allow. Values are not in the messages. */
export type SchemaCheck = (user: MintlifyUser) => UserViolation[];

type ShapeCheck = (value: unknown) => UserViolation[];

/** The parts of a user that have a shape. */
const PARTS = ['content', 'apiPlaygroundInputs'] as const;
type Part = (typeof PARTS)[number];

const MAX_VIOLATIONS = 20;

/**
 * Prepares the check of a visitor schema. Synchronous if it has no JSON Schema.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option` for a JSON Schema that cannot be used, or without `ajv`
 */
export function compileVisitorSchema(schema: VisitorSchema): SchemaCheck | Promise<SchemaCheck> {
  const content = compileShape('content', schema.content);
  const inputs = compileShape('apiPlaygroundInputs', schema.apiPlaygroundInputs);
  if (!(content instanceof Promise) && !(inputs instanceof Promise)) {
    return combine(schema, { content, apiPlaygroundInputs: inputs });
  }
  return combineLater(schema, content, inputs);
}

async function combineLater(
  schema: VisitorSchema,
  content: ReturnType<typeof compileShape>,
  inputs: ReturnType<typeof compileShape>,
): Promise<SchemaCheck> {
  return combine(schema, { content: await content, apiPlaygroundInputs: await inputs });
}

function combine({ groups }: VisitorSchema, shapes: Record<Part, ShapeCheck | undefined>): SchemaCheck {
  const granted = groups === undefined || groups === 'any' ? undefined : new Set(groups);
  return (user) => {
    const violations = granted === undefined ? [] : foreignGroups(granted, user.groups ?? []);
    for (const part of PARTS) {
      const check = shapes[part];
      // What a user lacks is an empty object for the docs.
      if (check !== undefined) violations.push(...check(user[part] ?? {}));
    }
    return violations.slice(0, MAX_VIOLATIONS);
  };
}

function foreignGroups(granted: ReadonlySet<string>, groups: readonly string[]): UserViolation[] {
  return groups.flatMap((group, index) =>
    granted.has(group)
      ? []
      : [{ path: `groups[${index}]`, message: 'is not one of the groups that the visitor schema declares.' }],
  );
}

function compileShape(
  part: string,
  shape: VisitorShape | undefined,
): ShapeCheck | undefined | Promise<ShapeCheck> {
  if (shape === undefined) return undefined;
  if (typeof shape === 'function') return classCheck(part, shape);
  return schemaCheck(part, shape);
}

function classCheck(part: string, target: new () => object): ShapeCheck {
  return (value) => {
    const errors = validateSync(plainToInstance(target, value), {
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: false,
      validationError: { target: false, value: false },
    });
    return errors.flatMap((error) => describeErrors(error, [part], target.name));
  };
}

/** The names of the rules alone: a message of the host may hold the value. */
function describeErrors(
  error: ValidationError,
  around: readonly JsonPathSegment[],
  className: string,
): UserViolation[] {
  const name = /^\d+$/.test(error.property) ? Number(error.property) : error.property;
  const path = [...around, name];
  const rules = Object.keys(error.constraints ?? {});
  const own = rules.map((rule) => ({
    path: formatJsonPath(path),
    message:
      rule === 'whitelistValidation'
        ? `is no property of ${className} with a decorator.`
        : `breaks the rule ${rule} of ${className}.`,
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => describeErrors(child, path, className))];
}

async function schemaCheck(part: string, schema: JsonSchema): Promise<ShapeCheck> {
  const { Ajv, Ajv2020 } = await loadAjv(part);
  const isNew = typeof schema.$schema === 'string' && schema.$schema.includes('2020-12');
  try {
    const ajv = new (isNew ? Ajv2020 : Ajv)({ strict: false, validateFormats: false, allErrors: true });
    const validate = ajv.compile(schema);
    return (value) =>
      validate(value) ? [] : (validate.errors ?? []).map((error) => describeError(part, error));
  } catch (cause) {
    throw new MintlifyPersonalizationError(
      'invalid_option',
      `The visitor schema has a JSON Schema for ${part} that cannot be used. Correct it: see the cause.`,
      { cause },
    );
  }
}

/** Loaded on need: only a JSON Schema asks for it. */
async function loadAjv(part: string) {
  try {
    const [{ Ajv }, { Ajv2020 }] = await Promise.all([import('ajv'), import('ajv/dist/2020.js')]);
    return { Ajv, Ajv2020 };
  } catch (cause) {
    throw new MintlifyPersonalizationError(
      'invalid_option',
      `The visitor schema has a JSON Schema for ${part}, which needs the package ajv. Install it: npm install ajv`,
      { cause },
    );
  }
}

function describeError(part: string, { instancePath, keyword, params, message }: ErrorObject): UserViolation {
  const { missingProperty, additionalProperty } = params as Record<string, unknown>;
  const segments = instancePath
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((segment) => (/^\d+$/.test(segment) ? Number(segment) : segment));
  const last = [missingProperty, additionalProperty].filter((name) => typeof name === 'string');
  const path = formatJsonPath([part, ...segments, ...last]);
  if (typeof missingProperty === 'string')
    return { path, message: 'is missing, and the visitor schema requires it.' };
  if (typeof additionalProperty === 'string') return { path, message: 'is not in the visitor schema.' };
  return { path, message: `${message ?? `breaks the rule ${keyword}`} (visitor schema).` };
}
