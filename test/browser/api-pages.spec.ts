import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startDocsEmulator } from 'mintlify-docs-emulator';
import type { DocsEmulator } from 'mintlify-docs-emulator';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { becomes } from '../support/becomes.support.js';
import { BROWSER_TIMEOUT_MS, launchChromium } from '../support/chromium.support.js';

const SITE = join(import.meta.dirname, '../sites/plant-api');

describe('the API pages of a spec', () => {
  let browser: Browser;
  let emulator: DocsEmulator;
  let context: BrowserContext;
  let page: Page;
  /** Faults of the page, and dialogs, which only a script of a description would open. */
  const troubles: string[] = [];

  beforeAll(async () => {
    browser = await launchChromium();
    const visitors = { anonymous: null, admin: { groups: ['admin'] } };
    emulator = await startDocsEmulator({ port: 0, directory: SITE, visitors });
  }, BROWSER_TIMEOUT_MS);
  afterAll(async () => {
    await browser.close();
    await emulator.close();
  });
  beforeEach(async () => {
    troubles.length = 0;
    context = await browser.newContext();
    page = await context.newPage();
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('dialog', (dialog) => {
      troubles.push(dialog.message());
      void dialog.dismiss();
    });
  });
  afterEach(async () => {
    await context.close();
    if (troubles.length > 0) throw new Error(troubles.join('\n'));
  });

  const section = (name: string): Locator => page.getByRole('region', { name });

  /** Requests and responses, beside the operation. */
  const examples = async (): Promise<string> =>
    (await page.getByRole('region', { name: /example$/ }).allTextContents()).join('\n');

  async function open(path: string, visitor: 'anonymous' | 'admin' = 'anonymous'): Promise<void> {
    const name = `docs-visitor-${emulator.port}`;
    await context.addCookies([{ name, value: visitor, domain: 'localhost', path: '/' }]);
    await page.goto(emulator.url + path);
    await page.waitForSelector('html[data-ready=true]');
    await page.getByTestId('operation').waitFor();
  }

  const listed = (): Promise<string | null> => page.getByRole('navigation', { name: 'Pages' }).textContent();

  it(
    'have the method, the address, the parameters, the responses and examples',
    async () => {
      await open('/reference/plants/list-plants');
      const operation = page.getByTestId('operation');
      expect(await operation.locator('.operation-path').textContent()).toBe(
        'https://api.windowsill.example/v2/plants',
      );
      expect(await section('Authorizations').textContent()).toContain('Bearer authentication');
      const query = await section('Query Parameters').textContent();
      expect(query).toMatch(/location[^]*Only plants that stand here[^]*limit[^]*≥ 1, ≤ 100[^]*Example: 10/);
      expect(await section('Headers').textContent()).toContain('X-Trace');
      expect(await section('Response').first().textContent()).toMatch(/Your plants\./);
      // Beside the operation.
      expect(await examples()).toMatch(/curl[^]*"plant_ficus"/);
      // Markdown of a description, without its HTML.
      expect(await page.locator('main table').first().textContent()).toContain('1,000');
      expect(await page.locator('main script').count()).toBe(0);
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'show each variant, and open what leads back to itself as often as a visitor asks',
    async () => {
      await open('/reference/plants/care-for-a-plant');
      const body = section('Body');
      const variants = body.getByRole('group', { name: 'Variants' });
      expect(await variants.getByRole('button').allTextContents()).toEqual(['Water', 'Move']);
      // From `allOf`.
      expect(await body.textContent()).toMatch(/at[^]*milliliters/);
      await variants.getByRole('button', { name: 'Move' }).click();
      await becomes(() => body.textContent(), expect.stringContaining('Where to.'));
      const response = section('Response').first();
      const named = response.getByText('What you call it.');
      await becomes(() => named.count(), 1);
      for (let depth = 1; depth <= 3; depth += 1) {
        await response.getByText('Show child attributes').first().click();
        await becomes(() => named.count(), depth + 1);
      }
      expect(await response.getByText('Show child attributes').count()).toBeGreaterThan(0);
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'show a webhook with what it sends',
    async () => {
      await open('/reference/plants/plantthirsty');
      expect(await page.getByTestId('operation').textContent()).toMatch(/WEBHOOK[^]*What you call it/i);
      expect(await page.getByTestId('playground').count()).toBe(0);
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'hold x-mint.groups of operations, properties, variants and values',
    async () => {
      await open('/reference/plants/care-for-a-plant');
      expect(await listed()).toMatch(/List plants[^]*Care for a plant/);
      expect(await listed()).not.toContain('List suppliers');
      expect(await page.getByTestId('operation').textContent()).not.toMatch(/Sell|Who sold it/);
      await open('/reference/plants/list-plants');
      expect(await page.getByTestId('operation').textContent()).not.toContain('greenhouse');
      expect(await examples()).not.toContain('Green & Co');

      await open('/reference/plants/care-for-a-plant', 'admin');
      expect(await listed()).toContain('List suppliers');
      expect(await page.getByTestId('operation').textContent()).toMatch(/Sell[^]*Who sold it/);
      await open('/reference/plants/list-plants', 'admin');
      expect(await page.getByTestId('operation').textContent()).toContain('greenhouse');
      expect(await examples()).toContain('Green & Co');
    },
    BROWSER_TIMEOUT_MS,
  );
});
