import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, ElementHandle, Page } from 'puppeteer-core';
import { BackendProcess } from '../support/backend-process.support.js';
import { BROWSER_TIMEOUT_MS } from '../support/chromium.support.js';
import { until } from '../support/until.support.js';

const PAGE = '/api-reference/services/list-services';
const KEY = '[data-field="header X-Acme-Key"]';
const PORT = '[data-field="server port"]';

/** The playground of the demo's docs, with the API of the demo, in one browser. */
export function describePlayground(browserName: string, launch: () => Promise<Browser>): void {
  describe(`the API playground in ${browserName}`, () => {
    let backend: BackendProcess;
    let browser: Browser;
    let context: BrowserContext;
    let page: Page;
    let backendUrl: string;
    let docsUrl: string;

    beforeAll(async () => {
      backend = new BackendProcess({});
      const [, ...urls] = await backend.says(/Backend +(\S+)\nDocs +(\S+)\n[^]*Ctrl-C/);
      [backendUrl = '', docsUrl = ''] = urls;
      browser = await launch();
    }, BROWSER_TIMEOUT_MS);

    afterAll(async () => {
      await browser?.close();
      backend?.child.kill('SIGTERM');
      await backend?.ends();
    }, BROWSER_TIMEOUT_MS);

    beforeEach(async () => {
      context = await browser.createBrowserContext();
      page = await context.newPage();
    });

    afterEach(() => context.close());

    /** Waits for an element. Not with a locator: see `console.contract.ts`. */
    async function find(selector: string): Promise<ElementHandle> {
      let found: ElementHandle | null = null;
      await until(async () => {
        found = await page.$(selector).catch(() => null);
        return found !== null;
      }, BROWSER_TIMEOUT_MS);
      return found as unknown as ElementHandle;
    }

    const textOf = async (selector: string): Promise<string> =>
      (await find(selector)).evaluate(({ textContent }) => textContent ?? '');

    const sourceOf = async (field: string): Promise<string> =>
      (await find(`[data-testid="field ${field}"] .playground-source`)).evaluate(
        (element) => (element as HTMLElement).dataset['source'] ?? '',
      );

    const valueOf = async (selector: string): Promise<string> =>
      (await find(selector)).evaluate((element) => (element as HTMLInputElement).value);

    async function logIn(email: string): Promise<void> {
      await (await find('input[name=email]')).type(email);
      await (await find('input[name=password]')).type('docs-demo');
      await (await find('button[type=submit]')).click();
      await find('[data-testid=visitor-name]');
      await find('[data-testid=playground]');
    }

    async function openAs(email: string): Promise<void> {
      await page.goto(docsUrl + PAGE);
      await (await find('.login-state a.button[href*="/docs-login"]')).click();
      await logIn(email);
    }

    async function replace(selector: string, text: string): Promise<void> {
      const input = await find(selector);
      // Three clicks choose all of it.
      await input.click({ count: 3 });
      await page.keyboard.type(text);
    }

    async function send(): Promise<{ status: string; names: string[] }> {
      await (await find('[data-testid=playground] button[type=submit]')).click();
      const status = await textOf('[data-testid=playground-status]');
      const { services = [] } = JSON.parse(await textOf('[data-testid=playground-body]')) as {
        services?: { name: string }[];
      };
      return { status, names: services.map(({ name }) => name) };
    }

    it(
      'answers each visitor with their own services, by the key of their user data',
      async () => {
        await openAs('ada@acme.example');
        expect(new URL(page.url()).pathname).toBe(PAGE);
        expect(await textOf('[data-testid=playground-url]')).toBe(`${backendUrl}/api/services`);
        expect([await sourceOf('header X-Acme-Key'), await sourceOf('server port')]).toEqual([
          'visitor',
          'visitor',
        ]);
        // The key is not shown unless the visitor asks for it.
        expect(await (await find(KEY)).evaluate((input) => (input as HTMLInputElement).type)).toBe(
          'password',
        );
        expect(await send()).toEqual({ status: '200 OK', names: ['analytics', 'payments', 'storefront'] });

        await context.close();
        context = await browser.createBrowserContext();
        page = await context.newPage();
        await openAs('grace@globex.example');
        expect(await send()).toEqual({ status: '200 OK', names: ['reactor', 'weather'] });
      },
      BROWSER_TIMEOUT_MS,
    );

    it(
      'no longer answers with a key whose visitor has logged out of the backend',
      async () => {
        await openAs('ada@acme.example');
        expect((await send()).status).toBe('200 OK');
        const home = await context.newPage();
        await home.goto(backendUrl);
        await Promise.all([home.waitForNavigation(), home.click('form[action="/logout"] button')]);
        await home.close();
        // The docs still hold the key, and it is worthless.
        expect(await sourceOf('header X-Acme-Key')).toBe('visitor');
        await until(async () => (await send()).status === '401 Unauthorized', BROWSER_TIMEOUT_MS);
        expect(await textOf('[data-testid=playground-status]')).toBe('401 Unauthorized');
      },
      BROWSER_TIMEOUT_MS,
    );

    it(
      'answers 401 to an anonymous visitor with a way to log in, and keeps what was typed until it is reset',
      async () => {
        await page.goto(docsUrl + PAGE);
        expect([await sourceOf('header X-Acme-Key'), await sourceOf('server port')]).toEqual([
          'none',
          'spec',
        ]);
        await replace(PORT, new URL(backendUrl).port);
        expect(await sourceOf('server port')).toBe('typed');
        expect((await send()).status).toBe('401 Unauthorized');
        expect(await textOf('[data-testid=playground-hint]')).toContain('You are not logged in.');
        await replace(KEY, 'wrong');
        await (await find('[data-testid=playground-hint] a[href*="/docs-login"]')).click();
        await logIn('ada@acme.example');
        expect(new URL(page.url()).pathname).toBe(PAGE);
        expect([await sourceOf('header X-Acme-Key'), await valueOf(KEY)]).toEqual(['typed', 'wrong']);
        expect((await send()).status).toBe('401 Unauthorized');
        expect(await textOf('[data-testid=playground-hint]')).toContain('Reset it');
        await (await find('[aria-label="Reset X-Acme-Key"]')).click();
        expect([await sourceOf('header X-Acme-Key'), await sourceOf('server port')]).toEqual([
          'visitor',
          'typed',
        ]);
        expect((await send()).status).toBe('200 OK');
      },
      BROWSER_TIMEOUT_MS,
    );

    it(
      'says in the panel what the user data fill',
      async () => {
        await openAs('grace@globex.example');
        await (await find('.visitor button[aria-controls=user-data]')).click();
        await (await find('.inputs-panel summary')).click();
        const report = await textOf('[data-testid=inputs-report]');
        expect(report).toContain('GET /api/services: fills server port, header X-Acme-Key.');
        expect(report).toContain('path serviceId stays empty.');
        expect(await page.$('[data-testid=unused-inputs]')).toBeNull();
      },
      BROWSER_TIMEOUT_MS,
    );

    it(
      'sends nothing for a page of another origin, and nothing to another server',
      async () => {
        await page.goto(`${backendUrl}/login`);
        const answer = await page.evaluate(async (url: string) => {
          try {
            await fetch(url, {
              method: 'POST',
              headers: { 'content-type': 'application/json', 'x-docs-emulator': 'relay' },
              body: '{}',
            });
            return 'answered';
          } catch {
            return 'refused';
          }
        }, `${docsUrl}/_emulator/relay`);
        expect(answer).toBe('refused');

        await page.goto(docsUrl + PAGE);
        await replace(PORT, '80@evil.example');
        await (await find('[data-testid=playground] button[type=submit]')).click();
        expect(await textOf('.playground-problem')).toBe('port must be a port, such as 8080.');
      },
      BROWSER_TIMEOUT_MS,
    );
  });
}
