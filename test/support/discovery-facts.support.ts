import type { IncomingMessage } from 'node:http';
import { Ajv } from 'ajv';

/** Operations of the discovery API, as its OpenAPI description names them. */
export type DiscoveryOperation = 'v1/search' | 'v1/page' | 'v2/assistant';

const STRING = { type: 'string' };
const GROUPS = { type: 'array', items: STRING };
const fields = (properties: object, required: string[] = []): object => ({
  type: 'object',
  // More than the description says: a field that it does not have is a mistake too.
  additionalProperties: false,
  properties,
  required,
});

/** What the published description says of each body: names, types, bounds and what is required. */
const BODIES: Record<DiscoveryOperation, object> = {
  'v1/search': fields(
    {
      query: STRING,
      pageSize: { type: 'integer', minimum: 1, maximum: 50 },
      scoreThreshold: { type: 'number', minimum: 0, maximum: 1 },
      filter: fields({ version: STRING, language: STRING, tag: STRING, groups: GROUPS }),
    },
    ['query'],
  ),
  'v1/page': fields({ path: STRING, groups: GROUPS }, ['path']),
  'v2/assistant': fields(
    {
      fp: STRING,
      threadId: STRING,
      // Not in the description, but in the guide to threads.
      threadKey: STRING,
      messages: {
        type: 'array',
        items: fields(
          {
            id: STRING,
            role: { enum: ['system', 'assistant', 'user'] },
            parts: {
              type: 'array',
              items: {
                anyOf: [
                  { properties: { type: { const: 'text' }, text: STRING }, required: ['type', 'text'] },
                  { properties: { type: { not: { const: 'text' } } }, required: ['type'] },
                ],
              },
            },
            metadata: { type: 'object' },
          },
          ['id', 'role', 'parts'],
        ),
      },
      retrievalPageSize: { type: 'number' },
      filter: fields({ version: STRING, language: STRING, groups: GROUPS }),
      context: {
        type: 'array',
        items: fields(
          { type: { enum: ['code', 'textSelection'] }, value: STRING, path: STRING, elementId: STRING },
          ['type', 'value'],
        ),
      },
      currentPath: { type: 'string', maxLength: 200 },
    },
    ['fp', 'messages'],
  ),
};

const ajv = new Ajv({ strict: false });
const checks = new Map(Object.entries(BODIES).map(([name, schema]) => [name, ajv.compile(schema)]));

/** What is wrong with a request, by the published description. */
export function findMistakes(
  { method, url = '', headers }: IncomingMessage,
  operation: DiscoveryOperation | undefined,
  body: unknown,
): string[] {
  const check = checks.get(operation ?? '');
  if (check === undefined) return [`no operation: ${method} ${url}`];
  const mistakes = [
    method === 'POST' ? undefined : `method ${method}`,
    headers['content-type'] === 'application/json' ? undefined : 'content type',
    /^Bearer mint_dsc_\S+$/.test(headers.authorization ?? '') ? undefined : 'authorization',
    headers.cookie === undefined ? undefined : 'a cookie',
    check(body) ? undefined : ajv.errorsText(check.errors),
  ];
  return mistakes.filter((mistake) => mistake !== undefined);
}
