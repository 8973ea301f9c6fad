import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { startDocsEmulator, type DocsEmulator } from 'mintlify-docs-emulator';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { composeHost, createAdapter, type Platform } from '../support/apps.support.js';
import { BROWSER_TIMEOUT_MS, launchChromium } from '../support/chromium.support.js';
import { DOCS_PRIVATE_KEY, DOCS_PUBLIC_KEY } from '../support/docs-arrival.support.js';
import { createSession } from '../support/sessions.support.js';

/** What `npm run build` made for browsers: no bundler comes in between. */
const BROWSER_FILE = join(import.meta.dirname, '../../libs/mintlify-personalization/dist/browser.js');

/** A page of the app that keeps its token in memory only: the test hands it over as a login would. */
const PAGE = `<!doctype html><title>Acme Console</title><output></output>
<script type="module">
import { openDocs, NotLoggedInError, OpenDocsError } from '/browser.js';
const say = (text) => { document.querySelector('output').textContent = text; };
window.goToDocs = (options) => openDocs(options).catch((error) => {
  say(error instanceof NotLoggedInError ? 'not logged in' : error instanceof OpenDocsError ? 'failed ' + error.status : String(error));
});
say('ready');
</script>`;

async function serveApp(): Promise<Server> {
  const script = await readFile(BROWSER_FILE, 'utf8');
  const server = createServer((request, response) => {
    const isScript = request.url === '/browser.js';
    response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' });
    response.end(isScript ? script : PAGE);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return server;
}

const portOf = (server: { address(): unknown }): number => (server.address() as AddressInfo).port;

describe.each<Platform>(['Express', 'Fastify'])('a single-page app in a browser, on %s', (platform) => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let app: Server;
  let backend: INestApplication;
  let docs: DocsEmulator;
  let appUrl: string;
  let evilUrl: string;
  let endpoint: string;

  beforeAll(async () => {
    browser = await launchChromium();
    app = await serveApp();
    appUrl = `http://localhost:${portOf(app)}`;
    // Another origin, and another site: an address is no name.
    evilUrl = `http://127.0.0.1:${portOf(app)}`;
    docs = await startDocsEmulator({
      port: 0,
      publicKeys: [DOCS_PUBLIC_KEY.export({ format: 'pem', type: 'spki' }).toString()],
      loginUrl: `${appUrl}/docs-login`,
    });
    backend = await NestFactory.create(
      composeHost('forRoot', {
        options: {
          docsUrl: docs.url,
          signingKey: DOCS_PRIVATE_KEY,
          handshakes: { jwt: { singlePageApp: { origins: [appUrl] } } },
        },
      }),
      createAdapter(platform),
      { abortOnError: false, forceCloseConnections: true, logger: false },
    );
    await backend.listen(0, '127.0.0.1');
    endpoint = `http://localhost:${portOf(backend.getHttpServer() as Server)}/docs-login`;
  }, BROWSER_TIMEOUT_MS);

  afterAll(async () => {
    await Promise.all([browser.close(), backend.close(), docs.close()]);
    app.closeAllConnections();
    app.close();
  });

  beforeEach(async () => {
    context = await browser.newContext();
    page = await context.newPage();
  });

  afterEach(() => context.close());

  /** Calls `openDocs` as the page of the app does, with the token that its login gave it. */
  const openDocs = (accessToken: string, more: Record<string, string> = {}) =>
    page.evaluate(
      (options) => {
        // The page may be gone before the promise is settled.
        void (window as unknown as { goToDocs(options: object): Promise<void> }).goToDocs(options);
      },
      { endpoint, accessToken, ...more },
    );

  const said = (text: string) => page.locator('output').filter({ hasText: text }).waitFor();

  it.each(['/docs-login?', '/#/docs-login?'])(
    'brings the visitor from its page %s to the page of the docs, known there',
    async (start) => {
      await page.goto(`${appUrl}${start}redirect=%2Fquickstart&anchor=step-one`);
      await said('ready');
      await openDocs(await createSession(), { docsOrigin: docs.url });
      await page.waitForURL((url) => url.origin === docs.url && url.pathname === '/quickstart');
      await page.waitForFunction(() => (window.mintlify?.user ?? null) !== null);
      expect(await page.evaluate(() => window.mintlify?.user)).toMatchObject({ firstName: 'Ada' });
      expect(new URL(page.url()).hash).not.toContain('jwt');
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'shows its login to a visitor whose token has expired, and works after it',
    async () => {
      await page.goto(`${appUrl}/docs-login?redirect=%2Fquickstart`);
      await said('ready');
      await openDocs(await createSession(undefined, -60));
      await said('not logged in');
      await openDocs('');
      await said('not logged in');
      await page.goto(`${appUrl}/login`);
      await page.goBack();
      await said('ready');
      await openDocs(await createSession());
      await page.waitForURL((url) => url.origin === docs.url && url.pathname === '/quickstart');
      await page.waitForFunction(() => (window.mintlify?.user ?? null) !== null);
      expect(await page.evaluate(() => window.mintlify?.user)).toMatchObject({ firstName: 'Ada' });
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'goes nowhere else than to its docs',
    async () => {
      await page.goto(`${appUrl}/docs-login`);
      await said('ready');
      await openDocs(await createSession(), { docsOrigin: 'https://docs.elsewhere.test' });
      await said('failed 200');
      expect(page.url()).toBe(`${appUrl}/docs-login`);
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    "cannot be imitated by a page of another site with the visitor's cookies",
    async () => {
      const session = await createSession();
      await context.addCookies([{ name: 'session', value: session, url: endpoint }]);
      // The cookie is a session of the backend: the visitor is known where the browser opens the page.
      await page.goto(evilUrl);
      await said('ready');
      const attempts = await page.evaluate(async (url) => {
        const json = { 'Content-Type': 'application/json' };
        const requests: RequestInit[] = [
          { method: 'POST', credentials: 'include', body: '{}', headers: json },
          {
            method: 'POST',
            credentials: 'include',
            body: '{}',
            headers: { ...json, Authorization: 'Bearer x' },
          },
          { method: 'POST', credentials: 'include', body: '{}' },
          { method: 'POST', credentials: 'include', body: '{}', mode: 'no-cors' },
          { method: 'POST', credentials: 'include', body: new URLSearchParams({ redirect: '/a' }) },
        ];
        const read: string[] = [];
        for (const request of requests) {
          try {
            const response = await fetch(url, request);
            read.push(await response.text());
          } catch {
            read.push('');
          }
        }
        return read;
      }, endpoint);
      expect(attempts).toEqual(['', '', '', '', '']);
      // Even with a valid token, a page of this origin gets no answer.
      await openDocs(session);
      await said('failed undefined');
      // A form, which needs no CORS.
      const answer = page.waitForResponse((response) => response.url() === endpoint);
      await page.evaluate((url) => {
        const form = document.createElement('form');
        form.method = 'POST';
        form.enctype = 'text/plain';
        form.action = url;
        const input = document.createElement('input');
        input.name = '{"redirect":"/a","x":"';
        input.value = '"}';
        form.append(input);
        document.body.append(form);
        form.submit();
      }, endpoint);
      expect((await answer).status()).toBe(403);
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'is known by its own token alone, not by a cookie that the browser has',
    async () => {
      await context.addCookies([{ name: 'session', value: await createSession(), url: endpoint }]);
      await page.goto(`${appUrl}/docs-login`);
      await said('ready');
      await openDocs('forged');
      await said('not logged in');
      expect(page.url()).toBe(`${appUrl}/docs-login`);
    },
    BROWSER_TIMEOUT_MS,
  );
});
