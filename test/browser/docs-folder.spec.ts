import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startDocsEmulator } from 'mintlify-docs-emulator';
import type { DocsEmulator } from 'mintlify-docs-emulator';
import type { Browser, Page } from 'playwright-core';
import { makeFolder } from '../emulator/unit/sample-folder-helper.js';
import type { SampleFolder } from '../emulator/unit/sample-folder-helper.js';
import { becomes } from '../support/becomes.support.js';
import { BROWSER_TIMEOUT_MS, launchChromium } from '../support/chromium.support.js';

const FILES = {
  'docs.json': JSON.stringify({
    name: 'Sink',
    variables: { product: 'Acme' },
    navigation: {
      global: { anchors: [{ anchor: 'Status', href: 'https://status.foo.test' }] },
      languages: [
        {
          language: 'en',
          tabs: [
            {
              tab: 'Guides',
              groups: [
                {
                  group: 'Start',
                  pages: ['intro', 'parts', { group: 'More', expanded: false, pages: ['deep'] }, 'admin'],
                },
              ],
            },
            {
              tab: 'API',
              openapi: 'openapi.json',
              groups: [{ group: 'Plants', pages: ['GET /plants', 'operation'] }],
            },
            {
              tab: 'Menu',
              menu: [
                { item: 'One', pages: ['one'] },
                { item: 'Two', pages: ['two'] },
              ],
            },
            {
              tab: 'Choices',
              dropdowns: [
                { dropdown: 'Left', pages: ['left'] },
                { dropdown: 'Right', pages: ['right'] },
              ],
            },
          ],
        },
        {
          language: 'fr',
          banner: { content: 'Bonjour **tous**' },
          footer: { socials: { github: 'https://github.com/fr' } },
          navbar: { links: [{ label: 'Aide', href: '/aide' }] },
          pages: ['bonjour'],
        },
      ],
    },
  }),
  'intro.mdx':
    '---\ntitle: Intro\n---\nWelcome to {{product}}, {user.firstName ?? "visitor"}.\n\n## Steps {#the-steps}\n\nOne.\n\n## More\n',
  'parts.mdx': [
    '---\ntitle: Parts\n---',
    "import { Counter } from '/snippets/counter.jsx'",
    "import Shared from './snippets/shared.mdx'",
    "import Nope from '/snippets/nope.mdx'",
    '',
    'Before <Shared word="shared" />',
    '',
    '<Counter />',
    '',
    '<Nope />',
    '',
    '<Strange>children of the unknown</Strange>',
    '',
    'After',
  ].join('\n'),
  'snippets/counter.jsx':
    'export const Counter = () => { const [n, setN] = useState(0); return <Note><button onClick={() => setN(n + 1)}>count {n}</button></Note>; };',
  'snippets/shared.mdx': 'is {word}',
  'deep.mdx': 'Deep',
  'admin.mdx': '---\ntitle: Admins\ngroups: [admin]\n---\nFor admins',
  'components.mdx': [
    '---\ntitle: Components\n---',
    '<Update label="2026-01" tags={["API"]}>New thing</Update>',
    '<Callout icon="star" color="#ff0000">A callout</Callout>',
    '<Badge>beta</Badge>',
    '<Tree><Tree.Folder name="folder" defaultOpen><Tree.File name="file.txt" /></Tree.Folder></Tree>',
    '<FileTree>\n\n- **docs**/\n  - `index.mdx`\n\n  - guides/\n- docs.config.ts\n\n</FileTree>',
    '<GitHub.Repo repo="https://github.com/acme/docs" variant="flat" />',
    '<Tile href="/one" title="A tile">t</Tile>',
    '<Visibility for="humans">For people</Visibility>',
    '<Visibility for="agents">For agents</Visibility>',
    '<View title="Python">A view</View>',
    '<Panel>A panel</Panel>',
    '<Prompt description="Do it">A prompt</Prompt>',
    '<Color variant="compact"><Color.Item name="blue" value="#0000ff" /></Color>',
    '<Column>A column</Column>',
    '<RequestExample>\n\n```bash cURL\ncurl\n```\n\n```js Node\nfetch()\n```\n\n</RequestExample>',
    '<ResponseExample>\n\n```json 200\n{"a":1}\n```\n\n</ResponseExample>',
  ].join('\n\n'),
  'interactive.mdx': [
    '---\ntitle: Interactive\n---',
    '<Tabs>',
    '<Tab title="First One">First text</Tab>',
    '<Tab title="Second One">\n\n## Inside\n\nSecond text\n\n</Tab>',
    '</Tabs>',
    '<CodeGroup dropdown>\n\n```bash npm\nnpm i\n```\n\n```bash pnpm\npnpm i\n```\n\n</CodeGroup>',
    '<Accordion title="Größe">One</Accordion><Accordion title="Größe">Two</Accordion>',
    '<Update label="2026-01" tags={["API", "CLI"]}>About both</Update>',
    '<Update label="2026-02" tags={["CLI"]}>About the CLI</Update>',
    '<Update label="2026-03">About neither</Update>',
    '<iframe src="https://www.youtube.test/embed/abc?x=1" title="A tour" allowFullScreen></iframe>',
    '<iframe src="https://allowed.test/embed" title="Allowed"></iframe>',
  ].join('\n\n'),
  'custom.js':
    "addEventListener('mintlify:user', ({ detail }) => { document.documentElement.dataset.heard = JSON.stringify(detail); });",
  'css/own.css': 'h1 { color: rgb(255, 0, 0) !important; }',
  'styled.mdx': '<style>{`.zz { color: rgb(0, 0, 255) }`}</style>\n\n<div className="zz">blue</div>',
  'operation.mdx': '---\ntitle: Operation\nopenapi: GET /plants\n---\n',
  ...Object.fromEntries(
    ['one', 'two', 'left', 'right', 'bonjour'].map((name) => [`${name}.mdx`, `This is ${name}`]),
  ),
};

describe('a docs folder without a login', () => {
  let browser: Browser;
  let folder: SampleFolder;
  let emulator: DocsEmulator;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    browser = await launchChromium();
    folder = await makeFolder(FILES);
    emulator = await startDocsEmulator({
      port: 0,
      directory: folder.path,
      visitors: { anonymous: null, admin: { groups: ['admin'], content: { firstName: 'Ada' } } },
      allowOrigins: ['https://allowed.test'],
    });
  }, BROWSER_TIMEOUT_MS);
  afterAll(async () => {
    await browser.close();
    await emulator.close();
    await folder.remove();
  });
  beforeEach(async () => {
    errors.length = 0;
    page = await browser.newPage();
    page.on('pageerror', (error) => errors.push(error.message));
  });
  afterEach(async () => {
    await page.close();
    if (errors.length > 0) throw new Error(errors.join('\n'));
  });

  const open = async (path: string): Promise<void> => {
    await page.goto(emulator.url + path);
    await page.waitForSelector('html[data-ready=true]');
  };
  const article = async () => (await page.getByRole('article').textContent()) ?? '';
  const sidebar = () => page.getByRole('navigation', { name: 'Pages' });

  it(
    'lists every page in the sidebar of its division, and opens the division of a page',
    async () => {
      for (const [path, tab] of [
        ['/intro', 'Guides'],
        ['/deep', 'Guides'],
        ['/operation', 'API'],
        ['/two', 'Menu'],
        ['/right', 'Choices'],
      ] as const) {
        await open(path);
        expect(await sidebar().locator('a[aria-current=page]').getAttribute('href')).toBe(path);
        expect(await page.locator('.site-tabs a[aria-current]').first().textContent()).toBe(tab);
        expect(await sidebar().getByRole('link', { name: 'Status' }).count()).toBe(1);
      }
      await open('/bonjour');
      expect(await page.locator('.division-selector summary').textContent()).toBe('fr');
      expect(await page.getByRole('complementary', { name: 'Announcement' }).textContent()).toBe(
        'Bonjour tous',
      );
      expect(await page.locator('.site-footer a').getAttribute('href')).toBe('https://github.com/fr');
      expect(await page.locator('.header-links').textContent()).toBe('Aide');
      // Only the first of these pages loaded the navigation, once: the others have it from the browser's cache.
      const sizes = await page.evaluate(() =>
        performance
          .getEntriesByType('resource')
          .filter(({ name }) => name.includes('/_emulator/navigation/'))
          .map((entry) => (entry as PerformanceResourceTiming).transferSize),
      );
      expect(sizes).toEqual([0]);
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'leads from tab to tab, menu to menu and language to language, on a phone too',
    async () => {
      await page.setViewportSize({ width: 390, height: 800 });
      await open('/');
      expect(await article()).toContain('Welcome to Acme, visitor.');
      await page.getByRole('link', { name: 'Menu', exact: true }).click();
      await page.waitForURL('**/one');
      await page.getByRole('link', { name: 'Two', exact: true }).click();
      await page.waitForURL('**/two');
      await page.locator('.division-selector summary').click();
      await page.getByRole('link', { name: 'fr', exact: true }).click();
      await page.waitForURL('**/bonjour');
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).toBeLessThanOrEqual(390);
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'opens tabs and accordions by the fragment, code by a menu, updates by tags, and says which frames are blocked',
    async () => {
      await open('/interactive#second-one');
      const panel = page.getByRole('tabpanel').filter({ hasText: 'text', visible: true });
      await becomes(() => panel.textContent(), expect.stringContaining('Second text'));
      await page.evaluate(() => (location.hash = 'first-one'));
      await panel.getByText('First text').waitFor();
      await page.evaluate(() => (location.hash = 'inside'));
      await panel.getByText('Second text').waitFor();
      await open('/interactive#groesse-1');
      await page.getByText('Two', { exact: true }).waitFor();
      expect(await page.getByText('One', { exact: true }).isVisible()).toBe(false);
      const menu = page.getByRole('combobox', { name: 'Code examples' });
      await menu.selectOption('pnpm');
      await becomes(() => page.locator('.code-group').textContent(), expect.stringContaining('pnpm i'));
      const filter = page.getByRole('region', { name: 'Filter by tag' });
      await filter.getByRole('button', { name: 'API' }).click();
      await becomes(article, expect.not.stringMatching(/About the CLI|About neither/));
      expect(await article()).toContain('About both');
      await filter.getByRole('button', { name: 'API' }).click();
      await becomes(article, expect.stringMatching(/About the CLI[^]*About neither/));
      const blocked = page.getByTestId('blocked-frame');
      expect(await blocked.textContent()).toContain(
        'A frame from https://www.youtube.test is blocked. To show it, start the emulator with --allow-origin https://www.youtube.test.',
      );
      expect(await blocked.getByRole('link').getAttribute('href')).toBe(
        'https://www.youtube.test/embed/abc?x=1',
      );
      expect(await page.locator('iframe').getAttribute('src')).toBe('https://allowed.test/embed');
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'says why an API operation cannot be shown, and leaves nothing blank',
    async () => {
      await open('/operation');
      expect(await page.getByTestId('page-error').textContent()).toContain(
        'no spec in the docs folder has it',
      );
      expect(await sidebar().textContent()).toMatch(/Operation/);
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'runs JSX with hooks and components, and shows a missing snippet in its place',
    async () => {
      await open('/parts');
      const text = await article();
      expect(text).toMatch(
        /Before is shared[^]*count 0[^]*parts\.mdx: imports "\/snippets\/nope\.mdx"[^]*children of the unknown[^]*After/,
      );
      await page.getByRole('button', { name: 'count 0' }).click();
      await becomes(() => page.getByRole('button', { name: 'count 1' }).count(), 1);
      await open('/intro');
      expect(await page.locator('#the-steps').textContent()).toContain('Steps');
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'shows the components of Mintlify that pages use most',
    async () => {
      await open('/components');
      // Panels and examples stand beside the page.
      const text = (await page.locator('.layout').textContent()) ?? '';
      const parts =
        '2026-01|API|New thing|A callout|beta|folder|file.txt|A tile|For people|A view|A panel|Do it|A prompt|A column|cURL|Node|"a"';
      for (const part of parts.split('|')) {
        expect(text).toContain(part);
      }
      const names = await page.getByRole('tree').last().getByRole('treeitem').allTextContents();
      expect(names).toEqual(['docs', 'index.mdx', 'guides', 'docs.config.ts']);
      const repository = page.getByRole('link', { name: /^acme\/docs/ });
      expect(await repository.getAttribute('href')).toBe('https://github.com/acme/docs');
      expect(text).not.toContain('For agents');
      expect(text).not.toContain('is not supported');
      expect(await page.getByTestId('page-error').count()).toBe(0);
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'has the scripts and the style sheets of the folder, and styles of its own',
    async () => {
      await open('/styled');
      const colorOf = (selector: string) =>
        page.locator(selector).evaluate((element) => getComputedStyle(element).color);
      await becomes(() => colorOf('.zz'), 'rgb(0, 0, 255)');
      await becomes(() => colorOf('h1'), 'rgb(255, 0, 0)');
      expect(await colorOf('body')).not.toBe('rgb(255, 0, 0)');
      await becomes(() => page.locator('html').getAttribute('data-heard'), 'null');
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'is shown as another visitor from the menu',
    async () => {
      await open('/admin');
      await page.getByRole('button', { name: 'User data' }).click();
      const access = page.getByTestId('page-access');
      expect(await access.textContent()).toBe('visitors in admin (admin.mdx:3): you do not pass');
      await open('/intro');
      expect(await sidebar().getByRole('link', { name: 'Admins' }).count()).toBe(0);
      const reloaded = page.waitForNavigation();
      await page.getByLabel('Visitor').selectOption('admin');
      await reloaded;
      await page.waitForSelector('html[data-ready=true]');
      expect(await article()).toContain('Welcome to Acme, Ada.');
      expect(await sidebar().getByRole('link', { name: 'Admins' }).count()).toBe(1);
      expect(await page.getByRole('link', { name: 'Log in' }).count()).toBe(0);
      await open('/admin');
      await page.getByRole('button', { name: 'User data' }).click();
      expect(await access.textContent()).toBe('visitors in admin (admin.mdx:3): you pass');
    },
    BROWSER_TIMEOUT_MS,
  );
});
