import { beforeEach, describe, expect, it } from '@jest/globals';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { becomes } from '../support/becomes.support.js';
import { BROWSER_TIMEOUT_MS } from '../support/chromium.support.js';
import { useDemo } from '../support/demo.support.js';
import { MANUAL, readNavigation } from '../support/manual.support.js';

/** Enough for every page of the manual, on a busy machine too. */
const EVERY_PAGE_TIMEOUT_MS = 6_000 * readNavigation().length;

/** How readers look at it. */
const VIEWS: [view: string, options: BrowserContextOptions][] = [
  ['in light mode', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
  [
    'on a phone in dark mode',
    { viewport: { width: 390, height: 844 }, colorScheme: 'dark', isMobile: true, hasTouch: true },
  ],
];

describe('the manual in npm start', () => {
  const demo = useDemo(() => ({ DOCS_DIRECTORY: MANUAL }));
  let docsUrl: string;
  let page: Page;

  beforeEach(() => {
    ({ docsUrl, page } = demo);
  });

  async function open(name: string, on = page): Promise<void> {
    await on.goto(`${docsUrl}/${name}`);
    await on.waitForSelector('html[data-ready=true]');
  }

  async function logIn(): Promise<void> {
    await open('quickstart#step-one');
    await page.getByRole('link', { name: 'Log in' }).click();
    await page.getByLabel('Email').fill('ada@acme.example');
    await page.getByLabel('Password').fill('docs-demo');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByTestId('visitor-name').waitFor();
  }

  const article = () => page.getByRole('article').textContent();

  it(
    'greets Ada at the step that she came from, and fills her plan and company in',
    async () => {
      await open('quickstart');
      expect(await article()).toContain('Hello there!');
      await logIn();
      expect(page.url()).toBe(`${docsUrl}/quickstart#step-one`);
      expect(await article()).toContain('Welcome back, Ada.');
      await open('claim-mappers');
      expect(await article()).toMatch(/user\.planenterprise/);
      expect(await article()).toContain('curl "https://api.acme.example/services?company=Acme"');
      // A key is for the playground: every script on the docs can read `content`.
      expect(await article()).not.toMatch(/acme_demo_[0-9a-f]/);
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'lists the administrators page for Ada, but not for anonymous visitors',
    async () => {
      const link = page
        .getByRole('navigation', { name: 'Pages' })
        .getByRole('link', { name: 'For administrators' });
      await open('introduction');
      expect(await link.count()).toBe(0);
      await logIn();
      await open('introduction');
      expect(await link.count()).toBe(1);
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    "supports Mintlify's components: tabs, accordions, code groups, expandables, tooltips",
    async () => {
      await open('key-services');
      const vault = page.getByText('HashiCorp Vault or OpenBao');
      expect(await vault.isVisible()).toBe(false);
      await page.getByRole('tab', { name: 'Vault' }).click();
      await vault.waitFor();

      await open('choosing-a-handshake');
      const answer = page.getByText('anyone who knows the address can read the page');
      expect(await answer.isVisible()).toBe(false);
      await page.getByText('Do groups protect my pages?').click();
      await answer.waitFor();

      await open('handshakes/jwt');
      await page.getByRole('tab', { name: 'with an anchor' }).click();
      await page.getByText('&anchor=step-one').first().waitFor();
      await page.getByText('Wins over an anchor inside').waitFor();

      await open('handshakes/access-tokens');
      const fields = page.getByText('all required');
      expect(await fields.isVisible()).toBe(false);
      await page.getByText(/show fields/i).click();
      await fields.waitFor();

      await open('troubleshooting');
      await page.getByText('Do codes change between releases?').click();
      await page.getByText('Codes', { exact: true }).hover();
      await page.getByText('MintlifyErrorCode in the API reference').waitFor();
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'is searched and asked from the front page of the app, as the visitor',
    async () => {
      await logIn();
      await page.goto(demo.backendUrl);
      const search = page.locator('#docs-search');
      await search.getByRole('searchbox').fill('administrators');
      await search.getByRole('button', { name: 'Ask the assistant' }).click();
      await becomes(() => search.locator('.answer').textContent(), expect.stringMatching(/administrator/i));
      await search.getByRole('button', { name: 'Search' }).click();
      const hidden = search.locator('a[href*="%2Fadministrators"]').first();
      await hidden.waitFor();
      await hidden.click();
      await page.waitForSelector('html[data-ready=true]');
      expect(page.url()).toContain(`${docsUrl}/administrators`);
      expect(await page.getByTestId('visitor-name').textContent()).toContain('Ada');
    },
    BROWSER_TIMEOUT_MS,
  );

  it.each(VIEWS)(
    'shows every page %s completely, without errors and without requests to other sites',
    async (_, options) => {
      const context = await demo.browser.newContext(options);
      const reader = await context.newPage();
      const troubles: string[] = [];
      reader.on('console', (message) => {
        if (message.type() === 'error') troubles.push(message.text());
      });
      reader.on('pageerror', ({ message }) => troubles.push(message));
      reader.on('request', (request) => {
        if (!request.url().startsWith(docsUrl)) troubles.push(request.url());
      });
      for (const name of readNavigation()) {
        await open(name, reader);
        expect(await reader.getByTestId('page-error').count()).toBe(0);
        const { inside, visible } = await reader.evaluate(() => {
          const { scrollWidth, clientWidth } = document.documentElement;
          return { inside: scrollWidth, visible: clientWidth };
        });
        if (inside > visible) troubles.push(`${name} is ${inside} wide on ${visible}`);
      }
      const background = await reader.evaluate(() => getComputedStyle(document.body).backgroundColor);
      expect(background).toBe(options.colorScheme === 'dark' ? 'rgb(15, 18, 24)' : 'rgb(255, 255, 255)');
      await context.close();
      expect(troubles).toEqual([]);
    },
    EVERY_PAGE_TIMEOUT_MS,
  );
});
