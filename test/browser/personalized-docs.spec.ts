import { beforeEach, describe, expect, it } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import type { BackendProcess } from '../support/backend-process.support.js';
import { becomes } from '../support/becomes.support.js';
import { BROWSER_TIMEOUT_MS } from '../support/chromium.support.js';
import { useDemo } from '../support/demo.support.js';

/** The start of any signed token: a JOSE header in base64url. */
const TOKEN = /eyJ[\w-]{10,}/;
const TWO_WEEKS_AND_A_DAY_MS = 15 * 86_400_000;

describe('a visitor of the docs', () => {
  const demo = useDemo();
  let docsUrl: string;
  let page: Page;
  let context: BrowserContext;
  let backend: BackendProcess;

  beforeEach(() => {
    ({ docsUrl, page, context, backend } = demo);
  });

  const ready = (): Promise<unknown> => page.waitForSelector('html[data-ready=true]');

  async function open(path: string): Promise<void> {
    await page.goto(docsUrl + path);
    await ready();
  }

  async function logIn(email: string): Promise<void> {
    await page.getByRole('link', { name: 'Log in' }).click();
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password').fill('docs-demo');
    await page.getByRole('button', { name: 'Log in' }).click();
    await ready();
  }

  const sidebarLink = (name: string) => page.getByRole('navigation').getByRole('link', { name, exact: true });

  it(
    'logs in at an anchor and returns to the same page and anchor, with name and groups',
    async () => {
      await open('/quickstart#step-one');
      expect(await sidebarLink('Runbooks').count()).toBe(0);

      await logIn('ada@acme.example');

      expect(page.url()).toBe(`${docsUrl}/quickstart#step-one`);
      expect(await page.getByTestId('visitor-name').textContent()).toBe('Ada Lovelace');
      expect(await page.getByRole('article').textContent()).toContain('Hello Ada!');
      expect(await page.getByRole('article').textContent()).toContain('enterprise');
      expect(await sidebarLink('Runbooks').count()).toBe(1);
      expect(await sidebarLink('Dashboards').count()).toBe(0);
      expect(await page.evaluate(() => window.scrollY)).toBeGreaterThan(0);
      const top = await page.locator('#step-one').evaluate((heading) => heading.getBoundingClientRect().top);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(top).toBeLessThan(200);
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'is available to page scripts as window.mintlify.user and in the mintlify:user event',
    async () => {
      await page.addInitScript(() => {
        addEventListener('mintlify:user', (event) => {
          window.heard = (event as CustomEvent).detail;
        });
      });
      await open('/quickstart');
      await logIn('grace@globex.example');
      const user = { firstName: 'Grace', company: 'Globex', plan: 'starter' };
      expect(await page.evaluate(() => window.mintlify?.user)).toEqual(user);
      expect(await page.evaluate(() => window.heard)).toEqual(user);
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'leaves no token in the URL, the history, the requests or a server log',
    async () => {
      const requests: string[] = [];
      page.on('request', (request) => requests.push(request.url(), request.headers().referer ?? ''));
      await open('/quickstart#step-one');
      await logIn('ada@acme.example');

      expect(page.url()).not.toMatch(TOKEN);
      expect(requests.map((url) => url.split('#')[0]).join('\n')).not.toMatch(TOKEN);
      const session = await context.newCDPSession(page);
      const { entries } = await session.send('Page.getNavigationHistory');
      expect(entries.length).toBeGreaterThan(1);
      expect(JSON.stringify(entries)).not.toMatch(TOKEN);
      expect(
        await page.evaluate(() =>
          JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]),
        ),
      ).not.toMatch(TOKEN);
      expect(backend.output + backend.errors).not.toMatch(TOKEN);
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'stays logged in after a reload and on other pages, and is anonymous after a logout',
    async () => {
      await open('/quickstart');
      await logIn('ada@acme.example');
      await page.reload();
      await ready();
      await sidebarLink('Runbooks').click();
      await ready();
      expect(await page.getByTestId('visitor-name').textContent()).toBe('Ada Lovelace');

      await page.getByRole('button', { name: 'Log out' }).click();
      await becomes(() => page.getByRole('link', { name: 'Log in' }).count(), 1);
      await becomes(() => sidebarLink('Runbooks').count(), 0);
      expect(await page.evaluate(() => window.mintlify?.user)).toBeNull();
      await page.reload();
      await ready();
      expect(await page.getByTestId('visitor-name').count()).toBe(0);
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'is anonymous again after expiresAt',
    async () => {
      await open('/quickstart');
      await logIn('ada@acme.example');

      const later = await context.newPage();
      await later.clock.install({ time: Date.now() + TWO_WEEKS_AND_A_DAY_MS });
      await later.goto(`${docsUrl}/quickstart`);
      await later.waitForSelector('html[data-ready=true]');
      expect(await later.getByTestId('visitor-name').count()).toBe(0);
      expect(await later.getByRole('link', { name: 'Log in' }).count()).toBe(1);
      expect(await later.evaluate(() => JSON.stringify(Object.entries(localStorage)))).not.toContain('Ada');
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'sees the form again after a wrong password, and still returns to the first page',
    async () => {
      await open('/quickstart#step-two');
      await page.getByRole('link', { name: 'Log in' }).click();
      await page.getByLabel('Email').fill('ada@acme.example');
      await page.getByLabel('Password').fill('wrong');
      await page.getByRole('button', { name: 'Log in' }).click();
      await page.getByRole('alert').waitFor();
      await page.getByLabel('Password').fill('docs-demo');
      await page.getByRole('button', { name: 'Log in' }).click();
      await ready();
      expect(page.url()).toBe(`${docsUrl}/quickstart#step-two`);
    },
    BROWSER_TIMEOUT_MS,
  );
});
