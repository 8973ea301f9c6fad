import { afterEach, describe, expect, it } from '@jest/globals';
import {
  listPages,
  neighbours,
  visibleNavigation,
} from '../../../libs/mintlify-docs-emulator/src/shared/navigation.filter.js';
import { readFrontMatter } from '../../../libs/mintlify-docs-emulator/src/site/front-matter.reader.js';
import {
  buildNavigation,
  frontPage,
} from '../../../libs/mintlify-docs-emulator/src/site/navigation.builder.js';
import { readSite } from '../../../libs/mintlify-docs-emulator/src/site/site.reader.js';
import { makeFolder } from './sample-folder.helper.js';
import type { SampleFolder } from './sample-folder.helper.js';

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
      groups: ['admin', 'engineering'],
      hidden: true,
    });
  });

  it('finds none in a page that only has a rule further down', () => {
    expect(readFrontMatter('# Hello\n\n---\ntitle: no\n---\n', 'a.mdx')).toEqual({});
  });

  it('names the file and the line of YAML that cannot be read', () => {
    expect(() => readFrontMatter('---\ntitle: A\nfoo: [1\n---\n', 'guides/a.mdx')).toThrow(
      /^guides\/a\.mdx:[345]: the front matter is not valid YAML/,
    );
  });

  it('refuses groups that are no list', () => {
    expect(() => readFrontMatter('---\ngroups: admin\n---\n', 'a.mdx')).toThrow(
      /a\.mdx.*groups must be a list of strings/,
    );
  });
});

describe('readSite', () => {
  it('reads the name, the colours, the links and the icon', async () => {
    const settings = {
      name: 'Acme',
      colors: { primary: '#4338ca', light: 'url(evil)' },
      favicon: 'icon.svg',
      navbar: { links: [{ label: 'Blog', href: '/blog' }, { label: 'half' }] },
    };
    const path = await folderWith({ 'docs.json': JSON.stringify(settings) });
    expect(await readSite(path)).toMatchObject({
      name: 'Acme',
      colors: { primary: '#4338ca', light: '#4338ca' },
      favicon: '/icon.svg',
      navbarLinks: [{ label: 'Blog', href: '/blog' }],
    });
  });

  it('says what is wrong with docs.json', async () => {
    const path = await folderWith({ 'docs.json': '{"name":' });
    await expect(readSite(path)).rejects.toThrow(/^docs\.json: not valid JSON/);
    await expect(readSite(`${path}/none`)).rejects.toThrow(/docs\.json: cannot be read: `directory` must be/);
  });
});

describe('buildNavigation', () => {
  const pages = {
    'index.mdx': '---\ntitle: Home\n---\n',
    'guides/start.mdx': '---\ntitle: Getting started\nsidebarTitle: Start\n---\n',
    'admin.mdx': '---\ntitle: Administration\ngroups: ["admin"]\n---\n',
    'ops.mdx': '---\ntitle: Operations\ngroups: ["admin", "engineering"]\n---\n',
    'secret.mdx': '---\ntitle: Secret\nhidden: true\n---\n',
    'broken.mdx': '---\ntitle: [\n---\n',
  };

  it('takes titles and groups from the pages, also in nested groups', async () => {
    const path = await folderWith(pages);
    const navigation = await buildNavigation(path, {
      groups: [{ group: 'Start', pages: ['index', { group: 'Guides', pages: ['guides/start', 'admin'] }] }],
    });
    expect(navigation).toEqual([
      {
        items: [
          {
            kind: 'group',
            title: 'Start',
            items: [
              { kind: 'page', path: '/index', title: 'Home', groups: [] },
              {
                kind: 'group',
                title: 'Guides',
                items: [
                  { kind: 'page', path: '/guides/start', title: 'Start', groups: [] },
                  { kind: 'page', path: '/admin', title: 'Administration', groups: ['admin'] },
                ],
              },
            ],
          },
        ],
      },
    ]);
  });

  it('makes tabs of tabs', async () => {
    const path = await folderWith(pages);
    const navigation = await buildNavigation(path, {
      tabs: [
        { tab: 'Guides', groups: [{ group: 'All', pages: ['guides/start'] }] },
        { tab: 'Reference', pages: ['ops'] },
      ],
    });
    expect(navigation.map(({ title }) => title)).toEqual(['Guides', 'Reference']);
    expect(listPages(navigation[1]?.items ?? []).map(({ path }) => path)).toEqual(['/ops']);
  });

  it('lists a page that is missing or broken under its name, and a hidden one not at all', async () => {
    const path = await folderWith(pages);
    const [tab] = await buildNavigation(path, {
      pages: ['broken', 'not-there', 'secret', '../../etc/passwd'],
    });
    expect(listPages(tab?.items ?? []).map(({ title }) => title)).toEqual(['Broken', 'Not there', 'Passwd']);
  });

  it.each([undefined, null, 'pages', 7, [], { pages: 'index' }])(
    'lists nothing for %j',
    async (navigation) => {
      const path = await folderWith(pages);
      const tabs = await buildNavigation(path, navigation);
      expect(tabs.flatMap(({ items }) => items)).toEqual([]);
    },
  );

  it('shows a page with groups to a visitor in one of them, and drops empty groups and tabs', async () => {
    const path = await folderWith(pages);
    const navigation = await buildNavigation(path, {
      tabs: [
        { tab: 'Docs', pages: ['index', 'ops'] },
        { tab: 'Team', groups: [{ group: 'Admins', pages: ['admin'] }] },
      ],
    });
    const seen = (groups: string[]) =>
      visibleNavigation(navigation, groups).map(({ items }) => listPages(items).map((page) => page.path));
    expect(seen([])).toEqual([['/index']]);
    expect(seen(['viewer'])).toEqual([['/index']]);
    expect(seen(['engineering'])).toEqual([['/index', '/ops']]);
    expect(seen(['admin'])).toEqual([['/index', '/ops'], ['/admin']]);
  });

  it('has the first page that everybody sees as the front page', async () => {
    const path = await folderWith(pages);
    expect(frontPage(await buildNavigation(path, { pages: ['admin', 'guides/start'] }))?.path).toBe(
      '/guides/start',
    );
    expect(frontPage(await buildNavigation(path, { pages: ['admin'] }))?.path).toBe('/admin');
    expect(frontPage([])).toBeUndefined();
  });
});

describe('neighbours', () => {
  const page = (path: string) => ({ kind: 'page' as const, path, title: path, groups: [] });
  const pages = ['/a', '/b', '/c'].map(page);

  it('names the pages before and after', () => {
    expect(neighbours(pages, '/b')).toEqual({ previous: pages[0], next: pages[2] });
    expect(neighbours(pages, '/a')).toEqual({ previous: undefined, next: pages[1] });
  });

  it('names none for a page that is not listed', () => {
    expect(neighbours(pages, '/x')).toEqual({});
  });
});
