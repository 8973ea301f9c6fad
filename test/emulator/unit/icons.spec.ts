import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { assert, asyncProperty, oneof, string, webPath } from 'fast-check';
import { startDocsEmulator } from 'mintlify-docs-emulator';
import type { DocsEmulator } from 'mintlify-docs-emulator';
import { answerIcon } from '../../../libs/mintlify-docs-emulator/src/http/icon-endpoint.js';
import { WarningLog } from '../../../libs/mintlify-docs-emulator/src/http/warning-log.js';
import { IconLibrary } from '../../../libs/mintlify-docs-emulator/src/icons/icon-library.js';
import { iconsIn, readIcon } from '../../../libs/mintlify-docs-emulator/src/site/icon-reader.js';
import { checkSite } from '../../../libs/mintlify-docs-emulator/src/site/site-checker.js';
import { propertyRuns } from '../../support/property-runs.support.js';
import { ensureClientBundle } from './client-bundle-helper.js';
import { fetchNavigation } from './navigation-helper.js';
import { makeFolder } from './sample-folder-helper.js';

const icons = new IconLibrary();

describe('the icon library', () => {
  it.each([
    ['an icon of Font Awesome, regular where there is one', { name: 'star' }, /viewBox="0 0 640 640"/],
    ['a solid one', { name: 'rocket', style: 'solid' }, /viewBox="0 0 640 640"/],
    ['a style that is not free', { name: 'rocket', style: 'duotone' }, /viewBox="0 0 640 640"/],
    ['a brand', { name: 'github' }, /viewBox="0 0 640 640"/],
    ['an older name', { name: 'home' }, /viewBox="0 0 640 640"/],
    ['an icon of Lucide', { name: 'settings', library: 'lucide' as const }, /viewBox="0 0 24 24"/],
    ['an older name there', { name: 'home', library: 'lucide' as const }, /viewBox="0 0 24 24"/],
    ['what only the other library has', { name: 'webhook' }, /viewBox="0 0 24 24"/],
    ['a programming language', { name: 'javascript', library: 'language' as const }, /<svg/],
  ])('has %s', async (_, query, svg) => {
    expect(await icons.find(query)).toMatch(svg);
  });

  it('has a star that is not filled, and one that is', async () => {
    expect(await icons.find({ name: 'star' })).not.toBe(await icons.find({ name: 'star', style: 'solid' }));
  });

  it.each(['rokcet', '', 'constructor', '__proto__', '../lucide/home', 'a'.repeat(5_000)])(
    'has no %j',
    async (name) => {
      expect(await icons.find({ name })).toBeUndefined();
    },
  );
});

describe('the paths of icons', () => {
  const ask = async (path: string) => {
    const lines: string[] = [];
    const warnings = new WarningLog((line) => lines.push(line));
    const reply = await answerIcon(path, { icons, warnings });
    await answerIcon(path, { icons, warnings });
    return { status: reply.status, type: reply.type, body: String(reply.body), lines };
  };

  it.each(['v7.1.0/solid/rocket.svg', 'lucide/v0.545.0/rocket.svg', 'devicon/python.svg'])(
    'are those that the components ask for: %s',
    async (path) => {
      const { status, type, body, lines } = await ask(path);
      expect([status, type, lines]).toEqual([200, 'image/svg+xml', []]);
      expect(body).toContain('<path');
    },
  );

  it('give an empty picture for an unknown name, and one warning', async () => {
    const { status, body, lines } = await ask('v7.1.0/regular/rokcet.svg');
    expect(status).toBe(200);
    expect(body).not.toContain('<path');
    expect(lines).toEqual(['The icon "rokcet" is in neither Font Awesome Free nor Lucide. It is not shown.']);
  });

  it('never fail, and give only pictures', async () => {
    await assert(
      asyncProperty(
        oneof(
          string(),
          webPath(),
          string().map((s) => `lucide/x/${s}.svg`),
        ),
        async (path) => {
          const { status, type } = await ask(path);
          return status === 404 || type === 'image/svg+xml';
        },
      ),
      propertyRuns(200),
    );
    expect(await ask('lucide/v1/%E0%A4%A.svg')).toMatchObject({ status: 404 });
  });
});

describe('icons in docs.json', () => {
  it('are names, with a style beside them, or objects', () => {
    expect(readIcon({ icon: 'a', iconType: 'solid' })).toEqual({ icon: 'a', iconType: 'solid' });
    expect(readIcon({ icon: { name: 'a', style: 'thin', library: 'lucide' } })).toEqual({
      icon: 'a',
      iconType: 'thin',
      iconLibrary: 'lucide',
    });
    for (const icon of [undefined, null, '', 7, { name: 7 }, []]) expect(readIcon({ icon })).toEqual({});
  });

  it('are found at any depth, each once', () => {
    expect(iconsIn({ a: [{ icon: 'one', b: { icon: { name: 'two' } } }], c: { icon: 'one' } })).toEqual([
      'one',
      'two',
    ]);
  });
});

describe('a docs folder with icons', () => {
  const cleanups: (() => Promise<unknown>)[] = [];
  beforeAll(ensureClientBundle, 60_000);
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0)) await cleanup();
  });
  const FILES = {
    'docs.json': JSON.stringify({
      name: 'Icons',
      icons: { library: 'lucide' },
      navigation: { groups: [{ group: 'Start', icon: 'book', pages: ['index', 'other'] }] },
      navbar: { links: [{ label: 'x', href: 'https://foo.test', icon: 'nope-navbar' }] },
    }),
    'index.mdx':
      '---\nicon: nope-page\n---\n\n<Card icon="rocket" />\n\n<Tip icon="nope-tip" />\n\n<Icon icon="/a.svg" />',
    'other.mdx': '---\nicon: flag\n---\n<Icon icon="nope-tip" />',
  };

  it('is warned of those that do not exist by --check', async () => {
    const folder = await makeFolder(FILES);
    cleanups.push(() => folder.remove());
    const { report } = await checkSite({
      directory: folder.path,
      mode: 'personalization',
      visitors: [{ name: 'anonymous' }],
    });
    const unknown = (name: string) => expect.stringContaining(`The icon "${name}" is in neither`);
    const { warnings, pages } = report;
    expect(warnings).toEqual([{ file: 'docs.json', message: unknown('nope-navbar') }]);
    expect(pages.map((page) => page.warnings)).toEqual([
      [
        { file: 'index.mdx', line: 1, message: unknown('nope-page') },
        { file: 'index.mdx', line: 7, message: unknown('nope-tip') },
        { file: 'index.mdx', line: 9, message: 'shows "/a.svg", but the folder has no such file.' },
      ],
      [{ file: 'other.mdx', line: 4, message: unknown('nope-tip') }],
    ]);
  });

  it('has them in the navigation; what is wrong with a page is told once, when it is shown', async () => {
    const folder = await makeFolder(FILES);
    cleanups.push(() => folder.remove());
    const lines: string[] = [];
    const emulator: DocsEmulator = await startDocsEmulator({
      port: 0,
      directory: folder.path,
      visitors: { anonymous: null },
      onWarning: (line) => lines.push(line),
    });
    cleanups.push(() => emulator.close());
    const html = await (await fetch(`${emulator.url}/other`)).text();
    const { text } = await fetchNavigation(emulator.url, '/other');
    expect(text).toContain('"title":"Start","icon":"book"');
    expect(text).toContain('"title":"Other","icon":"flag"');
    expect(html).toContain('"iconLibrary":"lucide"');
    for (const name of ['index', 'other', 'index']) {
      expect((await fetch(`${emulator.url}/_emulator/modules/${name}.mdx`)).status).toBe(200);
    }
    expect(lines).toEqual([
      'index.mdx:7: The icon "nope-tip" is in neither Font Awesome Free nor Lucide. It is not shown.',
    ]);
    const icon = await fetch(`${emulator.url}/_emulator/icons/v7.1.0/regular/star.svg`);
    expect(icon.headers.get('content-type')).toBe('image/svg+xml');
    expect(icon.headers.get('cache-control')).toBe('public, max-age=3600');
  });

  it('does not start with an onWarning that is no function', async () => {
    const options = { port: 0, visitors: { anonymous: null }, onWarning: 'log' };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a mistake of a caller without types.
    await expect(startDocsEmulator(options as never)).rejects.toThrow('onWarning must be a function.');
  });
});
