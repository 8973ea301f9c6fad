import { afterEach, describe, expect, it } from '@jest/globals';
import { startDocsEmulator } from '../../../../libs/mintlify-docs-emulator/src/index.js';
import type { DocsEmulator } from '../../../../libs/mintlify-docs-emulator/src/index.js';
import { makeFolder } from '../sample-folder-helper.js';
import type { SampleFolder } from '../sample-folder-helper.js';

const forAdmins = { 'x-mint': { groups: ['admin'] } };
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const bodyOf = (schema: object) => ({
  200: {
    description: 'Fine',
    content: { 'application/json': { schema, example: { supplier: 'SECRET-EXAMPLE' } } },
  },
});

const FILES = {
  'docs.json': JSON.stringify({ navigation: { groups: [{ group: 'API', openapi: 'openapi.json' }] } }),
  // The navigation lists none of these.
  'unlisted/open.mdx': '---\ntitle: Open\nopenapi: GET /plants\n---\n\nText.\n',
  'unlisted/gated.mdx': '---\ntitle: Gated page\nopenapi: GET /secret\n---\n\nText.\n',
  'unlisted/admins.mdx': '---\ntitle: Admins\nopenapi: GET /plants\ngroups: [admin]\n---\n\nText.\n',
  'openapi.json': JSON.stringify({
    openapi: '3.1.0',
    paths: {
      '/plants': { get: { summary: 'Plants', responses: bodyOf(ref('Plant')) } },
      '/secret': { get: { summary: 'SECRET-TITLE', ...forAdmins, responses: bodyOf(ref('Plant')) } },
      '/text': { get: { summary: 'Text', 'x-mint': { content: 'PRIVATE-TEXT' }, responses: bodyOf({}) } },
    },
    components: {
      schemas: {
        Plant: {
          type: 'object',
          properties: {
            name: { type: 'string' },
            supplier: { ...ref('Supplier'), description: 'SECRET-PROPERTY', ...forAdmins },
            parts: {
              oneOf: [ref('Leaf'), { title: 'SECRET-VARIANT', type: 'object', ...forAdmins }],
            },
            place: {
              type: 'string',
              enum: ['window', 'SECRET-VALUE'],
              'x-mint-enum': { 'SECRET-VALUE': ['admin'] },
            },
          },
        },
        Supplier: { type: 'object', properties: { price: { type: 'number', description: 'SECRET-SCHEMA' } } },
        Leaf: { type: 'object', properties: { color: { type: 'string' } } },
      },
    },
  }),
};
const VISITORS = { anonymous: null, viewer: { groups: ['viewer'] }, admin: { groups: ['admin'] } };
const PAGE = '/api-reference/plants';

describe('what private docs send of API operations', () => {
  let folder: SampleFolder;
  let emulator: DocsEmulator;
  afterEach(async () => {
    await emulator.close();
    await folder.remove();
  });

  async function start(): Promise<void> {
    folder = await makeFolder(FILES);
    emulator = await startDocsEmulator({
      port: 0,
      directory: folder.path,
      mode: 'authentication',
      visitors: VISITORS,
    });
  }

  async function get(path: string, visitor: keyof typeof VISITORS) {
    const headers = { cookie: `docs-visitor-${emulator.port}=${visitor}` };
    const response = await fetch(emulator.url + path, { headers, redirect: 'manual' });
    return { status: response.status, text: await response.text() };
  }

  const schema = (name: string, page = PAGE) =>
    `/_emulator/operations/schemas${page}?ref=${encodeURIComponent(`#/components/schemas/${name}`)}`;

  it('is without the properties, variants, values and examples that the visitor may not see', async () => {
    await start();
    const { status, text } = await get(PAGE, 'viewer');
    expect([status, text.includes('Leaf')]).toEqual([200, true]);
    expect(text).not.toContain('SECRET');
    const whole = await get(PAGE, 'admin');
    for (const secret of ['PROPERTY', 'VARIANT', 'VALUE', 'EXAMPLE', 'SCHEMA']) {
      expect(whole.text).toContain(`SECRET-${secret}`);
    }
  });

  it('is no page, no title and no schema of an operation for others', async () => {
    await start();
    const page = '/api-reference/secret-title';
    expect((await get(page, 'admin')).status).toBe(200);
    expect((await get(schema('Plant', page), 'admin')).status).toBe(200);
    for (const visitor of ['viewer', 'anonymous'] as const) {
      const { status, text } = await get(page, visitor);
      expect([status, text.includes('SECRET')]).toEqual([404, false]);
      expect((await get(schema('Plant', page), visitor)).status).toBe(404);
    }
    expect((await get('/_emulator/search?query=secret', 'viewer')).text).not.toContain('SECRET');
  });

  it('is no schema that only hidden properties lead to', async () => {
    await start();
    expect((await get(schema('Supplier'), 'admin')).text).toContain('SECRET-SCHEMA');
    expect(await get(schema('Supplier'), 'viewer')).toMatchObject({ status: 404 });
    expect((await get(schema('Plant'), 'viewer')).text).not.toContain('SECRET');
    expect((await get(schema('Leaf'), 'viewer')).status).toBe(200);
    expect((await get(schema('Leaf'), 'anonymous')).text).not.toContain('color');
    for (const wrong of ['__proto__', 'constructor', '../../etc/passwd']) {
      expect((await get(`/_emulator/operations/schemas${PAGE}?ref=${wrong}`, 'admin')).status).toBe(404);
    }
  });

  it('is no text of a page for someone without a login', async () => {
    await start();
    const path = '/_emulator/operations/content/api-reference/text';
    expect((await get(path, 'viewer')).text).toContain('PRIVATE-TEXT');
    expect((await get(path, 'anonymous')).text).not.toContain('PRIVATE-TEXT');
  });

  it('is the operation of a page that is not listed, for those who may see both', async () => {
    await start();
    const read = async (page: string, visitor: keyof typeof VISITORS) => {
      const { status, text } = await get(page, visitor);
      return [status, text.includes('"operation":'), (await get(schema('Plant', page), visitor)).status];
    };
    expect(await read('/unlisted/open', 'viewer')).toEqual([200, true, 200]);
    expect((await get('/unlisted/open', 'viewer')).text).not.toContain('SECRET');
    expect(await read('/unlisted/gated', 'admin')).toEqual([200, true, 200]);
    // The page has no groups, but its operation has.
    expect(await read('/unlisted/gated', 'viewer')).toEqual([200, false, 404]);
    expect((await get('/unlisted/gated', 'viewer')).text).not.toContain('SECRET');
    expect(await read('/unlisted/admins', 'admin')).toEqual([200, true, 200]);
    expect(await read('/unlisted/admins', 'viewer')).toEqual([404, false, 404]);
  });
});
