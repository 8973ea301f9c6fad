import { describe, expect, it } from '@jest/globals';
import { configOf, makeCheckedFolder, MANUAL_VISITORS } from '../../../support/check-docs.support.js';

const SPEC = JSON.stringify(
  {
    openapi: '3.1.0',
    servers: [{ url: 'https://{region}.foo.com', variables: { region: { default: 'eu' } } }],
    paths: { '/plants/{id}': { get: { parameters: [{ in: 'path', name: 'id' }] } } },
    components: {
      securitySchemes: {
        key: { type: 'apiKey', in: 'header', name: 'X-Plant-Key' },
        bearer: { type: 'http', scheme: 'bearer' },
      },
    },
  },
  null,
  2,
);
const DOCS = {
  'docs.json': configOf('a', { group: 'API', openapi: 'api.json' }),
  'a.mdx': 'A',
  'api.json': SPEC,
};
const named = (...names: string[]) => ({
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, {}])),
  additionalProperties: false,
});
const inputs = (properties: object) => ({
  ...MANUAL_VISITORS,
  groups: 'any',
  apiPlaygroundInputs: { type: 'object', properties, additionalProperties: false },
});

describe('What the playground is filled with', () => {
  it('fits, whatever the case of a header', async () => {
    const visitors = inputs({
      header: named('x-plant-key', 'authorization'),
      path: named('id'),
      server: named('region'),
    });
    await using folder = await makeCheckedFolder(DOCS, visitors);
    expect(await folder.findings()).toEqual([]);
  });

  it('is found where no spec takes it, and what no mapper fills is noted', async () => {
    const visitors = inputs({ header: named('X-Plnt-Key'), query: named('page'), server: named('Region') });
    await using folder = await makeCheckedFolder(DOCS, visitors);
    const found = (await folder.findings()).map(({ rule, file, line, fix }) => ({ rule, file, line, fix }));
    const line = (text: string) => SPEC.split('\n').findIndex((each) => each.includes(text)) + 1;
    expect(found).toEqual([
      {
        rule: 'playground-input-unused',
        file: 'visitors.schema.json',
        line: expect.any(Number),
        fix: 'Write "X-Plant-Key".',
      },
      {
        rule: 'playground-input-unused',
        file: 'visitors.schema.json',
        line: expect.any(Number),
        fix: expect.stringMatching(/^Remove it from the claim mapper/),
      },
      {
        rule: 'playground-input-unused',
        file: 'visitors.schema.json',
        line: expect.any(Number),
        fix: 'Write "region".',
      },
      {
        rule: 'security-scheme-unfilled',
        file: 'docs/api.json',
        line: line('"key": {'),
        fix: expect.stringMatching(/^Return it in apiPlaygroundInputs\.header/),
      },
      {
        rule: 'security-scheme-unfilled',
        file: 'docs/api.json',
        line: line('"bearer": {'),
        fix: expect.any(String),
      },
    ]);
  });

  it.each<[string, Record<string, string>, object]>([
    [
      'a spec is elsewhere',
      { 'docs.json': configOf('a', { group: 'B', openapi: ['api.json', 'https://foo.com/a.json'] }) },
      inputs({ query: named('q') }),
    ],
    ['there is no spec', { 'docs.json': configOf('a') }, inputs({ query: named('q') })],
    ['a spec cannot be read', { 'api.json': '{' }, inputs({ query: named('q') })],
    [
      'docs.json describes the API',
      { 'docs.json': JSON.stringify({ name: 'D', navigation: { openapi: 'api.json' }, api: { mdx: {} } }) },
      inputs({ query: named('q') }),
    ],
    ['the schema allows anything', {}, { ...inputs({}), apiPlaygroundInputs: {} }],
    ['a part of it allows anything', {}, inputs({ query: { type: 'object' } })],
  ])('is not checked where %s', async (_, files, visitors) => {
    await using folder = await makeCheckedFolder({ ...DOCS, ...files }, visitors);
    expect(await folder.findings()).toEqual([]);
  });
});

describe('The list of what anyone can read', () => {
  const files = {
    ...DOCS,
    'b.mdx': '---\ngroups: [admin]\n---\nB',
    'logo.svg': '<svg/>',
  };
  const readable = async (...options: string[]) => {
    await using folder = await makeCheckedFolder(files, { ...inputs({}), apiPlaygroundInputs: {} });
    const { output } = await folder.check('--json', '--readable', ...options);
    return (JSON.parse(output) as { readable: { path: string }[] }).readable.map(({ path }) => path);
  };

  it('has the pages that groups only hide, in public docs', async () => {
    const generated = ['/llms.txt', '/llms-full.txt', '/sitemap.xml'];
    expect(await readable()).toEqual([...generated, '/b', '/api.json', '/logo.svg', 'a static export']);
  });

  it('has static files and specs, in private docs', async () => {
    expect(await readable('--mode', 'authentication')).toEqual(['/api.json', '/logo.svg', 'a static export']);
  });

  it('is printed after the findings', async () => {
    await using folder = await makeCheckedFolder(files, { ...inputs({}), apiPlaygroundInputs: {} });
    expect((await folder.check('--readable')).output).toMatch(
      /Anyone can read:\n {2}\/llms\.txt \(lists 1 pages/,
    );
    expect((await folder.check()).output).not.toContain('Anyone can read');
  });
});

describe('A secret in a page', () => {
  const key = `-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIHZp9jTq1mYxSx3LQeFhWk0b\n-----END PRIVATE KEY-----`;
  const token = ['ghp', '_', 'q8Zk3mWp5Rt9Xl2Vb7Nc4Jd6Hf1Gs0Ty'].join('') + 'aEuK';

  it.each([key, `token: ${token}`])('is found', async (secret) => {
    await using folder = await makeCheckedFolder(
      { 'docs.json': configOf('a'), 'a.mdx': `A\n\n\`\`\`\n${secret}\n\`\`\`\n` },
      inputs({}),
    );
    expect(await folder.findings()).toMatchObject([{ rule: 'secret-in-page', severity: 'error', line: 4 }]);
  });

  it.each([
    '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----',
    '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCYOURKEYHEREYOURKEYHERE\n',
    ['AKIA', 'IOSFODNN7EXAMPLE'].join(''),
    ['sk', '_live_', 'xxxxxxxxxxxxxxxxxxxxxxxx'].join(''),
    ['ghp', '_', 'a'.repeat(36)].join(''),
  ])('is not: %s', async (text) => {
    await using folder = await makeCheckedFolder(
      { 'docs.json': configOf('a'), 'a.mdx': `\`\`\`\n${text}\n\`\`\`\n` },
      inputs({}),
    );
    expect(await folder.findings()).toEqual([]);
  });
});
