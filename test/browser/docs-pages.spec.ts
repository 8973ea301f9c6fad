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
    navigation: { groups: [{ group: 'Start', icon: 'rocket', pages: ['drawn', 'parts', 'code'] }] },
  }),
  'drawn.mdx': [
    '---\ntitle: Drawn\n---',
    'Inline $$x^2$$.',
    '$$\n\\sum_{i=0}^{n} \\sqrt{i}\n$$',
    '```mermaid\nflowchart LR\n A[Visitor] --> B[Docs]\n```',
    '```mermaid\nno diagram\n```',
  ].join('\n\n'),
  'code.mdx': [
    '---\ntitle: Code\n---',
    '```ts app.ts icon="js" {1,3-4} lines\none\ntwo\nthree\nfour\n```',
    '```json expandable\n' + '{}\n'.repeat(40) + '```',
    '```bash wrap\n' + 'word '.repeat(100) + '\n```',
    '<CodeGroup>\n\n```bash npm\nnpm i\n```\n\n```bash pnpm\npnpm i\n```\n\n</CodeGroup>',
    '<Tabs><Tab title="npm">with npm</Tab><Tab title="pnpm">with pnpm</Tab></Tabs>',
    '<Tabs sync={false}><Tab title="npm">apart npm</Tab><Tab title="pnpm">apart pnpm</Tab></Tabs>',
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
      expect(await heightOf()).toBeGreaterThan(2 * before);
      const wrapped = page.locator('pre[data-wrap]');
      expect(await wrapped.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);

      await page.locator('.code-group').getByRole('tab', { name: 'pnpm' }).click();
      await page.getByText('with pnpm').waitFor();
      expect(await page.getByText('apart npm').isVisible()).toBe(true);
      await page
        .getByRole('tablist', { name: 'Tabs' })
        .first()
        .getByRole('tab', { name: 'npm', exact: true })
        .click();
      await page.locator('.code-group').getByText('npm i', { exact: true }).waitFor();
    },
    BROWSER_TIMEOUT_MS,
  );
});
