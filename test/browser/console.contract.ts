import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import { SAMPLE_DIRECTORY } from 'mintlify-docs-emulator';
import type { Browser, BrowserContext, ElementHandle, Page } from 'puppeteer-core';
import { ACCESS_TOKEN } from '../../src/console/console-token.js';
import { BackendProcess } from '../support/backend-process.support.js';
import { BROWSER_TIMEOUT_MS } from '../support/chromium.support.js';
import { until } from '../support/until.support.js';

const SESSION_SECRET = 'a secret of these browser tests, long enough';

/** The whole way from the docs of Acme Console to its login and back, in one browser. */
export function describeConsole(browserName: string, launch: () => Promise<Browser>): void {
  describe(`Acme Console in ${browserName}`, () => {
    let backend: BackendProcess;
    let browser: Browser;
    let context: BrowserContext;
    let page: Page;
    let backendUrl: string;
    let consoleUrl: string;
    let docsUrl: string;

    beforeAll(async () => {
      backend = new BackendProcess({ DOCS_DIRECTORY: SAMPLE_DIRECTORY, SESSION_SECRET });
      const [, ...urls] = await backend.says(
        /Backend +(\S+)\n[^]*Acme Console +(\S+)\nConsole docs +(\S+)\n[^]*Ctrl-C/,
      );
      [backendUrl = '', consoleUrl = '', docsUrl = ''] = urls;
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

    /**
     * Waits for an element. Not with a locator: in Firefox its script runs in the page, whose content policy forbids it.
     */
    async function find(selector: string): Promise<ElementHandle> {
      let found: ElementHandle | null = null;
      await until(async () => {
        // While the browser goes to the next page, there is no document to look into.
        found = await page.$(selector).catch(() => null);
        return found !== null;
      }, BROWSER_TIMEOUT_MS);
      return found as unknown as ElementHandle;
    }

    async function fillLogin(): Promise<void> {
      await (await find('input[name=email]')).type('ada@acme.example');
      await (await find('input[name=password]')).type('docs-demo');
      await (await find('button[type=submit]')).click();
    }

    async function openDocs(): Promise<void> {
      await page.goto(`${docsUrl}/quickstart#step-one`);
      await (await find('a.button[href*="/docs-login"]')).click();
    }

    async function logInToConsole(): Promise<void> {
      await page.goto(consoleUrl);
      await fillLogin();
      await find('dl');
    }

    /** The name that the docs show, and the address of the page. */
    async function arrival(): Promise<{ name: string; path: string }> {
      const element = await find('[data-testid=visitor-name]');
      const name = await element.evaluate(({ textContent }) => textContent ?? '');
      const { origin, pathname, hash } = new URL(page.url());
      expect(origin).toBe(docsUrl);
      return { name, path: pathname + hash };
    }

    /** Makes the console get an expired access token at its first refresh. */
    async function giveExpiredToken(): Promise<void> {
      const accessToken = await new SignJWT()
        .setProtectedHeader({ alg: ACCESS_TOKEN.algorithm })
        .setIssuer(ACCESS_TOKEN.issuer)
        .setAudience(ACCESS_TOKEN.audience)
        .setExpirationTime('-1 minute')
        .sign(new TextEncoder().encode(SESSION_SECRET));
      await page.evaluateOnNewDocument((expired: string) => {
        const send = window.fetch.bind(window);
        const isRefresh = (input: unknown) => typeof input === 'string' && input.endsWith('/refresh');
        let isFirst = true;
        window.fetch = (input, init) => {
          if (!isFirst || !isRefresh(input)) return send(input, init);
          isFirst = false;
          return Promise.resolve(Response.json({ accessToken: expired }));
        };
      }, accessToken);
    }

    it(
      'logs an anonymous reader in, and brings them back to the page and the anchor',
      async () => {
        await openDocs();
        await fillLogin();
        expect(await arrival()).toEqual({ name: 'Ada Lovelace', path: '/quickstart#step-one' });
      },
      BROWSER_TIMEOUT_MS,
    );

    it(
      'opens the docs at once for a user who is logged in',
      async () => {
        await logInToConsole();
        await openDocs();
        expect(await arrival()).toEqual({ name: 'Ada Lovelace', path: '/quickstart#step-one' });
      },
      BROWSER_TIMEOUT_MS,
    );

    it(
      'replaces an expired access token, and asks for a login only if the session has ended',
      async () => {
        await giveExpiredToken();
        await page.goto(`${consoleUrl}/docs-login`);
        await fillLogin();
        expect((await arrival()).name).toBe('Ada Lovelace');
        await page.goto(`${consoleUrl}/docs-login?redirect=/quickstart`);
        expect((await arrival()).path).toBe('/quickstart');
      },
      BROWSER_TIMEOUT_MS,
    );

    it(
      'gives no token to the page of another origin that uses the cookies of the visitor',
      async () => {
        await logInToConsole();
        const other = await startPage();
        try {
          await page.goto(other.url);
          const outcomes = await page.evaluate(tryToGetToken, backendUrl);
          for (const outcome of outcomes) expect(outcome).toMatch(/^(refused|TypeError)/);
          expect(outcomes.join()).not.toContain('eyJ');
        } finally {
          other.server.close();
        }
      },
      BROWSER_TIMEOUT_MS,
    );
  });
}

/** An empty page on another port of `localhost`: another origin on the same site, so that cookies travel. */
async function startPage(): Promise<{ server: Server; url: string }> {
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end('<!doctype html><title>Another site</title>');
  }).listen(0);
  await once(server, 'listening');
  return { server, url: `http://localhost:${(server.address() as AddressInfo).port}` };
}

/** Runs in the page: all the ways to call the two routes that give tokens. */
async function tryToGetToken(backendUrl: string): Promise<string[]> {
  const outcomes: string[] = [];
  for (const path of ['/console/docs-login', '/console/session/refresh']) {
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
      for (const mode of ['cors', 'no-cors'] as const) {
        try {
          const response = await fetch(backendUrl + path, {
            method: 'POST',
            mode,
            credentials: 'include',
            headers: { 'Content-Type': type },
            body: '{}',
          });
          const text = await response.text();
          outcomes.push(response.ok ? `got ${text}` : `refused ${response.status} ${text}`);
        } catch (error) {
          outcomes.push(String(error));
        }
      }
    }
  }
  return outcomes;
}
