import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startDocsEmulator } from 'mintlify-docs-emulator';
import type { DocsEmulator, DocsEmulatorOptions } from 'mintlify-docs-emulator';
import { OperationCatalog } from '../../../libs/mintlify-docs-emulator/src/api/operation-catalog.js';
import { DocsSearch } from '../../../libs/mintlify-docs-emulator/src/search/docs-search.js';
import { SiteReader } from '../../../libs/mintlify-docs-emulator/src/site/site-reader.js';
import type { SearchAnswer } from '../../../libs/mintlify-docs-emulator/src/shared/search-types.js';
import { ed25519Pair, signPrivateToken } from '../../support/private-docs.support.js';
import { ensureClientBundle } from './client-bundle-helper.js';
import { makeFolder } from './sample-folder-helper.js';
import type { SampleFolder } from './sample-folder-helper.js';

const FILES = {
  'docs.json': JSON.stringify({
    name: 'Plants',
    variables: { product: 'Greenhouse' },
    navigation: {
      tabs: [
        {
          tab: 'Guides',
          groups: [
            { group: 'Start', pages: ['open', 'member', 'admin', 'gone'] },
            { group: 'Staff', groups: ['staff'], pages: ['staff'] },
          ],
        },
      ],
    },
  }),
  'open.mdx': `---
title: Watering
description: How plants get water
public: true
---
import Part from '/snippets/part.mdx'

The {{product}} waters plants.

## Rotate the pump

Turn the pump twice, then wait. <Part />

{user.groups?.includes('admin') && <Note>zebra</Note>}
`,
  'member.mdx': '---\ntitle: Members\n---\nPlants for members: fern',
  'admin.mdx': '---\ntitle: Admins\ngroups: [admin]\n---\nPlants for admins: cactus. Pump pump pump.',
  'staff.mdx': '---\ntitle: Staff\n---\nPlants for staff: orchid',
  'hidden.mdx': '---\ntitle: Hidden\n---\nPlants that no navigation lists: moss',
  'snippets/part.mdx': 'The part says lavender.',
};

const cleanups: (() => Promise<unknown>)[] = [];
beforeAll(ensureClientBundle, 60_000);
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function folderOf(files: Record<string, string> = FILES): Promise<SampleFolder> {
  const folder = await makeFolder(files);
  cleanups.push(() => folder.remove());
  return folder;
}

async function start(options: Partial<DocsEmulatorOptions> = {}): Promise<DocsEmulator> {
  const folder = await folderOf();
  const visitors = { anonymous: null, member: { groups: [] }, admin: { groups: ['admin'] } };
  const base = { port: 0, directory: folder.path, ...(options.publicKeys ? {} : { visitors }) };
  const emulator = await startDocsEmulator({ ...base, ...options });
  cleanups.push(() => emulator.close());
  return emulator;
}

async function find(
  emulator: DocsEmulator,
  query: string,
  { headers = {}, groups }: { headers?: Record<string, string>; groups?: string } = {},
): Promise<string[]> {
  const parameters = new URLSearchParams({ query, ...(groups !== undefined && { groups }) });
  const response = await fetch(`${emulator.url}/_emulator/search?${parameters}`, { headers });
  expect(response.status).toBe(200);
  return ((await response.json()) as SearchAnswer).results.map(({ path }) => path);
}

const as = (emulator: DocsEmulator, name: string) => ({
  headers: { cookie: `docs-visitor-${emulator.port}=${name}` },
});

describe('the search of private docs', () => {
  it('holds what the visitor may read, and nothing else', async () => {
    const emulator = await start({ mode: 'authentication' });
    expect(await find(emulator, 'plants')).toEqual(['/open']);
    expect(await find(emulator, 'plants', as(emulator, 'member'))).toEqual(['/open', '/member']);
    const admin = await find(emulator, 'plants', as(emulator, 'admin'));
    expect(admin.toSorted()).toEqual(['/admin', '/member', '/open']);
    for (const word of ['cactus', 'fern', 'orchid', 'moss', 'zebra', 'cact', 'cactvs']) {
      expect(await find(emulator, word)).toEqual([]);
    }
    expect(await find(emulator, 'cactvs', as(emulator, 'admin'))).toEqual(['/admin']);
    // What the browser says is ignored here.
    expect(await find(emulator, 'cactus', { groups: '["admin"]' })).toEqual([]);
  });

  it('is ordered by what the visitor may read alone', async () => {
    const emulator = await start({ mode: 'authentication' });
    const before = await fetch(`${emulator.url}/_emulator/search?query=pump`);
    const first = await before.text();
    // Another visitor's index, with a page full of pumps.
    await find(emulator, 'pump', as(emulator, 'admin'));
    expect(await (await fetch(`${emulator.url}/_emulator/search?query=pump`)).text()).toBe(first);
  });

  it('knows the visitor by the session, and is kept by no cache', async () => {
    const site = ed25519Pair();
    const emulator = await start({
      mode: 'authentication',
      publicKeys: [site.publicKey],
      loginUrl: 'http://localhost:3000/login',
    });
    const now = Math.floor(Date.now() / 1000);
    const claims = { host: 'localhost', iat: now, exp: now + 10, groups: ['admin'] };
    const token = signPrivateToken(claims, site.privateKey);
    const session = await fetch(`${emulator.url}/_emulator/session`, {
      method: 'POST',
      body: JSON.stringify({ token }),
      headers: { 'content-type': 'application/json', origin: emulator.url },
    });
    const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect(await find(emulator, 'cactus', { headers: { cookie } })).toEqual(['/admin']);
    expect(await find(emulator, 'cactus')).toEqual([]);
    const answer = await fetch(`${emulator.url}/_emulator/search?query=plants`);
    expect(answer.headers.get('cache-control')).toContain('no-store');
  });
});

describe('the search of public docs', () => {
  it('follows the menu of visitors', async () => {
    const emulator = await start();
    expect(await find(emulator, 'cactus')).toEqual([]);
    expect(await find(emulator, 'cactus', as(emulator, 'admin'))).toEqual(['/admin']);
    expect(await find(emulator, 'cactus', { groups: '["admin"]' })).toEqual([]);
  });

  it('takes the groups that the browser knows, where a login is run by the browser', async () => {
    const emulator = await start({
      handshake: { type: 'shared-session', infoApiUrl: 'http://localhost:3000/me' },
      loginUrl: 'http://localhost:3000/login',
      visitors: undefined,
    });
    expect(await find(emulator, 'cactus')).toEqual([]);
    expect(await find(emulator, 'cactus', { groups: '["admin"]' })).toEqual(['/admin']);
    for (const groups of ['', 'admin', '{}', '[', '[["admin"]]', JSON.stringify(Array(1001).fill('admin'))]) {
      expect(await find(emulator, 'cactus', { groups })).toEqual([]);
    }
    // In public docs every page can be read by its URL; what no navigation lists is in no search.
    expect(await find(emulator, 'moss', { groups: '["admin"]' })).toEqual([]);
  });

  it('answers the place, an excerpt with its hits, and the anchor of the heading', async () => {
    const emulator = await start();
    const answer = await fetch(`${emulator.url}/_emulator/search?query=Rotate%20PUM`);
    expect(await answer.json()).toEqual({
      results: [
        {
          path: '/open#rotate-the-pump',
          page: 'Watering',
          breadcrumb: ['Guides', 'Start'],
          title: [
            { text: 'Rotate', isHit: true },
            { text: ' the ', isHit: false },
            { text: 'pump', isHit: true },
          ],
          excerpt: [
            { text: 'Turn the ', isHit: false },
            { text: 'pump', isHit: true },
            { text: ' twice, then wait. The part says lavender.', isHit: false },
          ],
        },
      ],
    });
    expect(await find(emulator, 'greenhouse')).toEqual(['/open']);
    expect(await find(emulator, '  ')).toEqual([]);
    expect(await find(emulator, '*?!')).toEqual([]);
    // No page has both words, so either is enough.
    expect(await find(emulator, 'lavender fern')).toEqual(
      expect.arrayContaining(['/open#rotate-the-pump', '/member']),
    );
  });

  it('is for pages of the docs alone', async () => {
    const emulator = await start();
    for (const site of ['cross-site', 'same-site']) {
      const headers = { 'sec-fetch-site': site };
      expect((await fetch(`${emulator.url}/_emulator/search?query=plants`, { headers })).status).toBe(403);
    }
    const posted = await fetch(`${emulator.url}/_emulator/search?query=plants`, { method: 'POST' });
    expect(posted.status).toBe(405);
  });
});

describe('DocsSearch', () => {
  const paths = async (search: DocsSearch, query: string, groups?: string[]) =>
    (await search.search(query, groups && { groups })).map(({ path }) => path);

  it('follows edits of pages, of what they import, and of docs.json', async () => {
    const folder = await folderOf();
    let nowMs = 0;
    const sites = new SiteReader(folder.path);
    const search = new DocsSearch({ sites, mode: 'personalization' }, () => nowMs);
    const edit = async (file: string, text: string): Promise<void> => {
      await writeFile(join(folder.path, file), text);
      await utimes(join(folder.path, file), new Date(), new Date(Date.now() + 5000));
    };
    expect(await paths(search, 'lavender')).toEqual(['/open#rotate-the-pump']);
    await edit('snippets/part.mdx', 'The part says thyme.');
    nowMs += 1000;
    expect(await paths(search, 'lavender')).toEqual([]);
    expect(await paths(search, 'thyme')).toEqual(['/open#rotate-the-pump']);
    await edit('member.mdx', '---\ntitle: Members\n---\nNow with basil');
    expect(await paths(search, 'basil')).toEqual(['/member']);
    expect(await paths(search, 'fern')).toEqual([]);
    await edit('docs.json', JSON.stringify({ navigation: { pages: ['hidden'] } }));
    expect(await paths(search, 'basil')).toEqual([]);
    expect(await paths(search, 'moss')).toEqual(['/hidden']);
    // Of a preview deployment, too, groups take nothing out.
    await edit('docs.json', FILES['docs.json']);
    const preview = new DocsSearch({ sites, mode: 'personalization', preview: true });
    expect(await paths(preview, 'cactus')).toEqual(['/admin']);
  });

  it('finds an operation by its method and path, but not one that is for others', async () => {
    const folder = await folderOf();
    const sites = new SiteReader(folder.path);
    const site = await sites.read();
    const entry = {
      page: '/member',
      method: 'POST',
      path: '/orders/{id}',
      spec: 'api.json',
      isHidden: false,
    };
    const list = [{ ...entry, rule: { includes: ['admin'], excludes: [] } }] as const;
    site.operations = Object.assign(new OperationCatalog(), { list: () => list });
    const search = new DocsSearch({ sites, mode: 'personalization' });
    expect(await paths(search, 'orders')).toEqual([]);
    expect(await search.search('post orders', { groups: ['admin'] })).toMatchObject([
      { path: '/member', method: 'POST' },
    ]);
  });

  it('finds an operation by the names and descriptions of its parameters, but not by those for some groups', async () => {
    const folder = await folderOf({
      'docs.json': JSON.stringify({ navigation: { groups: [{ group: 'API', openapi: 'api.json' }] } }),
      'api.json': JSON.stringify({
        openapi: '3.1.0',
        info: { title: 'Plants', version: '1' },
        components: {
          parameters: { Zone: { in: 'query', name: 'zone', description: 'Where it is humid.', schema: {} } },
        },
        paths: {
          '/plants': {
            parameters: [{ $ref: '#/components/parameters/Zone' }],
            get: {
              summary: 'List',
              parameters: [
                {
                  in: 'query',
                  name: 'max_height',
                  description: 'In centimeters.',
                  schema: { type: 'integer' },
                },
                {
                  in: 'query',
                  name: 'supplier',
                  schema: { type: 'string' },
                  'x-mint': { groups: ['admin'] },
                },
                { in: 'header', name: 'X-Ledger', schema: { 'x-mint': { groups: ['admin'] } } },
              ],
              responses: { 200: { description: 'Fine' } },
            },
          },
        },
      }),
    });
    const search = new DocsSearch({ sites: new SiteReader(folder.path), mode: 'personalization' });
    const [found] = await search.search('max_height', undefined);
    expect(found).toMatchObject({ method: 'GET', page: 'List' });
    expect(found?.excerpt.map(({ text }) => text).join('')).toContain('max_height In centimeters.');
    expect(await paths(search, 'humid')).toEqual([found?.path]);
    expect([await paths(search, 'supplier'), await paths(search, 'ledger', ['admin'])]).toEqual([[], []]);
  });

  it('finds pages of the language and the version that the reader is in', async () => {
    const version = (name: string, pages: string[]) => ({ version: name, pages });
    const folder = await folderOf({
      'docs.json': JSON.stringify({
        navigation: {
          languages: [
            {
              language: 'en',
              versions: [version('v2', ['en/new', 'en/both']), version('v1', ['en/old', 'en/both'])],
            },
            { language: 'fr', pages: ['fr/new'] },
          ],
        },
      }),
      ...Object.fromEntries(
        ['en/new', 'en/old', 'en/both', 'fr/new', 'unlisted'].map((path) => [`${path}.mdx`, 'A cactus.']),
      ),
    });
    const search = new DocsSearch({ sites: new SiteReader(folder.path), mode: 'personalization' });
    const from = async (page?: string): Promise<string[]> =>
      (await search.search('cactus', undefined, undefined, page)).map(({ path }) => path).toSorted();
    const all = ['/en/both', '/en/new', '/en/old', '/fr/new'];
    expect(await from('/en/new')).toEqual(['/en/both', '/en/new']);
    expect(await from('/en/old')).toEqual(['/en/both', '/en/old']);
    expect(await from('/fr/new')).toEqual(['/fr/new']);
    expect([await from(), await from('/unlisted'), await from('/nowhere')]).toEqual([all, all, all]);
    await using docs = await startDocsEmulator({
      port: 0,
      directory: folder.path,
      visitors: { anonymous: null },
    });
    const answer = await fetch(`${docs.url}/_emulator/search?query=cactus&page=/fr/new`);
    const { results } = (await answer.json()) as SearchAnswer;
    expect(results.map(({ path }) => path)).toEqual(['/fr/new']);
  });

  it('keeps few indexes, and at most as many results as asked for', async () => {
    const groups = Array.from({ length: 30 }, (_, index) => `group-${index}`);
    const pages = Object.fromEntries(
      groups.map((group) => [`${group}.mdx`, `---\ngroups: [${group}]\n---\nplants of ${group}`]),
    );
    const settings = JSON.stringify({ navigation: { pages: groups } });
    const folder = await folderOf({ ...pages, 'docs.json': settings });
    const search = new DocsSearch({ sites: new SiteReader(folder.path), mode: 'personalization' });
    for (const group of groups) expect(await paths(search, 'plants', [group])).toEqual([`/${group}`]);
    expect(search.indexCount).toBeLessThanOrEqual(20);
    expect(await search.search('plants', { groups }, 7)).toHaveLength(7);
    expect(await search.search('plants', { groups }, 0)).toEqual([]);
    // Searches at the same time share the index.
    const answers = await Promise.all(groups.map(() => paths(search, 'group-3', groups)));
    expect(new Set(answers.map(String)).size).toBe(1);
  });
});
