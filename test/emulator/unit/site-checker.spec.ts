import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { runCheck } from '../../../libs/mintlify-docs-emulator/src/cli/check-command.js';
import { readVisitorFlags } from '../../../libs/mintlify-docs-emulator/src/cli/visitor-files.js';
import { checkSite } from '../../../libs/mintlify-docs-emulator/src/site/site-checker.js';
import { makeFolder } from './sample-folder-helper.js';
import type { SampleFolder } from './sample-folder-helper.js';

let folder: SampleFolder | undefined;
afterEach(async () => {
  jest.restoreAllMocks();
  await folder?.remove();
  folder = undefined;
});
const folderWith = async (files: Record<string, string>): Promise<string> => {
  folder = await makeFolder(files);
  return folder.path;
};
const FILES = {
  'docs.json': JSON.stringify({ navigation: { pages: ['admin', 'bad', 'intro', 'secret', 'gone'] } }),
  'admin.mdx': '---\ngroups: [admin]\n---\nfor admins',
  'bad.mdx': 'one\n\n<Note>',
  'intro.mdx': 'Hello',
  'secret.mdx': '---\nhidden: true\ngroups: admin\n---',
  'other/loose.mdx': 'not in the navigation',
  'snippets/part.mdx': '{',
};
const visitors = [{ name: 'anonymous' }, { name: 'viewer', visitor: { groups: ['admin'] } }];

describe('checkSite', () => {
  it('says of every page whether it is listed, for whom, and what is wrong with it', async () => {
    const directory = await folderWith(FILES);
    const { report } = await checkSite({ directory, mode: 'personalization', visitors });
    expect(report).toEqual({
      firstPage: '/bad',
      operations: [],
      faults: [],
      warnings: [
        {
          file: 'docs.json',
          line: 1,
          message: 'the navigation lists /gone, but the folder has no such page.',
        },
      ],
      pages: [
        {
          path: '/admin',
          file: 'admin.mdx',
          listed: true,
          faults: [],
          warnings: [],
          access: { anonymous: 'unlisted', viewer: 'listed' },
        },
        {
          path: '/bad',
          file: 'bad.mdx',
          listed: true,
          faults: [{ message: expect.stringMatching(/closing tag/), file: 'bad.mdx', line: 3 }],
          warnings: [],
          access: { anonymous: 'listed', viewer: 'listed' },
        },
        {
          path: '/intro',
          file: 'intro.mdx',
          listed: true,
          faults: [],
          warnings: [],
          access: { anonymous: 'listed', viewer: 'listed' },
        },
        {
          path: '/other/loose',
          file: 'other/loose.mdx',
          listed: false,
          faults: [],
          warnings: [],
          access: { anonymous: 'unlisted', viewer: 'unlisted' },
        },
        {
          path: '/secret',
          file: 'secret.mdx',
          listed: false,
          faults: [],
          warnings: [
            { message: expect.stringMatching(/^`groups` cannot be read/), file: 'secret.mdx', line: 1 },
          ],
          access: { anonymous: 'unlisted', viewer: 'unlisted' },
        },
      ],
    });
  });

  it('takes a page that is only a link for listed', async () => {
    const directory = await folderWith({
      'docs.json': '{"navigation":{"tabs":[{"tab":"A","pages":["intro","status"]}]}}',
      'intro.mdx': 'Hello',
      'status.mdx': '---\ntitle: Status\nurl: https://status.foo.com\n---\n',
    });
    const { pages, firstPage } = (await checkSite({ directory, mode: 'personalization', visitors })).report;
    expect(firstPage).toBe('/intro');
    expect(pages.map(({ path, listed, access }) => [path, listed, access['anonymous']])).toEqual([
      ['/intro', true, 'listed'],
      ['/status', true, 'listed'],
    ]);
  });

  it('denies pages of private docs', async () => {
    const directory = await folderWith(FILES);
    const { firstPage, pages } = (await checkSite({ directory, mode: 'authentication', visitors })).report;
    expect(firstPage).toBe('/admin');
    expect(Object.fromEntries(pages.map(({ path, access }) => [path, access]))).toEqual({
      '/admin': { anonymous: 'denied', viewer: 'listed' },
      '/bad': { anonymous: 'denied', viewer: 'listed' },
      '/intro': { anonymous: 'denied', viewer: 'listed' },
      '/other/loose': { anonymous: 'denied', viewer: 'unlisted' },
      '/secret': { anonymous: 'denied', viewer: 'denied' },
    });
  });

  it('says of every operation who sees its page, and what is wrong with it', async () => {
    const responses = { 200: { description: 'Fine' } };
    const directory = await folderWith({
      'docs.json': JSON.stringify({
        navigation: {
          groups: [
            { group: 'API', openapi: 'openapi.json' },
            { group: 'Own', pages: ['own'] },
          ],
        },
      }),
      'own.mdx': '---\npublic: true\nopenapi: GET /own\n---\n',
      'openapi.json': JSON.stringify({
        openapi: '3.1.0',
        paths: {
          '/own': { get: { 'x-mint': { groups: ['admin'] }, responses } },
          '/plants': { get: { summary: 'List plants', responses } },
          '/admin': { get: { summary: 'Admin', 'x-mint': { groups: ['admin'] }, responses } },
          '/hidden': { get: { summary: 'Hidden', 'x-hidden': true, responses } },
          '/broken': { get: { summary: 'Broken', security: [{ nothing: [] }], responses } },
        },
      }),
    });
    const operationsOf = async (mode: 'authentication' | 'personalization') => {
      const { operations } = (await checkSite({ directory, mode, visitors })).report;
      return Object.fromEntries(operations.map(({ route, ...rest }) => [route, rest]));
    };
    const isPublic = await operationsOf('personalization');
    expect(isPublic['/plants']).toEqual({
      path: '/api-reference/list-plants',
      method: 'GET',
      spec: 'openapi.json',
      access: { anonymous: 'listed', viewer: 'listed' },
      faults: [],
    });
    expect(isPublic['/admin']?.access).toEqual({ anonymous: 'unlisted', viewer: 'listed' });
    expect(isPublic['/hidden']?.access).toEqual({ anonymous: 'unlisted', viewer: 'unlisted' });
    expect(isPublic['/broken']?.faults).toEqual([
      expect.objectContaining({ message: expect.stringContaining('the security scheme nothing is not in') }),
    ]);
    const isPrivate = await operationsOf('authentication');
    expect(isPrivate['/admin']?.access).toEqual({ anonymous: 'denied', viewer: 'listed' });
    expect(isPrivate['/plants']?.access).toEqual({ anonymous: 'denied', viewer: 'listed' });
    // The page is for everyone, its operation is not.
    expect(isPrivate['/own']).toMatchObject({
      path: '/own',
      access: { anonymous: 'denied', viewer: 'listed' },
    });
  });

  it('names the line of docs.json that names a spec or an operation that is not there', async () => {
    const directory = await folderWith({
      'docs.json': [
        '{ "navigation": { "groups": [',
        '  { "group": "A", "openapi": "gone.json" },',
        '  { "$ref": "./own.json" },',
        '  { "group": "C", "openapi": "openapi.json", "pages": [',
        '    "GET /plants",',
        '    "POST /plants",',
        '    "other.json GET /plants"',
        '] } ] } }',
      ].join('\n'),
      'own.json': '{\n"group": "B",\n"pages": ["DELETE /plants"] }',
      'openapi.json': JSON.stringify({
        openapi: '3.1.0',
        paths: { '/plants': { get: { responses: {} } } },
      }),
    });
    const { operations } = (await checkSite({ directory, mode: 'personalization', visitors })).report;
    const places = operations.flatMap(({ faults }) =>
      faults.map(({ file, line, message }) => `${file}:${line} ${message}`),
    );
    expect(places).toEqual([
      'docs.json:2 names the spec gone.json, but the docs folder has no such file.',
      expect.stringMatching(/^own\.json:3 lists DELETE \/plants without a spec/),
      'docs.json:6 lists POST /plants, but openapi.json has no such operation.',
      'docs.json:7 names the spec other.json, but the docs folder has no such file.',
    ]);
  });

  it('has one fault if docs.json cannot be read', async () => {
    const directory = await folderWith({ 'docs.json': '{\n"name": }' });
    const { report } = await checkSite({ directory, mode: 'personalization', visitors });
    expect(report).toEqual({
      firstPage: null,
      pages: [],
      operations: [],
      faults: [{ file: 'docs.json', line: 2, message: expect.stringMatching(/^not valid JSON/) }],
      warnings: [],
    });
  });
});

describe('--check', () => {
  const check = async (files: Record<string, string>, json: boolean) => {
    const written: string[] = [];
    const directory = await folderWith(files);
    jest.spyOn(process.stdout, 'write').mockImplementation((text, ...rest: unknown[]) => {
      written.push(String(text));
      for (const done of rest) if (typeof done === 'function') done();
      return true;
    });
    const code = await runCheck({ directory, visitors: { anonymous: null }, json });
    jest.restoreAllMocks();
    return { code, output: written.join('') };
  };

  it('prints faults and warnings with file and line, and fails', async () => {
    const { code, output } = await check(FILES, false);
    expect(code).toBe(1);
    expect(output).toMatch(/^fault {4}bad\.mdx:3: .*closing tag/);
    expect(output).toMatch(/\nbroken {3}docs\.json:1: the navigation lists \/gone/);
    expect(output).toMatch(/\n5 pages, 1 faults, 1 broken links, 1 warnings\. First page: \/bad\n$/);
  });

  it('fails for a link that leads nowhere, too', async () => {
    const { code, output } = await check({ 'index.mdx': 'one\n\n[gone](/gone)' }, false);
    expect(code).toBe(1);
    expect(output).toMatch(/^broken {3}index\.mdx:3: links to "\/gone", but there is no such page or file\./);
  });

  it('prints one JSON object and nothing else, and passes without faults', async () => {
    const { code, output } = await check({ 'index.mdx': 'Hello' }, true);
    expect(code).toBe(0);
    expect(JSON.parse(output)).toMatchObject({
      firstPage: '/index',
      pages: [{ access: { anonymous: 'listed' } }],
    });
  });
});

describe('the visitors of the command line', () => {
  it('are one who is not logged in, without flags', async () => {
    expect(await readVisitorFlags({})).toEqual({ anonymous: null });
  });

  it('begin with the one that a flag asks for', async () => {
    expect(Object.entries(await readVisitorFlags({ groups: ['a', 'b'] }))).toEqual([
      ['a,b', { groups: ['a', 'b'] }],
      ['anonymous', null],
    ]);
  });

  it('come from files', async () => {
    const path = await folderWith({
      'user.json': '{"groups":["a"],"content":{"firstName":"Ada"}}',
      'visitors.json': '{"loggedOut":null,"viewer":{"groups":["viewer"],"content":{}}}',
    });
    const read = await readVisitorFlags({
      userFile: join(path, 'user.json'),
      visitorsFile: join(path, 'visitors.json'),
    });
    expect(Object.entries(read)).toEqual([
      ['user', { groups: ['a'], content: { firstName: 'Ada' } }],
      ['loggedOut', null],
      ['viewer', { groups: ['viewer'], content: {} }],
    ]);
  });

  it('come from the file that the command personas writes', async () => {
    const user = { groups: ['admin'], apiPlaygroundInputs: { header: { 'X-Key': '••••' } } };
    const record = { mode: 'personalization', pages: {}, texts: {}, faults: {} };
    const personas = { out: { ...record, user: null }, ada: { ...record, tenant: 'acme', user } };
    const path = await folderWith({
      'personas.json': JSON.stringify({ personas }),
      'given.json': '{"ada":{"principal":{"id":"ada"}}}',
    });
    const read = await readVisitorFlags({ visitorsFile: join(path, 'personas.json') });
    expect(Object.entries(read)).toEqual([
      ['out', null],
      ['ada', user],
    ]);
    const given = readVisitorFlags({ visitorsFile: join(path, 'given.json') });
    await expect(given).rejects.toThrow(/given\.json: ada: has a principal, which only your app can map/);
  });

  it.each([
    ['{"firstName":"Ada"}', /user\.json: firstName is not known\. Put the data of a visitor into "content"/],
    ['{"groups":"a"}', /user\.json: `groups` must be a list/],
    ['[]', /user\.json: The user data must be a JSON object/],
    ['{', /user\.json: is not valid JSON/],
  ])('are refused with a reason: %s', async (text, message) => {
    const path = await folderWith({});
    await writeFile(join(path, 'user.json'), text);
    await expect(readVisitorFlags({ userFile: join(path, 'user.json') })).rejects.toThrow(message);
    await expect(readVisitorFlags({ userFile: join(path, 'none.json') })).rejects.toThrow(/cannot be read/);
  });
});
