import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startDocsEmulator } from 'mintlify-docs-emulator';
import type { DocsEmulator } from 'mintlify-docs-emulator';
import type { Browser, Page } from 'playwright-core';
import { makeFolder } from '../emulator/unit/sample-folder-helper.js';
import type { SampleFolder } from '../emulator/unit/sample-folder-helper.js';
import { BROWSER_TIMEOUT_MS, launchChromium } from '../support/chromium.support.js';

const FILES = {
  'docs.json': JSON.stringify({
    name: 'Pages',
    navigation: { groups: [{ group: 'Start', icon: 'rocket', pages: ['drawn', 'parts'] }] },
  }),
  'drawn.mdx': [
    '---\ntitle: Drawn\n---',
    'Inline $$x^2$$.',
    '$$\n\\sum_{i=0}^{n} \\sqrt{i}\n$$',
    '```mermaid\nflowchart LR\n A[Visitor] --> B[Docs]\n```',
    '```mermaid\nno diagram\n```',
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
      expect(await page.evaluate(() => document.fonts.check('16px KaTeX_Math'))).toBe(true);
      const diagram = page.locator('.diagram[data-drawn=true]');
      await diagram.waitFor();
      expect(await diagram.textContent()).toMatch(/Visitor[^]*Docs/);
      const light = await diagram.innerHTML();
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.locator('.diagram svg[id$=dark]').waitFor();
      expect(await diagram.innerHTML()).not.toBe(light);
      expect(await page.getByRole('alert').textContent()).toMatch(/^This diagram cannot be drawn: /);
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
      const shown = [...(await iconsIn('.sidebar')), ...(await iconsIn('article'))];
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
});
