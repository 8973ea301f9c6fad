import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import { startDocsEmulator } from 'mintlify-docs-emulator';
import type { DocsEmulator } from 'mintlify-docs-emulator';
import type { Browser, Page } from 'playwright-core';
import { becomes } from '../support/becomes.support.js';
import { BROWSER_TIMEOUT_MS, launchChromium } from '../support/chromium.support.js';

const ROOT = join(import.meta.dirname, '../..');
const EMULATOR = 'libs/mintlify-docs-emulator';
const SITES = [
  'test/sites/plant-api',
  'test/sites/handbook',
  `${EMULATOR}/sample`,
  `${EMULATOR}/sample-private`,
];
const GROUPS = ['admin', 'beta', 'engineering', 'support', 'viewer', 'finance'];
const DESKTOP = { width: 1360, height: 900 };
const PHONE = { width: 390, height: 800 };

let browser: Browser;
const cleanups: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  browser = await launchChromium();
}, BROWSER_TIMEOUT_MS);
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});
afterAll(() => browser.close());

async function start(site: string): Promise<DocsEmulator> {
  const visitors = { member: { groups: GROUPS, content: { firstName: 'Ada' } } };
  const emulator = await startDocsEmulator({ port: 0, directory: join(ROOT, site), visitors });
  cleanups.push(() => emulator.close());
  return emulator;
}

async function openPage(): Promise<Page> {
  const page = await browser.newPage({ viewport: DESKTOP });
  cleanups.push(() => page.close());
  return page;
}

async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.waitForSelector('html[data-ready]');
}

/** The paths that the navigation lists. */
async function pathsOf(emulator: DocsEmulator): Promise<string[]> {
  const html = await (await fetch(`${emulator.url}/`)).text();
  const path = /"navigationPath":"([^"]+)"/.exec(html)?.[1] ?? '';
  const navigation = await (await fetch(new URL(path, emulator.url))).text();
  return [
    ...new Set(Array.from(navigation.matchAll(/"kind":"page","path":"([^"]+)"/g), ([, found]) => found!)),
  ];
}

describe('the search box', () => {
  it(
    'is used with the keyboard alone, and gives the focus back',
    async () => {
      const emulator = await start('test/sites/plant-api');
      const page = await openPage();
      await visit(page, `${emulator.url}/quickstart`);
      const dialog = page.locator('.search-dialog');
      const input = page.getByRole('combobox', { name: 'Search the docs' });
      const chosen = () => dialog.getByRole('option', { selected: true }).getAttribute('href');
      // Results of a part of the query come before those of all of it.
      const found = () => becomes(() => dialog.getByRole('listbox').getAttribute('aria-busy'), 'false');
      const focused = () => page.evaluate(() => document.activeElement?.className ?? '');

      await page.locator('.search-button').focus();
      await page.keyboard.press('/');
      await dialog.waitFor();
      await becomes(() => input.evaluate((element) => element === document.activeElement), true);
      await page.keyboard.type('water');
      await dialog.getByRole('option').first().waitFor();
      await found();
      await becomes(chosen, expect.any(String));
      const first = await chosen();
      await becomes(() => input.getAttribute('aria-expanded'), 'true');
      expect(await page.locator('.search-result mark').first().textContent()).toMatch(/water/i);
      await page.keyboard.press('ArrowDown');
      await becomes(async () => (await chosen()) === first, false);
      const active = await input.getAttribute('aria-activedescendant');
      expect(await dialog.getByRole('option', { selected: true }).getAttribute('id')).toBe(active);
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('ArrowUp');
      await becomes(() => dialog.getByRole('option').last().getAttribute('aria-selected'), 'true');
      // A slash that is typed is a slash.
      await page.keyboard.press('Control+a');
      await page.keyboard.type('/zzzz');
      await page.getByText('No results for “/zzzz”.').waitFor();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await becomes(focused, 'search-button');

      await page.keyboard.press('Control+k');
      await dialog.waitFor();
      await page.keyboard.type('administrators');
      await dialog.getByRole('option').first().waitFor();
      await found();
      const href = (await chosen()) ?? '';
      await page.keyboard.press('Enter');
      await page.waitForURL(`**${href}`);
      expect(href).toMatch(/^\/guides\/admins/);

      // On a phone it has the whole screen.
      await page.setViewportSize(PHONE);
      await visit(page, `${emulator.url}/quickstart`);
      await page.locator('.search-button').click();
      await dialog.waitFor();
      await becomes(() => dialog.boundingBox(), { x: 0, y: 0, ...PHONE });
    },
    BROWSER_TIMEOUT_MS,
  );
});

describe('every page of the sample sites', () => {
  it.each(SITES)(
    'has no serious finding of axe in light and dark mode, on a desktop and a phone: %s',
    async (site) => {
      const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
      const emulator = await start(site);
      const page = await openPage();
      const paths = await pathsOf(emulator);
      expect(paths.length).toBeGreaterThan(1);
      const found: string[] = [];
      for (const path of paths) {
        await page.setViewportSize(DESKTOP);
        await visit(page, emulator.url + path);
        await page.evaluate(axe);
        for (const viewport of [DESKTOP, PHONE]) {
          for (const colorScheme of ['light', 'dark'] as const) {
            await page.setViewportSize(viewport);
            await page.emulateMedia({ colorScheme });
            found.push(
              ...(await findingsOf(page)).map((text) => `${path} ${colorScheme} ${viewport.width}: ${text}`),
            );
          }
        }
      }
      expect(found).toEqual([]);
    },
    BROWSER_TIMEOUT_MS * 2,
  );
});

describe('a page', () => {
  it(
    'has lines of at most 75 characters, code that is seen to go on, and a place in the navigation',
    async () => {
      const emulator = await start('test/sites/plant-api');
      const page = await openPage();
      for (const path of await pathsOf(emulator)) {
        await visit(page, emulator.url + path);
        expect({ path, longest: await page.evaluate(longestLine) }).toMatchObject({
          longest: { isShort: true },
        });
      }
      await visit(page, `${emulator.url}/guides/webhooks`);
      expect(await page.getByRole('navigation', { name: 'Breadcrumbs' }).innerText()).toMatch(
        /Guides\s+Build/,
      );
      await visit(page, `${emulator.url}/changelog`);
      const contents = await page.getByRole('navigation', { name: 'On this page' }).boundingBox();
      const main = await page.locator('main').boundingBox();
      expect(contents!.x).toBeGreaterThan(main!.x + main!.width);
      await visit(page, `${emulator.url}/quickstart`);
      expect(
        await page
          .locator('.code-sample pre')
          .first()
          .evaluate((pre) => getComputedStyle(pre).backgroundImage),
      ).toContain('gradient');
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'is printed without navigation, with the addresses of links and all of the code',
    async () => {
      const emulator = await start('test/sites/plant-api');
      const page = await openPage();
      await visit(page, `${emulator.url}/api/create-plant`);
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      await page.setViewportSize({ width: 600, height: 800 });
      for (const part of ['.header', '.sidebar', '.neighbors', '.copy', '.breadcrumbs']) {
        for (const element of await page.locator(part).all()) expect(await element.isVisible()).toBe(false);
      }
      const cut = await page
        .locator('.code-sample pre')
        .evaluateAll((blocks) => blocks.filter((pre) => pre.scrollWidth > pre.clientWidth + 1).length);
      expect(cut).toBe(0);
      await visit(page, `${emulator.url}/introduction`);
      const link = page.locator('.page-text a[href^="/"]').first();
      const after = await link.evaluate((element) => getComputedStyle(element, '::after').content);
      expect(after).toContain(await link.getAttribute('href'));
      expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
        'rgb(255, 255, 255)',
      );
    },
    BROWSER_TIMEOUT_MS,
  );
});

async function findingsOf(page: Page): Promise<string[]> {
  const { violations } = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run: (context: unknown, options: object) => Promise<AxeResults> };
    };
    return axe.run(document, { resultTypes: ['violations'] });
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, any }) => `${id} ${target.join(' ')} ${any[0]?.message ?? ''}`),
    );
}

/** Runs in the page: the longest line of running text. */
function longestLine(): { text: string; isShort: boolean } {
  let longest = '';
  for (const paragraph of document.querySelectorAll('.page-text p, .page-text li, .lead')) {
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    const lines = new Map<number, string>();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (let at = 0; at < (node.textContent ?? '').length; at += 1) {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const { height, bottom } = range.getBoundingClientRect();
        if (height === 0) continue;
        const line = Math.round(bottom / 8);
        lines.set(line, (lines.get(line) ?? '') + (node.textContent ?? '').charAt(at));
      }
    }
    for (const line of lines.values()) if (line.trim().length > longest.length) longest = line.trim();
  }
  return { text: longest, isShort: longest.length <= 75 };
}
