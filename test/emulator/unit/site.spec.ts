import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  findTrail,
  firstPage,
  listPages,
  neighbors,
  pagesOf,
  visibleNavigation,
} from '../../../libs/mintlify-docs-emulator/src/shared/navigation-filter.js';
import type {
  DivisionList,
  NavigationItem,
  NavigationSection,
} from '../../../libs/mintlify-docs-emulator/src/shared/navigation-types.js';
import { readFrontMatter } from '../../../libs/mintlify-docs-emulator/src/site/front-matter-reader.js';
import type { DocsMode } from '../../../libs/mintlify-docs-emulator/src/shared/docs-mode.js';
import { describeAccess } from '../../../libs/mintlify-docs-emulator/src/site/access-notes.js';
import { canRead } from '../../../libs/mintlify-docs-emulator/src/site/page-access.js';
import { checkSite } from '../../../libs/mintlify-docs-emulator/src/site/site-checker.js';
import { accessOf, SiteReader } from '../../../libs/mintlify-docs-emulator/src/site/site-reader.js';
import { describeWarning } from '../../../libs/mintlify-docs-emulator/src/site/site-warning.js';
import { propertyRuns } from '../../support/property-runs.support.js';
import { makeFolder } from './sample-folder-helper.js';
import type { SampleFolder } from './sample-folder-helper.js';

let folder: SampleFolder | undefined;
afterEach(async () => {
  await folder?.remove();
  folder = undefined;
});
const folderWith = async (files: Record<string, string>): Promise<string> => {
  folder = await makeFolder(files);
  return folder.path;
};

describe('readFrontMatter', () => {
  it('reads title, sidebar title, description, groups and hidden', () => {
    const source = [
      '---',
      'title: Quickstart',
      'sidebarTitle: Start',
      'description: "Five minutes: no more"',
      "groups: ['admin', engineering]",
      'hidden: true',
      'icon: bolt',
      '---',
      '# Hello',
    ].join('\r\n');
    expect(readFrontMatter(source, 'a.mdx')).toEqual({
      title: 'Quickstart',
      sidebarTitle: 'Start',
      description: 'Five minutes: no more',
      icon: { icon: 'bolt' },
      rule: { includes: ['admin', 'engineering'], excludes: [] },
      hidden: true,
      lines: { groups: 5, hidden: 6 },
    });
  });

  it('ignores a horizontal rule further down the page', () => {
    expect(readFrontMatter('# Hello\n\n---\ntitle: no\n---\n', 'a.mdx')).toEqual({});
  });

  it('names the file and the line of invalid YAML', () => {
    expect(() => readFrontMatter('---\ntitle: A\nfoo: [1\n---\n', 'guides/a.mdx')).toThrow(
      /^guides\/a\.mdx:[345]: the front matter is not valid YAML/,
    );
  });

  it.each(['groups: admin', 'groups: [admin, 7]', 'groups: [{include: [admin]}]'])(
    'lets no one in with %s, and warns',
    (line) => {
      const { rule, warnings } = readFrontMatter(`---\n${line}\n---\n`, 'a.mdx');
      expect(rule).toEqual({ includes: [], excludes: [] });
      expect(warnings).toEqual([expect.stringMatching(/^`groups` cannot be read, so no one sees this page/)]);
    },
  );

  it('survives what expands to gigabytes, and what is too long', () => {
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...'bcdefghij'.split('').map((name, index) => {
        const before = 'abcdefghi'[index];
        return `${name}: &${name} [${Array(9).fill(`*${before}`).join(', ')}]`;
      }),
    ].join('\n');
    expect(() => readFrontMatter(`---\n${bomb}\n---\n`, 'a.mdx')).toThrow(
      /^a\.mdx:1: the front matter cannot be read/,
    );
    const long = `---\ntitle: ${'x'.repeat(200_000)}\n---\n`;
    expect(() => readFrontMatter(long, 'a.mdx')).toThrow(
      /^a\.mdx:1: the front matter is over 20000 characters/,
    );
  });
});

describe('the settings', () => {
  it('reads the name, the colors, the links and the icon', async () => {
    const settings = {
      name: 'Acme',
      colors: { primary: '#4338ca', light: 'url(evil)' },
      favicon: 'icon.svg',
      navbar: { links: [{ label: 'Blog', href: '/blog' }, { label: 'half' }] },
    };
    const path = await folderWith({ 'docs.json': JSON.stringify(settings) });
    expect(await new SiteReader(path).read()).toMatchObject({
      name: 'Acme',
      colors: { primary: '#4338ca', light: '#4338ca' },
      favicon: '/icon.svg',
      navbarLinks: [{ label: 'Blog', href: '/blog' }],
    });
  });

  it('says what is wrong with docs.json', async () => {
    const path = await folderWith({ 'docs.json': '{"name":' });
    await expect(new SiteReader(path).read()).rejects.toThrow(/^docs\.json:?\d*: not valid JSON/);
    await expect(new SiteReader(`${path}/none`).read()).rejects.toThrow(
      /docs\.json: cannot be read\. `directory` must be/,
    );
  });
});

const readNavigation = async (files: Record<string, string>, navigation: unknown, root: object = {}) =>
  (await readFolder({ ...files, 'docs.json': JSON.stringify({ name: 'Test', navigation, ...root }) })).site;
const readFolder = async (files: Record<string, string>) => {
  const reader = new SiteReader(await folderWith(files));
  return { reader, site: await reader.read() };
};
const pathsOf = (section: NavigationSection) => listPages(section).map(({ path }) => path);

describe('the navigation', () => {
  const pages = {
    'index.mdx': '---\ntitle: Home\n---\n',
    'guides/start.mdx': '---\ntitle: Getting started\nsidebarTitle: Start\n---\n',
    'admin.mdx': '---\ntitle: Administration\ngroups: ["admin"]\n---\n',
    'ops.mdx': '---\ntitle: Operations\ngroups: ["admin", "engineering"]\n---\n',
    'secret.mdx': '---\ntitle: Secret\nhidden: true\n---\n',
    'broken.mdx': '---\ntitle: [\n---\n',
  };

  it('reads titles and groups from the pages, also in nested groups', async () => {
    const { navigation } = await readNavigation(pages, {
      groups: [{ group: 'Start', pages: ['index', { group: 'Guides', pages: ['guides/start', 'admin'] }] }],
    });
    expect(navigation).toEqual({
      lists: [],
      items: [
        {
          kind: 'group',
          title: 'Start',
          items: [
            { kind: 'page', path: '/index', title: 'Home' },
            {
              kind: 'group',
              title: 'Guides',
              items: [
                { kind: 'page', path: '/guides/start', title: 'Start' },
                {
                  kind: 'page',
                  path: '/admin',
                  title: 'Administration',
                  rules: [{ includes: ['admin'], excludes: [] }],
                },
              ],
            },
          ],
        },
      ],
    });
  });

  it('lists missing and invalid pages, but no hidden ones', async () => {
    const { navigation } = await readNavigation(pages, {
      pages: ['broken', 'not-there', 'secret', '../../etc/passwd'],
    });
    expect(listPages(navigation).map(({ title }) => title)).toEqual(['Broken', 'Not there', 'Passwd']);
    expect(firstPage(navigation)?.path).toBe('/broken');
  });

  it.each([
    null,
    'pages',
    7,
    [],
    { pages: 'index' },
    { tabs: 'x' },
    { tabs: [null, 1] },
    { groups: [[], 2] },
  ])('lists nothing for %j, and starts', async (navigation) => {
    const site = await readNavigation(pages, navigation);
    expect(pathsOf(site.navigation)).toEqual([]);
  });

  it('shows a page with groups to a visitor in one of them, and drops empty groups and tabs', async () => {
    const { navigation } = await readNavigation(pages, {
      tabs: [
        { tab: 'Docs', pages: ['index', 'ops'] },
        { tab: 'Team', groups: [{ group: 'Admins', pages: ['admin'] }] },
      ],
    });
    const seen = (groups?: string[]) =>
      visibleNavigation(navigation, groups).lists.flatMap(({ divisions }) =>
        divisions.map(({ section }) => pathsOf(section)),
      );
    expect(seen()).toEqual([['/index']]);
    expect(seen(['viewer'])).toEqual([['/index']]);
    expect(seen(['engineering'])).toEqual([['/index', '/ops']]);
    expect(seen(['admin'])).toEqual([['/index', '/ops'], ['/admin']]);
  });

  it('holds the groups of nodes against all that is inside them, with those of the page', async () => {
    const { navigation } = await readNavigation(pages, {
      tabs: [
        { tab: 'Plain', pages: ['index'] },
        { tab: 'Gated', groups: ['paid'], pages: ['guides/start', 'admin'] },
        { tab: 'Inside', groups: [{ group: 'Staff', groups: ['paid'], pages: ['ops'] }] },
        { tab: 'No one', groups: [], pages: ['guides/start'] },
        { tab: 'Unreadable', groups: 'paid', pages: ['guides/start'] },
      ],
    });
    const seen = (groups?: string[]) => pathsOf(visibleNavigation(navigation, groups));
    expect(seen()).toEqual(['/index']);
    expect(seen(['admin'])).toEqual(['/index']);
    expect(seen(['paid'])).toEqual(['/index', '/guides/start']);
    expect(seen(['paid', 'admin'])).toEqual(['/index', '/guides/start', '/admin', '/ops']);
  });

  it('leaves out what is in a hidden node, at any level', async () => {
    const { navigation, places } = await readNavigation(pages, {
      languages: [
        { language: 'en', hidden: true, pages: ['index'] },
        {
          language: 'fr',
          tabs: [
            {
              tab: 'A',
              groups: [
                { group: 'B', hidden: true, pages: ['ops'] },
                { group: 'C', pages: ['admin'] },
              ],
            },
          ],
        },
      ],
    });
    expect(pathsOf(navigation)).toEqual(['/admin']);
    expect([...places.keys()].toSorted()).toEqual(['admin.mdx', 'index.mdx', 'ops.mdx']);
  });

  const DIVISIONS = ['languages', 'versions', 'products', 'tabs', 'dropdowns', 'anchors', 'menu'] as const;
  const KINDS = {
    languages: 'language',
    versions: 'version',
    products: 'product',
    tabs: 'tab',
    dropdowns: 'dropdown',
    anchors: 'anchor',
    menu: 'item',
  } as const;

  it.each(DIVISIONS)('takes %s inside and around every other division', async (outer) => {
    for (const inner of DIVISIONS) {
      const { navigation, warnings } = await readNavigation(pages, {
        [outer]: [
          {
            [KINDS[outer]]: 'One',
            [inner]: [{ [KINDS[inner]]: 'Deep', groups: [{ group: 'G', pages: ['ops'] }] }],
          },
          { [KINDS[outer]]: 'Two', pages: ['guides/start'] },
        ],
      });
      expect(warnings).toEqual([]);
      expect(pathsOf(navigation)).toEqual(['/ops', '/guides/start']);
      const trail = findTrail(navigation, '/ops');
      expect(trail.open.map(({ title }) => title)).toEqual(['One', 'Deep']);
      expect(trail.lists.map(({ kind }) => kind)).toEqual([KINDS[outer], KINDS[inner]]);
      expect(pagesOf(trail.items).map(({ path }) => path)).toEqual(['/ops']);
    }
  });

  it('takes links, root pages, folders, global anchors, tags and expanded groups', async () => {
    const { navigation, warnings } = await readNavigation(
      {
        ...pages,
        'auto/b.mdx': 'b',
        'auto/a.mdx': 'a',
        'auto/more/c.md': 'c',
        'out.mdx': '---\ntitle: Out\nurl: https://foo.test\n---',
      },
      {
        global: { anchors: [{ anchor: 'Status', href: 'https://status.foo.test' }] },
        groups: [
          { group: 'Rooted', root: 'index', pages: ['guides/start'], tag: 'NEW', expanded: false },
          { group: 'Auto', directory: 'auto', pages: [] },
          { group: 'Cards', directory: 'card', pages: ['out'] },
        ],
      },
    );
    expect(warnings).toEqual([]);
    expect(pathsOf(navigation)).toEqual(['/index', '/guides/start', '/auto/a', '/auto/b', '/auto/more/c']);
    expect(navigation.items[0]).toMatchObject({ tag: 'NEW', isExpanded: false });
    expect(navigation.items[2]).toMatchObject({
      items: [{ kind: 'link', title: 'Out', href: 'https://foo.test' }],
    });
    expect(navigation.lists).toMatchObject([
      { kind: 'anchor', divisions: [{ title: 'Status', href: 'https://status.foo.test' }] },
    ]);
  });

  it('has a page for a spec that does not exist, and a place for GraphQL operations', async () => {
    const { navigation, warnings } = await readNavigation(pages, {
      tabs: [
        { tab: 'API', openapi: 'openapi.json' },
        { tab: 'More', groups: [{ group: 'E', pages: ['GET /plants', 'query plants', 'index'] }] },
      ],
    });
    expect(warnings).toEqual([]);
    expect(navigation.lists[0]?.divisions.map(({ section }) => section.items)).toMatchObject([
      [
        {
          kind: 'group',
          items: [{ kind: 'page', path: '/api-reference/openapijson', title: 'openapi.json' }],
        },
      ],
      [
        {
          items: [
            { kind: 'page', path: '/api-reference/get-plants' },
            { kind: 'operations', title: 'query plants' },
            { path: '/index' },
          ],
        },
      ],
    ]);
  });

  it('names what it does not know once, with its place, and loses no page', async () => {
    const { navigation, warnings } = await readNavigation(pages, {
      tabs: [{ tab: 'A', colour: 'red', groups: [{ group: 'B', pages: ['index', 7, { pages: ['ops'] }] }] }],
    });
    expect(pathsOf(navigation)).toEqual(['/index', '/ops']);
    expect(warnings.map(({ file, message }) => `${file} ${message}`)).toEqual([
      'docs.json navigation.tabs[0].colour is not known. It is left out.',
      'docs.json navigation.tabs[0].groups[0].pages[1] must be the path of a page or a group. It is left out.',
      'docs.json navigation.tabs[0].groups[0].pages[2] has no `group`, its name.',
    ]);
  });

  it('starts with the first page of the tree that the visitor may see; the default language comes first', async () => {
    const { navigation } = await readNavigation(pages, {
      languages: [
        { language: 'fr', pages: ['guides/start'] },
        { language: 'en', default: true, groups: [{ group: 'A', pages: ['not-there', 'admin', 'index'] }] },
      ],
    });
    expect(firstPage(visibleNavigation(navigation, undefined))?.path).toBe('/index');
    expect(firstPage(visibleNavigation(navigation, ['admin']))?.path).toBe('/admin');
    expect(firstPage({ items: [], lists: [] })).toBeUndefined();
  });

  it('lists every page of any tree in the sidebar of its division', () => {
    const leaf = fc
      .nat({ max: 30 })
      .map((number): NavigationItem => ({ kind: 'page', path: `/p${number}`, title: 'P' }));
    const { section } = fc.letrec<{ section: NavigationSection }>((tie) => ({
      section: fc.record({
        items: fc.array(
          fc.oneof(
            leaf,
            fc.array(leaf).map((items): NavigationItem => ({ kind: 'group', title: 'G', items })),
          ),
          { maxLength: 4 },
        ),
        lists: fc.oneof(
          { depthSize: 'small' },
          fc.constant<DivisionList[]>([]),
          fc.array(
            fc.record({
              kind: fc.constantFrom('tab' as const, 'language' as const, 'anchor' as const),
              divisions: fc.array(fc.record({ title: fc.string(), section: tie('section') }), {
                maxLength: 3,
              }),
            }),
            { maxLength: 2 },
          ),
        ),
      }),
    }));
    fc.assert(
      fc.property(section, (tree) => {
        for (const { path } of listPages(tree)) {
          assert.ok(pagesOf(findTrail(tree, path).items).some((page) => page.path === path));
        }
      }),
      propertyRuns(300),
    );
  });
});

describe('$ref in docs.json', () => {
  it('takes the file in its place, with the keys beside it', async () => {
    const { site } = await readFolder({
      'a.mdx': 'a',
      'docs.json': '{"name":"T","navigation":{"tabs":[{"tab":"Own","$ref":"./nav/tab.json"}]}}',
      'nav/tab.json': '{"tab":"Theirs","groups":[{"$ref":"more/group.json"}]}',
      'nav/more/group.json': '{"group":"G","pages":["a"]}',
    });
    expect(site.warnings).toEqual([]);
    expect(site.navigation.lists[0]?.divisions[0]?.title).toBe('Own');
    expect(pathsOf(site.navigation)).toEqual(['/a']);
  });

  it.each([
    [
      'is missing',
      './none.json',
      /docs\.json: \$ref "\.\/none\.json" cannot be followed: there is no file none\.json/,
    ],
    ['leads outside', '../../etc/passwd.json', /docs\.json: .*there is no file/],
    ['is no JSON', 'bad.json', /docs\.json: .*bad\.json:2: not valid JSON/],
    ['leads back', 'loop.json', /loop\.json: .*it leads back to loop\.json/],
  ])('that %s is a warning, and the other pages stay', async (_, reference, message) => {
    const { site } = await readFolder({
      'a.mdx': 'a',
      'bad.json': '{\n"a": x}',
      'loop.json': '{"tab":"Loop","groups":[{"$ref":"loop.json"}]}',
      'docs.json': JSON.stringify({
        navigation: { tabs: [{ $ref: reference }, { tab: 'A', pages: ['a'] }] },
      }),
    });
    expect(pathsOf(site.navigation)).toEqual(['/a']);
    expect(site.warnings.map(describeWarning)[0]).toMatch(message);
  });

  it('lets no one in where groups should have come from a file that is missing', async () => {
    const { site } = await readFolder({
      'a.mdx': 'a',
      'docs.json': '{"navigation":{"tabs":[{"tab":"A","groups":{"$ref":"none.json"},"pages":["a"]}]}}',
    });
    expect(pathsOf(visibleNavigation(site.navigation, ['admin']))).toEqual([]);
  });
});

describe('mint.json', () => {
  it('is converted: tabs and anchors own the pages of their URL', async () => {
    const { site } = await readFolderWithout({
      'mint.json': JSON.stringify({
        name: 'Old',
        topAnchor: { name: 'Guides' },
        anchors: [
          { name: 'API', url: 'api' },
          { name: 'Chat', url: 'https://chat.foo.test' },
        ],
        tabs: [{ name: 'SDK', url: 'sdk' }],
        topbarLinks: [{ name: 'Support', url: 'https://foo.test' }],
        navigation: [
          { group: 'Start', pages: ['intro', { group: 'Deep', pages: ['deep/a', 'api/b'] }] },
          { group: 'SDK', pages: ['sdk/c'] },
        ],
      }),
    });
    expect(site.file).toBe('mint.json');
    expect(site.navbarLinks).toEqual([{ label: 'Support', href: 'https://foo.test' }]);
    const open = (path: string) => findTrail(site.navigation, path).open.map(({ title }) => title);
    expect(open('/intro')).toEqual(['Documentation', 'Guides']);
    expect(open('/deep/a')).toEqual(['Documentation', 'Guides']);
    expect(open('/api/b')).toEqual(['Documentation', 'API']);
    expect(open('/sdk/c')).toEqual(['SDK']);
  });

  it('keeps the pages of each version, and those without one in all', async () => {
    const { site } = await readFolderWithout({
      'mint.json': JSON.stringify({
        versions: ['v2', { name: 'v1' }],
        navigation: [
          { group: 'New', version: 'v2', pages: ['new'] },
          { group: 'Old', version: 'v1', pages: ['old'] },
          { group: 'Both', pages: ['both'] },
        ],
      }),
    });
    const [list] = site.navigation.lists;
    expect(list?.divisions.map(({ title, section }) => [title, pathsOf(section)])).toEqual([
      ['v2', ['/new', '/both']],
      ['v1', ['/old', '/both']],
    ]);
  });

  const readFolderWithout = async (files: Record<string, string>) => {
    const path = await folderWith(files);
    await rm(join(path, 'docs.json'));
    return { site: await new SiteReader(path).read() };
  };
});

describe('SiteReader', () => {
  it('reads again what changed, and only then', async () => {
    const { reader, site } = await readFolder({ 'index.mdx': '---\ntitle: One\n---' });
    expect(await reader.read()).toBe(site);
    await writeFile(join(reader.directory, 'index.mdx'), '---\ntitle: Changed\n---');
    const again = await reader.read();
    expect(listPages(again.navigation)[0]?.title).toBe('Changed');
    await rm(join(reader.directory, 'index.mdx'));
    expect(listPages((await reader.read()).navigation)[0]?.isMissing).toBe(true);
    await writeFile(join(reader.directory, 'index.mdx'), '---\ntitle: Back\n---');
    expect(listPages((await reader.read()).navigation)[0]?.title).toBe('Back');
  });
});

describe('who sees a page, as text', () => {
  it.each<[DocsMode, string, string[]]>([
    ['personalization', 'plain', ['everyone (plain.mdx)']],
    ['personalization', 'both', ['visitors in admin (both.mdx:3)', 'visitors in paid (docs.json:1)']],
    ['personalization', 'loose', ['not in the navigation (docs.json)']],
    ['personalization', 'hid', ['hidden: in no sidebar (hid.mdx:2)']],
    ['authentication', 'plain', ['public: no login needed, unless groups ask for one (docs.json:1)']],
    ['authentication', 'closed', ['not public: only after a login (closed.mdx:2)']],
  ])('%s: %s', async (mode, name, expected) => {
    const { reader, site } = await readFolder({
      'docs.json': JSON.stringify({
        public: true,
        navigation: {
          tabs: [
            { tab: 'A', pages: ['plain', 'hid', 'closed'] },
            { tab: 'B', groups: ['paid'], pages: ['both'] },
          ],
        },
      }),
      'plain.mdx': 'a',
      'both.mdx': '---\ntitle: Both\ngroups: [admin]\n---',
      'hid.mdx': '---\nhidden: true\n---',
      'closed.mdx': '---\npublic: false\n---',
      'loose.mdx': 'a',
    });
    const found = await reader.findPage(`/${name}`);
    const notes = found ? await describeAccess(site, found.page, mode) : [];
    expect(notes.map(({ text, place }) => `${text} (${place})`)).toEqual(expected);
  });
});

describe('rules of navigation nodes', () => {
  const FILES = {
    'docs.json': [
      '{',
      '  "public": false,',
      '  "navigation": {',
      '    "tabs": [',
      '      { "tab": "A", "pages": ["a"], "what": 1,',
      '        "groups": ["paid"] },',
      '      { "tab": "B",',
      '        "public": true,',
      '        "$ref": "./config/b.json" }',
      '    ]',
      '  }',
      '}',
    ].join('\n'),
    'config/b.json':
      '{\n  "groups": [\n    { "$ref": "group.json" },\n    {\n      "group": "Two",\n      "hidden": true,\n      "pages": ["c", "gone"]\n    }\n  ]\n}',
    'config/group.json':
      '{\n  "group": "One",\n  "odd": true,\n  "groups":\n    ["staff"],\n  "pages": ["b", "lost"]\n}',
    'a.mdx': 'a',
    'b.mdx': 'b',
    'c.mdx': 'c',
  };

  it.each<[string, string[]]>([
    ['a', ['visitors in paid (docs.json:6)', 'not public: only after a login (docs.json:2)']],
    [
      'b',
      [
        'visitors in staff (config/group.json:5)',
        'public: no login needed, unless groups ask for one (docs.json:8)',
      ],
    ],
    [
      'c',
      [
        'public: no login needed, unless groups ask for one (docs.json:8)',
        'hidden: in no sidebar (config/b.json:6)',
      ],
    ],
  ])('are named with file and line, through each $ref: %s', async (name, expected) => {
    const { reader, site } = await readFolder(FILES);
    const found = await reader.findPage(`/${name}`);
    const notes = found ? await describeAccess(site, found.page, 'authentication') : [];
    expect(notes.map(({ text, place }) => `${text} (${place})`)).toEqual(expected);
  });

  it('and what is not known or missing in them has its file and line', async () => {
    const { site } = await readFolder(FILES);
    expect(site.warnings.map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual([
      'docs.json:5 navigation.tabs[0].what is not known. It is left out.',
      'config/group.json:3 navigation.tabs[1].groups[0].odd is not known. It is left out.',
    ]);
    const { broken } = await checkSite({
      directory: folder?.path ?? '',
      mode: 'personalization',
      visitors: [{ name: 'anonymous' }],
    });
    expect(broken).toEqual([
      {
        file: 'config/group.json',
        line: 6,
        message: 'the navigation lists /lost, but the folder has no such page.',
      },
    ]);
  });
});

async function largeSite(now: () => number) {
  const pages = Array.from({ length: 301 }, (_, index) => `p${index}`);
  const path = await folderWith({ 'docs.json': JSON.stringify({ navigation: { pages } }), 'p0.mdx': 'a' });
  const reader = new SiteReader(path, now);
  return { path, reader, title: async () => listPages((await reader.read()).navigation)[0]?.title };
}

describe('SiteReader of a large site', () => {
  it('looks for changes once in a while', async () => {
    let nowMs = 0;
    const { path, title } = await largeSite(() => nowMs);
    expect(await title()).toBe('P0');
    await writeFile(join(path, 'p0.mdx'), '---\ntitle: Changed\n---');
    nowMs = 899;
    expect(await title()).toBe('P0');
    nowMs = 900;
    expect(await title()).toBe('Changed');
  });
});

describe('SiteReader of a large site that is watched', () => {
  it('looks for changes after each notice of the watcher, and every ten seconds without one', async () => {
    let nowMs = 0;
    const { path, reader, title } = await largeSite(() => nowMs);
    const rename = (to: string) => writeFile(join(path, 'p0.mdx'), `---\ntitle: ${to}\n---`);
    expect(await title()).toBe('P0');
    // What changed before the watcher was ready.
    await rename('Before');
    reader.trustWatcher(true);
    expect(await title()).toBe('Before');
    await rename('Told of');
    nowMs = 9_000;
    expect(await title()).toBe('Before');
    reader.expire();
    expect(await title()).toBe('Told of');
    await rename('Missed by the watcher');
    nowMs = 19_000;
    expect(await title()).toBe('Missed by the watcher');
    reader.trustWatcher(false);
    await title();
    await rename('After the watcher failed');
    nowMs = 19_900;
    expect(await title()).toBe('After the watcher failed');
  });
});

describe('who may read a page of private docs', () => {
  const FILES = {
    'docs.json': JSON.stringify({
      name: 'Auth',
      public: true,
      navigation: {
        groups: [
          {
            group: 'Open',
            public: true,
            pages: ['a', { group: 'Closed', public: false, pages: ['b', 'own'] }],
          },
          { group: 'Rest', pages: ['c', 'd', 'e', 'f', 'g', 'not', 'odd'] },
          { group: 'Gated', groups: ['admin'], pages: ['gated'] },
        ],
      },
    }),
    'a.mdx': 'a',
    'b.mdx': 'b',
    'c.mdx': 'c',
    'd.mdx': '---\ngroups: []\n---',
    'e.mdx': '---\ngroups: ["*"]\n---',
    'f.mdx': '---\ngroups: [{includes: ["admin"]}]\n---',
    'g.mdx': '---\ngroups: admin\n---',
    'not.mdx': '---\npublic: false\n---',
    'odd.mdx': '---\npublic: "yes"\n---',
    'own.mdx': '---\npublic: true\n---',
    'gated.mdx': 'gated',
    'elsewhere.mdx': 'not in the navigation',
    'broken.mdx': '---\ntitle: [\n---',
    'both.mdx': '---\npublic: true\ngroups: [{excludes: ["trial"]}]\n---',
  };

  it.each<[string, string[]]>([
    ['a', ['anonymous', 'member', 'admin', 'trial']],
    ['b', ['member', 'admin', 'trial']],
    ['c', ['anonymous', 'member', 'admin', 'trial']],
    ['d', []],
    ['e', ['member', 'admin', 'trial']],
    ['f', ['admin']],
    ['g', []],
    ['not', ['member', 'admin', 'trial']],
    ['odd', ['member', 'admin', 'trial']],
    ['own', ['anonymous', 'member', 'admin', 'trial']],
    ['gated', ['admin']],
    ['elsewhere', ['anonymous', 'member', 'admin', 'trial']],
    ['broken', ['member', 'admin', 'trial']],
    ['both', ['member', 'admin']],
  ])('%s: %j', async (name, readers) => {
    const { reader, site } = await readFolder(FILES);
    const found = await reader.findPage(`/${name}`);
    const visitors = {
      anonymous: undefined,
      member: {},
      admin: { groups: ['admin'] },
      trial: { groups: ['trial'] },
    };
    const seen = Object.entries(visitors).filter(
      ([, visitor]) => found && canRead(accessOf(site, found.page), visitor),
    );
    expect(seen.map(([visitor]) => visitor)).toEqual(readers);
  });
});

describe('neighbors', () => {
  const page = (path: string) => ({ kind: 'page' as const, path, title: path, groups: [] });
  const pages = ['/a', '/b', '/c'].map(page);

  it('returns the previous and next page', () => {
    expect(neighbors(pages, '/b')).toEqual({ previous: pages[0], next: pages[2] });
    expect(neighbors(pages, '/a')).toEqual({ previous: undefined, next: pages[1] });
  });

  it('returns nothing for a page that is not listed', () => {
    expect(neighbors(pages, '/x')).toEqual({});
  });
});
