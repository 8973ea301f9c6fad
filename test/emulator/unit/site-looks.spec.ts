import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { startDocsEmulator } from 'mintlify-docs-emulator';
import { filesOf, readLooks } from '../../../libs/mintlify-docs-emulator/src/site/looks-reader.js';
import { isSafeHref, readPath } from '../../../libs/mintlify-docs-emulator/src/site/looks-values.js';
import { SiteReader } from '../../../libs/mintlify-docs-emulator/src/site/site-reader.js';
import { propertyRuns } from '../../support/property-runs.support.js';
import { ensureClientBundle } from './client-bundle-helper.js';
import { makeFolder } from './sample-folder-helper.js';

const cleanups: (() => Promise<unknown>)[] = [];
beforeAll(ensureClientBundle, 60_000);
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

describe('how a site looks', () => {
  it('is read from docs.json', async () => {
    expect(
      await readLooks({
        logo: { light: 'logo/light.svg', dark: '/logo/dark.svg', href: 'https://foo.test' },
        appearance: { default: 'dark', strict: true },
        background: { color: { light: '#fff', dark: 'red' }, decoration: 'grid', image: '/bg.png' },
        fonts: { family: 'Inter', heading: { family: 'Own', weight: 700, source: '/fonts/own.woff2' } },
        banner: { content: 'We **moved** to [here](/new)', type: 'warning', color: '#123456' },
        footer: {
          socials: { x: 'https://x.com/foo', github: 'https://github.com/foo' },
          links: [{ header: 'Legal', items: [{ label: 'Privacy', href: '/privacy' }] }],
        },
        contextual: { options: ['chatgpt', 'view', 'copy', { title: 'own' }] },
      }),
    ).toEqual({
      logo: { light: '/logo/light.svg', dark: '/logo/dark.svg', href: 'https://foo.test' },
      appearance: { default: 'dark', isStrict: true },
      background: {
        color: { light: '#fff' },
        image: { light: '/bg.png', dark: '/bg.png' },
        decoration: 'grid',
      },
      fonts: {
        body: { family: 'Inter' },
        heading: { family: 'Own', weight: 700, source: '/fonts/own.woff2' },
      },
      banner: {
        html: 'We <strong>moved</strong> to <a href="/new">here</a>',
        isDismissible: false,
        type: 'warning',
        color: { light: '#123456', dark: '#123456' },
      },
      footer: {
        socials: [
          { name: 'x', href: 'https://x.com/foo', icon: 'x-twitter' },
          { name: 'github', href: 'https://github.com/foo', icon: 'github' },
        ],
        columns: [{ header: 'Legal', items: [{ label: 'Privacy', href: '/privacy' }] }],
      },
      contextual: ['copy', 'view'],
    });
  });

  const PLAIN = {
    appearance: { default: 'system', isStrict: false },
    background: { color: {} },
    fonts: {},
    contextual: [],
  };

  it.each([
    ['nothing', {}],
    ['values of other kinds', { logo: 7, banner: 'x', footer: [], fonts: 'Inter', background: null }],
    ['links that run scripts', { footer: { socials: { x: 'javascript:alert(1)' } }, logo: 'javascript:x' }],
    ['an empty banner', { banner: { content: ' ' } }],
    [
      'modes and decorations that do not exist',
      { appearance: { default: 'dim' }, background: { decoration: 'x' } },
    ],
  ])('is plain with %s', async (_, settings) => {
    expect(await readLooks(settings)).toEqual(PLAIN);
  });

  it('never has tags or scripts of the banner’s author', async () => {
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '<img src=x onerror=alert(1)>',
        '[a](javascript:alert(1))',
        '<a href="x">',
        '<<b>script>',
        '**b**',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part), async (parts) => {
        const { banner } = await readLooks({ banner: { content: parts.join('') } });
        const html = banner?.html ?? '';
        assert.doesNotMatch(html, /<(?:script|iframe|style|b>)|\son\w+=|(?:href|src)="\s*javascript:/i);
      }),
      propertyRuns(300),
    );
  });

  it('has links and files that lead to hosts or into the folder, and nowhere else', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl(),
          fc.constantFrom('javascript:x', 'data:x', 'a b:c', '\tjavascript:x'),
        ),
        (text) => {
          if (isSafeHref(text)) {
            const { protocol } = URL.parse?.(text, 'https://docs.foo.test') ?? { protocol: 'https:' };
            assert.match(protocol, /^(?:https?|mailto|tel):$/);
          }
          const path = readPath(text);
          if (path !== undefined) assert.match(path, /^(?:https?:\/\/|\/(?!\/))/i);
        },
      ),
      propertyRuns(500),
    );
  });

  it('needs files of the folder', async () => {
    const looks = await readLooks({
      logo: 'a.svg',
      background: { image: 'https://foo.test/b.png' },
      fonts: { family: 'Own', source: 'c.woff2' },
    });
    expect(filesOf(looks)).toEqual(['/a.svg', '/a.svg', '/c.woff2', '/c.woff2']);
  });
});

describe('the links of the header', () => {
  it('are those of navbar, the primary one last; GitHub and Discord need no label', async () => {
    const folder = await makeFolder({
      'docs.json': JSON.stringify({
        name: 'Links',
        navbar: {
          links: [
            { label: 'Blog', href: 'https://foo.test', icon: 'rss' },
            { type: 'discord', href: 'https://discord.gg/foo' },
            { href: 'https://foo.test/no-label' },
            { label: 'Script', href: 'javascript:alert(1)' },
          ],
          primary: { type: 'github', href: 'https://github.com/foo' },
        },
      }),
    });
    cleanups.push(() => folder.remove());
    expect((await new SiteReader(folder.path).read()).navbarLinks).toEqual([
      { label: 'Blog', href: 'https://foo.test', icon: 'rss' },
      { label: 'Discord', href: 'https://discord.gg/foo', icon: 'discord' },
      { label: 'GitHub', href: 'https://github.com/foo', icon: 'github', isPrimary: true },
    ]);
  });
});

describe('how a site with a mint.json looks', () => {
  it('has its footer, its color mode, its icons and its links', async () => {
    const folder = await makeFolder({
      'mint.json': JSON.stringify({
        name: 'Older',
        logo: { light: '/light.svg', dark: '/dark.svg' },
        topbarLinks: [{ type: 'github', url: 'https://github.com/foo' }],
        topbarCtaButton: { name: 'Start', url: 'https://app.foo.test' },
        footerSocials: { x: 'https://x.com/foo' },
        footer: { links: [{ title: 'Legal', links: [{ label: 'Terms', url: 'https://foo.test/terms' }] }] },
        modeToggle: { default: 'dark', isHidden: true },
        iconLibrary: 'lucide',
        navigation: [{ group: 'Start', pages: ['index'] }],
      }),
      'index.mdx': 'x',
    });
    await rm(join(folder.path, 'docs.json'));
    cleanups.push(() => folder.remove());
    const { looks, navbarLinks, iconLibrary } = await new SiteReader(folder.path).read();
    expect(looks).toMatchObject({
      logo: { light: '/light.svg', dark: '/dark.svg' },
      appearance: { default: 'dark', isStrict: true },
      footer: {
        socials: [{ name: 'x', href: 'https://x.com/foo', icon: 'x-twitter' }],
        columns: [{ header: 'Legal', items: [{ label: 'Terms', href: 'https://foo.test/terms' }] }],
      },
    });
    expect(navbarLinks).toEqual([
      { label: 'GitHub', href: 'https://github.com/foo', icon: 'github' },
      { label: 'Start', href: 'https://app.foo.test', isPrimary: true },
    ]);
    expect(iconLibrary).toBe('lucide');
  });

  it('may list its social networks', async () => {
    const folder = await makeFolder({
      'mint.json': JSON.stringify({
        name: 'Older',
        footerSocials: [{ type: 'github', url: 'https://github.com/foo' }],
        navigation: [],
      }),
    });
    await rm(join(folder.path, 'docs.json'));
    cleanups.push(() => folder.remove());
    const { looks } = await new SiteReader(folder.path).read();
    expect(looks.footer?.socials).toEqual([
      { name: 'github', href: 'https://github.com/foo', icon: 'github' },
    ]);
  });
});

describe('the looks of a language', () => {
  it('take the place of those of the site, at any depth, and are left out where they are not valid', async () => {
    const banner = { content: 'Hola' };
    const folder = await makeFolder({
      'docs.json': JSON.stringify({
        navigation: {
          languages: [
            { language: 'en', pages: ['a'], banner: 'no banner', footer: { socials: { x: 'javascript:x' } } },
            { language: 'es', pages: ['b'], banner, navbar: { links: [{ label: 'Ayuda', href: '/ayuda' }] } },
          ],
          products: [
            {
              product: 'P',
              languages: [{ language: 'fr', pages: ['c'], footer: { socials: { x: 'https://x.test' } } }],
            },
          ],
        },
      }),
    });
    cleanups.push(() => folder.remove());
    const { navigation } = await new SiteReader(folder.path).read();
    const [languages, products] = navigation.lists;
    expect(languages?.divisions.map(({ looks }) => looks)).toEqual([
      undefined,
      {
        banner: { html: 'Hola', isDismissible: false, type: 'info' },
        navbarLinks: [{ label: 'Ayuda', href: '/ayuda' }],
      },
    ]);
    expect(products?.divisions[0]?.section.lists[0]?.divisions[0]?.looks).toEqual({
      footer: { socials: [{ name: 'x', href: 'https://x.test', icon: 'x-twitter' }], columns: [] },
    });
  });
});

describe('the Markdown of a page', () => {
  const FILES = {
    'docs.json': JSON.stringify({
      name: 'Source',
      logo: '/logo.svg',
      variables: { product: 'Acme' },
      navigation: { pages: ['index', 'open', 'admin'] },
    }),
    'logo.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'other.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'index.mdx': '---\ntitle: Start\ndescription: Of {{product}}\n---\n\nHello {{product}}.\n',
    'open.mdx': '---\npublic: true\n---\nopen',
    'admin.mdx': '---\ngroups: [admin]\n---\nonly for admins',
  };

  it('has its title, its description and its text', async () => {
    const folder = await makeFolder(FILES);
    cleanups.push(() => folder.remove());
    const emulator = await startDocsEmulator({
      port: 0,
      directory: folder.path,
      visitors: { anonymous: null },
    });
    cleanups.push(() => emulator.close());
    const html = await (await fetch(emulator.url)).text();
    expect(html).toContain('"sourcePath":"/_emulator/sources/index.mdx"');
    const answer = await fetch(`${emulator.url}/_emulator/sources/index.mdx`);
    expect(answer.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
    expect(await answer.text()).toBe('# Start\n\n> Of {{product}}\n\nHello Acme.\n');
    for (const path of ['none.mdx', 'docs.json', '..%2fx.mdx', 'logo.svg']) {
      expect((await fetch(`${emulator.url}/_emulator/sources/${path}`)).status).toBe(404);
    }
  });

  it('is for those who may read the page; the logo is for everyone', async () => {
    const folder = await makeFolder(FILES);
    cleanups.push(() => folder.remove());
    const shared = { port: 0, directory: folder.path, mode: 'authentication' as const };
    const emulator = await startDocsEmulator({
      ...shared,
      publicKeys: [generateKeyPairSync('ed25519').publicKey],
      loginUrl: 'http://localhost:3000/docs-login',
    });
    cleanups.push(() => emulator.close());
    const statusOf = async (path: string, url = emulator.url) => (await fetch(url + path)).status;
    expect(await statusOf('/_emulator/sources/open.mdx')).toBe(200);
    for (const name of ['index', 'admin', 'none']) {
      expect(await statusOf(`/_emulator/sources/${name}.mdx`)).toBe(403);
    }
    expect([await statusOf('/logo.svg'), await statusOf('/other.svg')]).toEqual([200, 403]);

    const viewer = await startDocsEmulator({ ...shared, visitors: { viewer: { groups: ['viewer'] } } });
    cleanups.push(() => viewer.close());
    expect(await statusOf('/_emulator/sources/index.mdx', viewer.url)).toBe(200);
    expect(await statusOf('/_emulator/sources/admin.mdx', viewer.url)).toBe(404);
  });
});
