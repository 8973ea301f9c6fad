import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { parseSpec } from '../../../../libs/mintlify-docs-emulator/src/api/spec-parser.js';
import { Spec } from '../../../../libs/mintlify-docs-emulator/src/api/spec.js';
import {
  viewOperation,
  viewSchemas,
} from '../../../../libs/mintlify-docs-emulator/src/api/operation-view.js';
import { SiteReader } from '../../../../libs/mintlify-docs-emulator/src/site/site-reader.js';
import { listPages } from '../../../../libs/mintlify-docs-emulator/src/shared/navigation-filter.js';
import { makeFolder } from '../sample-folder-helper.js';
import type { SampleFolder } from '../sample-folder-helper.js';

const folders: SampleFolder[] = [];
afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => folder.remove()));
});

async function siteWith(files: Record<string, unknown>) {
  const texts = Object.entries(files).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  const folder = await makeFolder(Object.fromEntries(texts) as Record<string, string>);
  folders.push(folder);
  const sites = new SiteReader(folder.path);
  return { sites, site: await sites.read(), path: folder.path };
}

const ok = { responses: { 200: { description: 'Fine.' } } };
const openapi = '3.1.0';

async function pagesOf(navigation: unknown, files: Record<string, unknown> = {}) {
  const { site } = await siteWith({ 'docs.json': { navigation }, ...files });
  return listPages(site.navigation).map(({ path, title, method }) => `${method ?? 'PAGE'} ${path} ${title}`);
}

describe('the pages that specs make', () => {
  const spec = {
    openapi,
    tags: [{ name: 'plants', 'x-group': 'All plants' }],
    paths: {
      '/plants': {
        get: { tags: ['plants'], summary: 'List plants', ...ok },
        post: { tags: ['plants'], ...ok },
      },
      '/plants/{id}': { get: { 'x-mint': { href: '/special/one', metadata: { title: 'One' } }, ...ok } },
      '/secret': { get: { 'x-excluded': true, ...ok } },
      '/hidden': { get: { summary: 'Hidden', 'x-hidden': true, ...ok } },
    },
    webhooks: { plantThirsty: { post: { tags: ['plants'], summary: 'Thirsty', ...ok } } },
  };

  it('stand in the groups of their tags, in the folder of the node', async () => {
    const tab = { tab: 'API', openapi: { source: 'openapi.json', directory: 'api' } };
    const { site } = await siteWith({ 'docs.json': { navigation: { tabs: [tab] } }, 'openapi.json': spec });
    const items = site.navigation.lists[0]?.divisions[0]?.section.items ?? [];
    expect(items.map((item) => (item.kind === 'group' ? item.title : item.kind))).toStrictEqual([
      'All plants',
      'API Reference',
    ]);
    expect(listPages(site.navigation).map(({ path, title, method }) => [method, path, title])).toStrictEqual([
      ['GET', '/api/plants/list-plants', 'List plants'],
      ['POST', '/api/plants/post-plants', 'Post plants'],
      ['WEBHOOK', '/api/plants/thirsty', 'Thirsty'],
      ['GET', '/special/one', 'One'],
    ]);
    expect(site.operations.list().map(({ page, isHidden }) => `${page} ${isHidden}`)).toContain(
      '/api/hidden true',
    );
    expect(site.operations.page('/api/hidden')).toBeDefined();
    expect(JSON.stringify(site.operations.list())).not.toContain('/secret');
  });

  it('are made of several specs, also in YAML', async () => {
    const yaml =
      'openapi: 3.0.3\npaths:\n  /b:\n    get:\n      summary: B\n      responses:\n        200: { description: Fine }\n';
    const navigation = {
      groups: [{ group: 'API', openapi: ['a.json', { source: '/b.yaml', directory: 'b' }] }],
    };
    const a = { openapi, paths: { '/a': { get: { summary: 'A', ...ok } } } };
    expect(await pagesOf(navigation, { 'a.json': a, 'b.yaml': yaml })).toStrictEqual([
      'GET /api-reference/a A',
      'GET /b/b B',
    ]);
  });

  it('are only those that the navigation names, if it names any', async () => {
    const group = {
      group: 'API',
      openapi: 'openapi.json',
      pages: [{ group: 'In', pages: ['post /plants/'] }],
    };
    expect(await pagesOf({ groups: [group] }, { 'openapi.json': spec })).toStrictEqual([
      'POST /api-reference/plants/post-plants Post plants',
    ]);
    const whole = { group: 'API', pages: ['/openapi.json webhook plantThirsty'] };
    expect(await pagesOf({ groups: [whole] }, { 'openapi.json': spec })).toStrictEqual([
      'WEBHOOK /api-reference/plants/thirsty Thirsty',
    ]);
  });

  it('give way to pages of the folder', async () => {
    const { sites } = await siteWith({
      'docs.json': { navigation: { groups: [{ group: 'API', openapi: 'openapi.json' }] } },
      'openapi.json': spec,
      'api-reference/plants/list-plants.mdx': 'Own',
    });
    expect((await sites.findPage('/api-reference/plants/list-plants'))?.page.generated).toBeUndefined();
    expect((await sites.findPage('/api-reference/plants/post-plants'))?.page.generated).toBeDefined();
  });

  it('have one page that says why, if the spec cannot be read', async () => {
    const { site } = await siteWith({
      'docs.json': {
        navigation: {
          tabs: [
            { tab: 'A', openapi: 'https://foo.test/spec.json' },
            { tab: 'B', openapi: 'b.json' },
          ],
        },
      },
      'b.json': '{\n"openapi": }',
    });
    expect(listPages(site.navigation).map(({ path }) => path)).toStrictEqual([
      '/api-reference/specjson',
      '/api-reference/bjson',
    ]);
    expect(site.operations.all().map(({ found }) => found.problem?.message)).toStrictEqual([
      expect.stringMatching(
        /^docs\.json: https:\/\/foo\.test\/spec\.json is a URL, and the emulator works offline/,
      ),
      expect.stringMatching(/^b\.json:2: not valid JSON/),
    ]);
    expect(site.operations.list()).toStrictEqual([]);
  });

  it('keep the last state of a spec that no longer parses, with its fault', async () => {
    const { sites, path } = await siteWith({
      'docs.json': { navigation: { groups: [{ group: 'API', openapi: 'openapi.json' }] } },
      'openapi.json': spec,
    });
    const { writeFile } = await import('node:fs/promises');
    await writeFile(`${path}/openapi.json`, '{');
    sites.expire();
    const { operations } = await sites.read();
    expect(operations.list()).toHaveLength(5);
    expect(operations.all()[0]?.found.problem?.location.file).toBe('openapi.json');
  });

  it('have an address for every title', async () => {
    const paths = { '/a': { get: { summary: 'What is new? 100% #1', ...ok } } };
    const { sites } = await siteWith({
      'docs.json': { navigation: { groups: [{ group: 'API', openapi: 'openapi.json' }] } },
      'openapi.json': { openapi, paths },
    });
    const path = '/api-reference/what-is-new?-100%-#1';
    expect((await sites.findPage(encodeURI(path).replaceAll('?', '%3F').replaceAll('#', '%23')))?.path).toBe(
      path,
    );
    expect((await sites.findPage('/api-reference/what-is-new'))?.path).toBe(path);
  });

  it('are made of the channels of AsyncAPI', async () => {
    const asyncapi = {
      asyncapi: '3.0.0',
      servers: { main: { host: 'ws.foo.test', protocol: 'wss' } },
      channels: {
        plantEvents: {
          address: '/events/{id}',
          parameters: { id: {} },
          messages: { wet: { $ref: '#/components/messages/wet' } },
        },
      },
      operations: { hear: { action: 'send', channel: { $ref: '#/channels/plantEvents' } } },
      components: {
        messages: {
          wet: { title: 'Wet', payload: { type: 'object', properties: { at: { type: 'string' } } } },
        },
      },
    };
    const { site } = await siteWith({
      'docs.json': { navigation: { tabs: [{ tab: 'A', asyncapi: 'events.json' }] } },
      'events.json': asyncapi,
    });
    const [entry] = site.operations.list();
    expect(entry).toMatchObject({
      page: '/api-reference/websockets/plantevents',
      method: 'CHANNEL',
      path: 'plantEvents',
    });
    expect(site.operations.read('/api-reference/websockets/plantevents')).toMatchObject({
      path: '/events/{id}',
      servers: [{ url: 'wss://ws.foo.test' }],
      parameters: [{ name: 'id', in: 'path' }],
      messages: [{ name: 'Wet', action: 'send', schema: { type: 'object' } }],
    });
  });
});

describe('the operation of a page of the folder', () => {
  const spec = {
    openapi,
    paths: {
      '/plants': {
        get: { summary: 'List plants', ...ok },
        post: { summary: 'Secret', 'x-mint': { groups: ['admin'] }, ...ok },
      },
    },
    components: { schemas: { Plant: { type: 'object' } } },
  };
  const read = async (
    frontMatter: string,
    files: Record<string, unknown> = { 'openapi.json': spec },
    settings = {},
  ) => {
    const { site } = await siteWith({
      'docs.json': { ...settings, navigation: { pages: ['a'] } },
      'a.mdx': `---\n${frontMatter}\n---\n`,
      ...files,
    });
    return {
      site,
      operation: site.operations.read('/a'),
      problem: site.operations.sourceOf('/a')?.found.problem,
    };
  };

  it('is in the spec that it names, or in any spec', async () => {
    const { operation, site } = await read('openapi: GET /plants/');
    expect(operation).toMatchObject({ method: 'GET', path: '/plants', spec: 'openapi.json' });
    expect(listPages(site.navigation)[0]).toMatchObject({ title: 'List plants', method: 'GET' });
    const other = { openapi, paths: { '/plants': { get: ok } } };
    const named = await read('openapi: api/other.json get /plants', {
      'api/other.json': other,
      'openapi.json': spec,
    });
    expect(named.operation?.spec).toBe('api/other.json');
  });

  it('is looked for in files only: a link leads out of the folder, or nowhere', async () => {
    const { path } = await siteWith({
      'docs.json': { navigation: { pages: ['a'] } },
      'a.mdx': '---\nopenapi: GET /plants\n---\n',
    });
    const other = await siteWith({ 'docs.json': {}, 'outside.json': spec });
    await symlink(join(other.path, 'outside.json'), join(path, 'linked.json'));
    await symlink(join(path, 'nothing'), join(path, 'broken.json'));
    const site = await new SiteReader(path).read();
    expect(site.operations.sourceOf('/a')?.found.problem?.message).toMatch(
      /no spec in the docs folder has it/,
    );
  });

  it('can be a data model, or come from `api` alone', async () => {
    expect((await read('openapi-schema: Plant')).operation).toMatchObject({
      method: 'SCHEMA',
      responses: [{ bodies: [{ schema: { $ref: '#/components/schemas/Plant' } }] }],
    });
    const settings = { api: { mdx: { server: 'https://foo.test', auth: { method: 'key', name: 'X-Key' } } } };
    expect((await read('api: POST /a/{id}', {}, settings)).operation).toMatchObject({
      method: 'POST',
      path: '/a/{id}',
      servers: [{ url: 'https://foo.test' }],
      parameters: [{ in: 'path', name: 'id' }],
      security: [{ fields: [{ in: 'header', name: 'X-Key' }] }],
      spec: '',
    });
  });

  it('has a problem that says what is missing', async () => {
    expect((await read('openapi: GET /nothing')).problem?.message).toBe(
      'a.mdx:1: names GET /nothing, but no spec in the docs folder has it.',
    );
    expect((await read('openapi: openapi.json GET /nothing')).problem?.message).toMatch(
      /openapi\.json has none/,
    );
    expect((await read('openapi: nonsense')).problem?.message).toMatch(/Write a method and a path/);
    const remote = { api: { openapi: 'https://foo.test/o.json' } };
    expect((await read('openapi: GET /x', {}, remote)).problem?.message).toMatch(/is a URL/);
  });

  it('does not give away the title of an operation that is for some groups only', async () => {
    const { site } = await read('openapi: POST /plants');
    expect(listPages(site.navigation)[0]).toMatchObject({ title: 'A' });
    expect(site.operations.list()[0]?.rule).toStrictEqual({ includes: ['admin'], excludes: [] });
  });
});

async function specOf(document: unknown): Promise<Spec> {
  return new Spec('openapi.json', await parseSpec(JSON.stringify(document), 'openapi.json'));
}

describe('an operation', () => {
  it('has servers, parameters, security, bodies and responses, whose $ref are followed', async () => {
    const { site } = await siteWith({
      'docs.json': { navigation: { groups: [{ group: 'API', openapi: 'openapi.json' }] } },
      'openapi.json': {
        openapi,
        servers: [
          { url: 'https://{region}.foo.test/', variables: { region: { default: 'eu', enum: ['eu', 'us'] } } },
        ],
        security: [{ bearer: [] }, { key: [] }, {}],
        paths: {
          '/a/{id}': {
            parameters: [
              { $ref: '#/components/parameters/id' },
              { name: 'q', in: 'query', schema: { type: 'integer' } },
            ],
            post: {
              summary: 'A',
              parameters: [
                {
                  name: 'q',
                  in: 'query',
                  required: true,
                  schema: { type: 'string', enum: ['x'] },
                  example: 'x',
                },
              ],
              requestBody: { $ref: '#/components/requestBodies/A' },
              responses: { 200: { description: 'Fine', headers: { 'X-H': { schema: { type: 'string' } } } } },
              callbacks: { done: { '{$request.body#/url}': { post: { ...ok } } } },
            },
          },
        },
        components: {
          parameters: { id: { name: 'id', in: 'path', schema: { $ref: '#/components/schemas/Id' } } },
          schemas: { Id: { type: 'string', format: 'uuid', example: '1' } },
          requestBodies: {
            A: {
              required: true,
              content: { 'application/json': { schema: { $ref: '#/components/schemas/Id' }, example: '2' } },
            },
          },
          securitySchemes: {
            bearer: { type: 'http', scheme: 'Bearer' },
            key: { type: 'apiKey', in: 'query', name: 'key', 'x-default': 'demo' },
          },
        },
      },
    });
    expect(site.operations.read('/api-reference/a')).toMatchObject({
      servers: [
        {
          url: 'https://{region}.foo.test',
          variables: [{ name: 'region', default: 'eu', enum: ['eu', 'us'] }],
        },
      ],
      security: [
        { fields: [{ scheme: 'bearer', in: 'header', name: 'Authorization', prefix: 'Bearer ' }] },
        { fields: [{ scheme: 'key', in: 'query', name: 'key', default: 'demo' }] },
        { fields: [] },
      ],
      parameters: [
        { in: 'path', name: 'id', required: true, summary: { type: 'string', format: 'uuid' }, example: '1' },
        { in: 'query', name: 'q', required: true, summary: { type: 'string', enum: ['x'] }, example: 'x' },
      ],
      requestBody: {
        required: true,
        bodies: [{ mediaType: 'application/json', examples: [{ value: '2' }] }],
      },
      responses: [{ status: '200', headers: [{ name: 'X-H' }] }],
      callbacks: [{ name: 'done', expression: '{$request.body#/url}', operation: { method: 'POST' } }],
      schemas: { '#/components/schemas/Id': { type: 'string' } },
    });
  });

  it('can be of Swagger 2', async () => {
    const spec = await specOf({
      swagger: '2.0',
      host: 'foo.test',
      basePath: '/v1',
      schemes: ['https'],
      paths: {
        '/a': {
          post: {
            summary: 'A',
            consumes: ['application/json'],
            produces: ['application/json'],
            parameters: [{ in: 'body', name: 'body', schema: { $ref: '#/definitions/A' } }],
            responses: { 200: { description: 'Fine', schema: { $ref: '#/definitions/A' } } },
          },
        },
      },
      definitions: { A: { type: 'object', properties: { id: { type: 'string' } } } },
    });
    expect(spec.document).toMatchObject({
      servers: [{ url: 'https://foo.test/v1' }],
      paths: { '/a': { post: { requestBody: { content: { 'application/json': {} } } } } },
    });
    expect(spec.resolve({ $ref: '#/components/schemas/A' })).toMatchObject({ type: 'object' });
  });
});

describe('a hostile spec', () => {
  it.each<[string, string, RegExp]>([
    ['text', 'hello', /must be an object/],
    ['another format', '{"openapi":"4.0"}', /Write it in OpenAPI 3/],
    ['no format', '{"paths":{}}', /`openapi` is missing/],
    ['bad YAML', 'openapi: 3.1.0\npaths: [', /not valid YAML/],
    ['aliases that lead back', 'openapi: 3.1.0\npaths: &a\n  b: *a\n', /leads back to itself|not valid YAML/],
    [
      'aliases that grow',
      `openapi: 3.1.0\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n${Array.from({ length: 9 }, (_, index) => `a${index + 1}: &a${index + 1} [${Array.from({ length: 10 }, () => `*a${index}`).join(', ')}]`).join('\n')}\n`,
      /has over .* values|not valid YAML/,
    ],
    ['deep nesting', `{"openapi":"3.1.0","a":${'['.repeat(2000)}${']'.repeat(2000)}}`, /nested more than/],
  ])('is refused with one line: %s', async (_, text, message) => {
    const name = text.startsWith('{') ? 'a.json' : 'a.yaml';
    await expect(parseSpec(text, name)).rejects.toThrow(message);
  });

  it('cannot reach other files, or properties that it does not have', async () => {
    const spec = await specOf({ openapi, paths: {}, a: { b: [{ c: 1 }] } });
    expect(spec.find('#/a/b/0/c')).toBe(1);
    for (const ref of [
      '../../etc/passwd',
      'other.json#/a',
      'https://foo.test/a.json',
      '#/__proto__',
      '#/constructor/name',
    ]) {
      expect(spec.find(ref)).toBeUndefined();
    }
  });

  it('ends for $ref that lead to each other', async () => {
    const spec = await specOf({ openapi, a: { $ref: '#/b' }, b: { $ref: '#/a' } });
    expect(spec.resolve({ $ref: '#/a' })).toBeUndefined();
    expect(spec.closure(['#/a'])).toStrictEqual(['#/a', '#/b']);
  });

  it('is sent in parts, and a visitor gets no part that the operation does not need', async () => {
    const names = Array.from({ length: 200 }, (_, index) => `S${index}`);
    const schemas = Object.fromEntries(
      names.map((name, index) => [
        name,
        {
          description: 'x'.repeat(1000),
          properties: { next: { $ref: `#/components/schemas/S${index + 1}` } },
        },
      ]),
    );
    const { site } = await siteWith({
      'docs.json': { navigation: { groups: [{ group: 'API', openapi: 'openapi.json' }] } },
      'openapi.json': {
        openapi,
        paths: {
          '/a': {
            get: {
              summary: 'A',
              responses: {
                200: {
                  content: {
                    'application/json': {
                      schema: {
                        properties: {
                          first: { $ref: '#/components/schemas/S0' },
                          secret: { $ref: '#/components/schemas/Secret', 'x-mint': { groups: ['admin'] } },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
        },
        components: { schemas: { ...schemas, Secret: { type: 'string' }, Other: { type: 'string' } } },
      },
    });
    const operation = site.operations.read('/api-reference/a')!;
    const sent = Object.keys(viewOperation(operation, { groups: [] }).schemas);
    expect(sent.length).toBeGreaterThan(50);
    expect(sent.length).toBeLessThan(150);
    const last = '#/components/schemas/S199';
    expect(Object.keys(viewSchemas(operation, last, { groups: [] }) ?? {})).toStrictEqual([last]);
    expect(viewSchemas(operation, '#/components/schemas/Other', { groups: null })).toBeUndefined();
    expect(viewSchemas(operation, '#/components/schemas/Secret', { groups: ['staff'] })).toBeUndefined();
    expect(viewSchemas(operation, '#/components/schemas/Secret', { groups: ['admin'] })).toBeDefined();
  });
});
