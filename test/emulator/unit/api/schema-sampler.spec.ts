import assert from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import * as fc from 'fast-check';
import {
  exampleOf,
  sampleSchema,
} from '../../../../libs/mintlify-docs-emulator/src/client/api/schema-sampler.js';
import type { OperationSchema } from '../../../../libs/mintlify-docs-emulator/src/shared/operation-types.js';
import { isRecord } from '../../../../libs/mintlify-docs-emulator/src/shared/type-guards.js';
import { propertyRuns } from '../../../support/property-runs.support.js';

type Schema = Record<string, unknown>;

const NAMES = ['a', 'b', 'c', 'id', 'constructor'];
const REF = '#/components/schemas/';
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const without = (schema: Schema): Schema =>
  Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined));

const text = fc
  .record({
    type: fc.constant('string'),
    minLength: some(fc.nat({ max: 12 })),
    more: some(fc.nat({ max: 12 })),
  })
  .map(({ more, ...rest }) =>
    without({ ...rest, maxLength: more === undefined ? undefined : (rest.minLength ?? 0) + more }),
  );
const formatted = fc
  .constantFrom('date-time', 'date', 'time', 'email', 'uuid', 'uri', 'ipv4', 'ipv6', 'hostname')
  .map((format) => ({ type: 'string', format }));
const number = fc
  .record({
    type: fc.constantFrom('integer', 'number'),
    minimum: some(fc.integer({ min: -50, max: 50 })),
    range: some(fc.integer({ min: 3, max: 60 })),
    isExclusive: fc.boolean(),
  })
  .map(({ type, minimum, range, isExclusive }) => {
    const maximum = range === undefined ? undefined : (minimum ?? 0) + range;
    return without(
      isExclusive
        ? { type, exclusiveMinimum: minimum, exclusiveMaximum: maximum }
        : { type, minimum, maximum },
    );
  });
const scalar = fc.oneof(
  text,
  formatted,
  number,
  fc.constant({ type: 'boolean' }),
  fc.constant({ type: 'null' }),
  fc.array(fc.jsonValue({ maxDepth: 1 }), { minLength: 1, maxLength: 3 }).map((values) => ({ enum: values })),
  fc.jsonValue({ maxDepth: 1 }).map((value) => ({ const: value })),
);

/** Schemas that have a value, and of which each part may be the example. */
const { schema } = fc.letrec<{ schema: Schema }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    scalar,
    fc.constantFrom(...NAMES).map((name) => ({ $ref: REF + name })),
    fc
      .record({ items: tie('schema'), minItems: some(fc.nat({ max: 3 })) })
      .map((given) => without({ type: 'array', ...given })),
    fc
      .record({
        properties: fc.dictionary(fc.constantFrom(...NAMES), tie('schema'), { maxKeys: 3 }),
        isRequired: fc.boolean(),
      })
      .map(({ properties, isRequired }) => ({
        type: 'object',
        properties,
        required: isRequired ? Object.keys(properties) : [],
      })),
    tie('schema').map((additionalProperties) => ({ type: 'object', additionalProperties })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 2 }).map((anyOf) => ({ anyOf })),
    tie('schema').map((only) => ({ oneOf: [only] })),
    tie('schema').map((other) => ({ anyOf: [{ type: 'null' }, other] })),
    fc.tuple(tie('schema'), tie('schema')).map(([one, other]) => ({
      allOf: [
        { type: 'object', properties: { x: one }, required: ['x'] },
        { type: 'object', properties: { y: other } },
      ],
    })),
  ),
}));

/** A schema, and others that its `$ref` lead to; these may lead to each other. */
const spec = fc.record({
  root: schema,
  others: fc
    .tuple(...NAMES.map(() => schema))
    .map((list) => new Map(list.map((each, at) => [REF + NAMES[at], each]))),
});

/** Without what leads further, so that nothing is too deep. */
function withoutRefs(given: Schema): Schema {
  return JSON.parse(JSON.stringify(given), (_, value: unknown) =>
    isRecord(value) && '$ref' in value ? { type: 'boolean' } : value,
  ) as Schema;
}

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);

describe('the sample of a schema', () => {
  it('is valid by its schema', () => {
    fc.assert(
      fc.property(spec, ({ root, others }) => {
        const known = new Map([...others].map(([ref, each]) => [ref, withoutRefs(each)]));
        const value = sampleSchema(root, (ref) => known.get(ref), { use: 'response' });
        const schemas = Object.fromEntries([...known].map(([ref, each]) => [ref.slice(REF.length), each]));
        const validate = ajv.compile({ ...root, components: { schemas } });
        assert.ok(validate(value), `${JSON.stringify(value)}: ${ajv.errorsText(validate.errors)}`);
      }),
      { numRuns: 80 },
    );
    expect(
      sampleSchema({ anyOf: [{ type: 'null' }, { type: 'boolean' }] }, () => undefined, { use: 'response' }),
    ).toBe(true);
  });

  it('ends on schemas that lead back to themselves, and has a bounded size', () => {
    fc.assert(
      fc.property(spec, ({ root, others }) => {
        const value = sampleSchema(root, (ref) => others.get(ref), { use: 'request' });
        assert.ok((JSON.stringify(value) ?? '').length < 200_000);
      }),
      propertyRuns(300),
    );
  });

  it('has a bounded size for a schema that has many schemas in each of its schemas', () => {
    const wide = (next: number): OperationSchema => ({
      type: 'object',
      properties: Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`p${at}`, { $ref: REF + next }])),
    });
    const find = (ref: string): OperationSchema => wide(Number(ref.slice(REF.length)) + 1);
    const sampled = exampleOf(
      { mediaType: 'application/json', schema: wide(0), examples: [] },
      find,
      'response',
    );
    expect(sampled.length).toBeGreaterThan(100);
    expect(sampled.length).toBeLessThan(100_000);
  });
});
