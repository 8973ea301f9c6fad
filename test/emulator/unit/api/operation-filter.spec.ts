import { describe, expect, it } from '@jest/globals';
import { OperationCatalog } from '../../../../libs/mintlify-docs-emulator/src/api/operation-catalog.js';
import { SiteError } from '../../../../libs/mintlify-docs-emulator/src/site/site-error.js';
import { visibleOperation } from '../../../../libs/mintlify-docs-emulator/src/shared/operation-filter.js';
import type {
  Operation,
  OperationSchema,
} from '../../../../libs/mintlify-docs-emulator/src/shared/operation-types.js';
import { SchemaFilter } from '../../../../libs/mintlify-docs-emulator/src/shared/schema-filter.js';
import { refsIn } from '../../../../libs/mintlify-docs-emulator/src/shared/schema-refs.js';

const forAdmins = { 'x-mint': { groups: ['admin'] } };
const PLANT = '#/components/schemas/Plant';
const SECRET = '#/components/schemas/Secret';

function operationOf(schema: OperationSchema, schemas: Record<string, OperationSchema> = {}): Operation {
  return {
    method: 'GET',
    path: '/plants',
    deprecated: false,
    servers: [],
    parameters: [],
    security: [],
    responses: [
      {
        status: '200',
        headers: [],
        bodies: [
          {
            mediaType: 'application/json',
            schema,
            examples: [{ title: 'One', value: { id: 1, secret: 'x' } }],
          },
        ],
      },
    ],
    callbacks: [],
    messages: [],
    schemas,
    spec: 'openapi.json',
  };
}

const bodyOf = (operation: Operation) => operation.responses[0]?.bodies[0];

describe('an operation as a visitor sees it', () => {
  const plant = {
    type: 'object',
    required: ['id', 'secret'],
    properties: { id: { type: 'integer' }, secret: { type: 'string', ...forAdmins } },
  };

  it('has a property only for the groups of the property, and neither its name nor its example for others', () => {
    const operation = operationOf({ $ref: PLANT }, { [PLANT]: plant });
    const outside = visibleOperation(operation, []);
    expect(JSON.stringify(outside)).not.toContain('secret');
    expect(outside.schemas[PLANT]).toStrictEqual({
      type: 'object',
      required: ['id'],
      properties: { id: { type: 'integer' } },
    });
    expect(visibleOperation(operation, ['admin'])).toStrictEqual(operation);
  });

  it('has a variant only for the groups of the variant, also if they stand behind a $ref', () => {
    const operation = operationOf(
      {
        oneOf: [{ $ref: PLANT }, { $ref: SECRET }, { title: 'Own', ...forAdmins }],
        discriminator: { propertyName: 'kind', mapping: { plant: PLANT, secret: 'Secret' } },
      },
      { [PLANT]: { type: 'object' }, [SECRET]: { type: 'object', ...forAdmins } },
    );
    const outside = visibleOperation(operation, ['staff']);
    expect(bodyOf(outside)?.schema).toStrictEqual({
      oneOf: [{ $ref: PLANT }],
      discriminator: { propertyName: 'kind', mapping: { plant: PLANT } },
    });
    expect(Object.keys(outside.schemas)).toStrictEqual([PLANT]);
    expect(Object.keys(visibleOperation(operation, ['admin']).schemas)).toStrictEqual([SECRET, PLANT]);
  });

  it('has a value of an enum only for the groups of the value', () => {
    const size = {
      type: 'string',
      enum: ['small', 'large'],
      default: 'large',
      'x-mint-enum': { large: ['admin'] },
    };
    const operation: Operation = {
      ...operationOf({}),
      parameters: [
        {
          in: 'query',
          name: 'size',
          required: false,
          deprecated: false,
          schema: size,
          summary: { type: 'string', enum: ['small', 'large'] },
          example: 'large',
        },
      ],
    };
    expect(visibleOperation(operation, undefined).parameters).toStrictEqual([
      {
        in: 'query',
        name: 'size',
        required: false,
        deprecated: false,
        schema: { type: 'string', enum: ['small'] },
        summary: { type: 'string', enum: ['small'] },
      },
    ]);
    expect(visibleOperation(operation, ['admin']).parameters[0]?.example).toBe('large');
  });

  it('leaves out parameters, bodies and schemas that only hidden parts need', () => {
    const operation = operationOf(
      { properties: { secret: { $ref: SECRET, ...forAdmins } } },
      { [SECRET]: {} },
    );
    expect(visibleOperation(operation, []).schemas).toStrictEqual({});
    expect(bodyOf(visibleOperation(operationOf(forAdmins), []))).toStrictEqual({
      mediaType: 'application/json',
      examples: [],
    });
  });

  it('lets no one see a part whose groups cannot be read', () => {
    const filter = new SchemaFilter(() => undefined, ['admin']);
    expect(filter.isVisible({ 'x-mint': { groups: 'admin' } })).toBe(false);
    expect(filter.isVisible({ 'x-mint': {} })).toBe(true);
  });

  it('ends for schemas that lead to themselves', () => {
    const loop = { $ref: PLANT, properties: { child: { $ref: PLANT } } };
    const operation = operationOf(loop, { [PLANT]: loop });
    expect(visibleOperation(operation, []).schemas).toStrictEqual({ [PLANT]: loop });
  });

  it('keeps properties with the names of JavaScript’s own', () => {
    const schema = JSON.parse(
      '{"properties":{"__proto__":{"type":"string"},"constructor":{},"$ref":{}}}',
    ) as OperationSchema;
    const seen = bodyOf(visibleOperation(operationOf(schema), []))?.schema;
    expect(JSON.stringify(seen)).toBe(JSON.stringify(schema));
  });
});

describe('refsIn', () => {
  it('finds each $ref once, and none in examples and names of properties', () => {
    expect(
      refsIn({
        items: { $ref: '#/a' },
        properties: { $ref: { $ref: '#/b' }, example: { $ref: '#/c' } },
        anyOf: [{ $ref: '#/a' }],
        example: { $ref: '#/d' },
      }),
    ).toStrictEqual(['#/a', '#/b', '#/c']);
  });
});

describe('OperationCatalog', () => {
  const secret = operationOf({ properties: { id: {}, secret: forAdmins } });
  const entry = {
    page: '/a',
    method: 'GET',
    path: '/plants',
    spec: 'openapi.json',
    isHidden: false,
  } as const;
  const catalog = new OperationCatalog([
    { entry, found: { ...entry, read: () => secret } },
    { entry: { ...entry, page: '/c' }, found: { ...entry, problem: new SiteError({ file: 'a.mdx' }, 'x') } },
  ]);

  it('finds what a page shows', () => {
    const page = { file: 'a.mdx', absolutePath: '/docs/a.mdx', frontMatter: {} };
    expect(catalog.shownBy('/a', page)?.read()).toBe(secret);
    expect(catalog.read('/a')).toBe(secret);
    expect(catalog.shownBy('/c', page)?.read()).toBeUndefined();
    expect(catalog.shownBy('/b', page)).toBeUndefined();
  });

  it('lists what can be shown', () => {
    expect(catalog.list()).toStrictEqual([entry]);
  });
});
