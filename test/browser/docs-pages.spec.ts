import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startDocsEmulator } from 'mintlify-docs-emulator';
import type { DocsEmulator } from 'mintlify-docs-emulator';
import type { Browser, Page } from 'playwright-core';
import { makeFolder } from '../emulator/unit/sample-folder-helper.js';
import type { SampleFolder } from '../emulator/unit/sample-folder-helper.js';
import { KNOWN_COMPONENT_NAMES } from '../../libs/mintlify-docs-emulator/src/mdx/known-components.js';
import { becomes } from '../support/becomes.support.js';
import { BROWSER_TIMEOUT_MS, launchChromium } from '../support/chromium.support.js';

const FILES = {
  'docs.json': JSON.stringify({
    name: 'Pages',
    colors: { primary: '#7c3aed', light: '#c4b5fd' },
    logo: { light: '/light.svg', dark: '/dark.svg', href: 'https://foo.test' },
    banner: { content: 'We **moved** to [here](/parts)', dismissible: true },
    navbar: {
      links: [{ label: 'Blog', href: 'https://blog.foo.test', icon: 'newspaper' }],
      primary: { type: 'button', label: 'Dashboard', href: 'https://app.foo.test' },
    },
    footer: {
      socials: { x: 'https://x.com/foo' },
      links: [{ header: 'Company', items: [{ label: 'About', href: '/parts' }] }],
    },
    background: { color: { light: '#fffbeb', dark: '#0b0b10' } },
    fonts: { family: 'Inter', source: 'https://fonts.foo.test/inter.woff2' },
    contextual: { options: ['copy', 'view', 'chatgpt'] },
    navigation: { groups: [{ group: 'Start', icon: 'rocket', pages: ['drawn', 'parts', 'code', 'all'] }] },
  }),
  'drawn.mdx': [
    '---\ntitle: Drawn\n---',
    'Inline $$x^2$$.',
    '$$\n\\sum_{i=0}^{n} \\sqrt{i}\n$$',
    '```mermaid\nflowchart LR\n A[Visitor] --> B[Docs]\n```',
    '```mermaid\nno diagram\n```',
  ].join('\n\n'),
  'light.svg':
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10"/></svg>',
  'dark.svg':
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10"/></svg>',
  'code.mdx': [
    '---\ntitle: Code\n---',
    '```ts app.ts icon="js" {1,3-4} lines\none\ntwo\nthree\nfour\n```',
    '```json expandable\n' + '{}\n'.repeat(40) + '```',
    '```bash wrap\n' + 'word '.repeat(100) + '\n```',
    '<CodeGroup>\n\n```bash npm\nnpm i\n```\n\n```bash pnpm\npnpm i\n```\n\n</CodeGroup>',
    '<Tabs><Tab title="npm">with npm</Tab><Tab title="pnpm">with pnpm</Tab></Tabs>',
    '<Tabs sync={false}><Tab title="npm">apart npm</Tab><Tab title="pnpm">apart pnpm</Tab></Tabs>',
  ].join('\n\n'),
  'all.mdx': [
    '---\ntitle: All\n---',
    '<Note>n</Note>\n\n<Warning>w</Warning>\n\n<Danger>d</Danger>',
    '<Update label="2026-01" description="v1" tags={["API"]}>\n\n## New thing\n\n</Update>',
    '<Panel>In the panel</Panel>',
    '<RequestExample>\n\n```bash cURL\ncurl\n```\n\n</RequestExample>',
    '<View title="Python">With Python</View>\n\n<View title="Ruby">With Ruby</View>',
    '<Prompt description="Write a test">A prompt</Prompt>',
    '<img src="/light.svg" className="block dark:hidden" alt="for light" />\n<img src="/dark.svg" className="hidden dark:block" alt="for dark" />',
    '<Sparkles>Children of the unknown</Sparkles>',
  ].join('\n\n'),
  'parts.mdx': [
    '---\ntitle: Parts\nicon: star\n---',
    '<Card title="A card" icon="bolt" href="/drawn">In the card</Card>',
    '<Icon icon="python" size={32} /><Icon icon="no-such-icon" />',
  ].join('\n\n'),
};

describe('what pages look like', () => {
  let browser: Browser;
  let folder: SampleFolder;
  let emulator: DocsEmulator;
  let page: Page;
  /** Faults of the page, and requests to other hosts. */
  const troubles: string[] = [];

  beforeAll(async () => {
    browser = await launchChromium();
    folder = await makeFolder(FILES);
    emulator = await startDocsEmulator({
      port: 0,
      directory: folder.path,
      basePath: '/docs',
      visitors: { anonymous: null },
    });
  }, BROWSER_TIMEOUT_MS);
  afterAll(async () => {
    await browser.close();
    await emulator.close();
    await folder.remove();
  });
  beforeEach(async () => {
    troubles.length = 0;
    page = await browser.newPage();
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') troubles.push(message.text());
    });
    page.on('request', (request) => {
      if (!/^(?:data|blob):/.test(request.url()) && !request.url().startsWith(emulator.url)) {
        troubles.push(request.url());
      }
    });
  });
  afterEach(async () => {
    await page.close();
    if (troubles.length > 0) throw new Error(troubles.join('\n'));
  });

  const open = async (path: string): Promise<void> => {
    await page.goto(emulator.url + path);
    await page.waitForSelector('html[data-ready=true]');
  };

  it(
    'are formulas and diagrams, drawn offline and in the colors of the page',
    async () => {
      await open('/drawn');
      const font = await page
        .locator('.katex')
        .first()
        .evaluate((element) => getComputedStyle(element).fontFamily);
      expect(font).toContain('KaTeX_Main');
      await becomes(() => page.evaluate(() => document.fonts.check('16px KaTeX_Math')), true);
      const diagram = page.locator('.diagram[data-drawn=true]');
      await diagram.waitFor();
      expect(await diagram.textContent()).toMatch(/Visitor[^]*Docs/);
      const light = await diagram.innerHTML();
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.locator('.diagram svg[id$=dark]').waitFor();
      expect(await diagram.innerHTML()).not.toBe(light);
      await becomes(
        () => page.getByRole('alert').textContent(),
        expect.stringMatching(/^This diagram cannot be drawn: /),
      );
      expect(await page.locator('.diagram-text').textContent()).toBe('no diagram');
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'have icons in pages and in the navigation, from the emulator itself',
    async () => {
      await open('/parts');
      const iconsIn = (selector: string) =>
        page
          .locator(`${selector} [data-component-part=icon-svg]`)
          .evaluateAll((elements) => elements.map((element) => getComputedStyle(element).maskImage));
      const shown = [...(await iconsIn('.sidebar ul')), ...(await iconsIn('article'))];
      expect(shown.map((image) => /icons\/(?<path>.*)\.svg/.exec(image)?.groups?.path)).toEqual([
        'v7.1.0/regular/rocket',
        'v7.1.0/regular/star',
        'v7.1.0/regular/bolt',
        'devicon/python',
        'v7.1.0/regular/no-such-icon',
      ]);
      for (const image of shown) expect(image).toContain(`${emulator.url}/_emulator/icons/`);
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'have code with marked lines, and code groups and tabs that follow each other',
    async () => {
      await open('/code');
      const marked = await page
        .locator('.line')
        .evaluateAll((lines) => lines.map((line) => getComputedStyle(line).borderLeftColor));
      expect(marked[0]).toBe(marked[2]);
      expect(marked[0]).not.toBe(marked[1]);
      expect(await page.locator('.code-sample pre').first().textContent()).toBe('one\ntwo\nthree\nfour');
      const long = page.locator('pre[data-expandable]');
      const heightOf = async () => (await long.boundingBox())?.height ?? 0;
      const before = await heightOf();
      await page.getByRole('button', { name: 'Show all' }).click();
      await becomes(async () => (await heightOf()) > 2 * before, true);
      const wrapped = page.locator('pre[data-wrap]');
      expect(await wrapped.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);

      await page.locator('.code-group').getByRole('tab', { name: 'pnpm' }).click();
      await page.getByText('with pnpm').waitFor();
      await becomes(() => page.getByText('apart npm').isVisible(), true);
      await page
        .getByRole('tablist', { name: 'Tabs' })
        .first()
        .getByRole('tab', { name: 'npm', exact: true })
        .click();
      await page.locator('.code-group').getByText('npm i', { exact: true }).waitFor();
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'have the logo, banner, links and colors of docs.json, in light and in dark mode',
    async () => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await open('/parts');
      const root = page.locator('body');
      const backgroundOf = () => root.evaluate((body) => getComputedStyle(body).backgroundColor);
      expect(await backgroundOf()).toBe('rgb(255, 251, 235)');
      expect(await root.evaluate(() => getComputedStyle(document.documentElement).fontFamily)).toMatch(
        /^"?Inter/,
      );
      const logo = () => page.locator('.site-name img:visible').getAttribute('src');
      expect(await logo()).toBe('/docs/light.svg');
      expect(await page.locator('.site-name').getAttribute('href')).toBe('https://foo.test');
      await page.getByRole('button', { name: 'Dark mode' }).click();
      await becomes(backgroundOf, 'rgb(11, 11, 16)');
      await becomes(logo, '/docs/dark.svg');

      const banner = page.getByRole('complementary', { name: 'Announcement' });
      expect(await banner.textContent()).toContain('We moved to here');
      expect(await banner.getByRole('link', { name: 'here' }).getAttribute('href')).toBe('/docs/parts');
      await banner.getByRole('button', { name: 'Dismiss' }).click();
      await becomes(() => banner.count(), 0);
      expect(await page.locator('.header-links a').allTextContents()).toEqual(['Blog', 'Dashboard']);
      expect(await page.locator('.site-footer').getByRole('link').allTextContents()).toEqual(['About', '']);

      await page.getByRole('button', { name: 'Copy page' }).click();
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
        /^# Parts\n\n<Card title="A card"/,
      );

      // Both choices are remembered.
      await open('/parts');
      expect(await backgroundOf()).toBe('rgb(11, 11, 16)');
      expect(await banner.count()).toBe(0);
      await page.setViewportSize({ width: 390, height: 800 });
      await page.getByRole('button', { name: 'Menu' }).click();
      await becomes(
        () => page.locator('.sidebar').getByRole('link', { name: 'Dashboard' }).isVisible(),
        true,
      );
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'have the components of Mintlify, panels beside the text, views to choose from, and larger images',
    async () => {
      await open('/all');
      const known = await page.evaluate(async (path) => {
        const runtime = await import(path);
        return Object.keys(runtime.useMDXComponents());
      }, '/docs/_emulator/client/page-runtime.js');
      expect(KNOWN_COMPONENT_NAMES.filter((name) => !known.includes(name))).toEqual([]);

      const colors = await page
        .locator('[data-callout-type]')
        .evaluateAll((callouts) => callouts.map((callout) => getComputedStyle(callout).backgroundColor));
      expect(new Set(colors).size).toBe(3);
      const panel = page.getByRole('complementary', { name: 'Panel' });
      const main = (await page.getByRole('main').boundingBox()) ?? { x: 0, width: 0 };
      expect((await panel.boundingBox())?.x).toBeGreaterThan(main.x + main.width);
      expect(await page.locator('[data-component-part=update-label]').textContent()).toBe('2026-01');

      expect(await page.getByText('With Python').isVisible()).toBe(true);
      expect(await page.getByText('With Ruby').isVisible()).toBe(false);
      await page.getByRole('combobox', { name: 'View' }).selectOption('Ruby');
      await page.getByText('With Ruby').waitFor();
      await becomes(() => page.getByText('With Python').isVisible(), false);

      expect(await page.locator('article img[data-zoom]:visible').getAttribute('src')).toBe(
        '/docs/light.svg',
      );
      await page.getByAltText('for light').first().click();
      await page.getByRole('dialog', { name: 'for light' }).click();
      await becomes(() => page.getByRole('dialog').count(), 0);
      expect(await page.getByText('Children of the unknown').isVisible()).toBe(true);

      await page.setViewportSize({ width: 390, height: 800 });
      expect((await panel.boundingBox())?.x).toBeLessThan(390);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    },
    BROWSER_TIMEOUT_MS,
  );
});
