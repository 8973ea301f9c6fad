import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startDocsEmulator } from 'mintlify-docs-emulator';
import type { DocsEmulator, DocsEmulatorOptions, PublicKeyInput } from 'mintlify-docs-emulator';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { BROWSER_TIMEOUT_MS, launchChromium } from '../support/chromium.support.js';
import { ed25519Pair, signPrivateToken, startLoginBackend } from '../support/private-docs.support.js';
import type { LoginBackend } from '../support/private-docs.support.js';

const TOKEN = /eyJ[\w-]{10,}/;
const site = ed25519Pair();
const otherKeys = ed25519Pair();
const nowSeconds = (): number => Math.floor(Date.now() / 1_000);

const peter = () => ({
  host: 'localhost',
  iat: nowSeconds(),
  exp: nowSeconds() + 10,
  expiresAt: nowSeconds() + 3_600,
  groups: ['support'],
  content: { firstName: 'Peter', lastName: 'Gibbons', company: 'Initech', plan: 'corporate' },
});

describe('private docs', () => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let backend: LoginBackend;
  let docs: DocsEmulator;
  const started: DocsEmulator[] = [];
  let makeToken: () => string;

  beforeAll(async () => {
    browser = await launchChromium();
    backend = await startLoginBackend(
      () => `${docs.url}/login/jwt-callback`,
      () => makeToken(),
    );
  }, BROWSER_TIMEOUT_MS);

  afterAll(async () => {
    await browser?.close();
    await backend?.close();
  });

  beforeEach(async () => {
    makeToken = () => signPrivateToken(peter(), site.privateKey);
    backend.requests.length = 0;
    context = await browser.newContext();
    page = await context.newPage();
  });

  afterEach(async () => {
    await context.close();
    await Promise.all(started.splice(0).map((emulator) => emulator.close()));
  });

  async function start(options: Partial<DocsEmulatorOptions> = {}): Promise<void> {
    docs = await startDocsEmulator({
      mode: 'authentication',
      port: 0,
      publicKeys: [site.publicKey],
      ...(options.loginUrls === undefined && { loginUrl: `${backend.url}/docs-login?site=initech` }),
      ...options,
    });
    started.push(docs);
  }

  /** Opens a page and waits until the last page after all redirects is rendered. */
  async function open(path: string): Promise<void> {
    await page.goto(docs.url + path);
    await page.waitForSelector('html[data-ready=true]');
  }

  const scrollTop = (id: string): Promise<number> =>
    page.locator(`#${id}`).evaluate((element) => element.getBoundingClientRect().top);

  it(
    'send an anonymous visitor to the login and back to the page, with query and anchor',
    async () => {
      await start();
      await open('/quickstart?from=mail#step-two');
      expect(page.url()).toBe(`${docs.url}/quickstart?from=mail#step-two`);
      expect(backend.requests).toEqual([
        '/docs-login?site=initech&redirect=%2Fquickstart%3Ffrom%3Dmail%23step-two',
      ]);
      expect(await page.getByRole('article').textContent()).toContain('Hello Peter!');
      expect(await page.getByRole('article').textContent()).toContain('a report for Initech');
      expect(await page.evaluate(() => window.scrollY)).toBeGreaterThan(0);
      expect(await scrollTop('step-two')).toBeGreaterThanOrEqual(0);
      expect(await scrollTop('step-two')).toBeLessThan(200);
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'show the visitor to the page, its scripts and the panel',
    async () => {
      await page.addInitScript(() => {
        addEventListener('mintlify:user', (event) => {
          window.heard = (event as CustomEvent).detail;
        });
      });
      await start();
      await open('/quickstart');
      const user = { firstName: 'Peter', lastName: 'Gibbons', company: 'Initech', plan: 'corporate' };
      expect(await page.evaluate(() => window.mintlify?.user)).toEqual(user);
      expect(await page.evaluate(() => window.heard)).toEqual(user);
      expect(await page.getByTestId('visitor-name').textContent()).toBe('Peter Gibbons');
      await page.getByRole('button', { name: 'User data' }).click();
      expect(await page.getByTestId('user-json').textContent()).toContain('"support"');
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'leave no token in the URL, the history, the requests or what scripts can read',
    async () => {
      const requests: string[] = [];
      page.on('request', (request) => requests.push(request.url(), request.headers().referer ?? ''));
      await start();
      await open('/quickstart#step-one');
      expect(page.url()).not.toMatch(TOKEN);
      expect(requests.map((url) => url.split('#')[0]).join('\n')).not.toMatch(TOKEN);
      const session = await context.newCDPSession(page);
      const { entries } = await session.send('Page.getNavigationHistory');
      expect(JSON.stringify(entries)).toContain('/quickstart');
      expect(JSON.stringify(entries)).not.toMatch(TOKEN);
      const kept = await page.evaluate(() =>
        JSON.stringify([Object.keys(localStorage), Object.keys(sessionStorage), document.cookie]),
      );
      expect(kept).toBe('[[],[],""]');
      expect(
        (await context.cookies()).map(({ name, httpOnly, sameSite }) => [name, httpOnly, sameSite]),
      ).toEqual([[`docs-session-${docs.port}`, true, 'Lax']]);
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'show a public page to anyone without listing private ones; its login link keeps the anchor',
    async () => {
      await start();
      await open('/#who-may-read-what');
      const pages = page.getByRole('navigation', { name: 'Pages' });
      expect(await pages.getByRole('link').allTextContents()).toEqual(['Introduction']);
      expect(await page.evaluate(() => window.mintlify?.user)).toBeNull();
      expect(backend.requests).toEqual([]);

      await page.getByRole('link', { name: 'Log in', exact: true }).click();
      await page.getByTestId('visitor-name').waitFor();
      expect(page.url()).toBe(`${docs.url}/#who-may-read-what`);
      expect(await pages.getByRole('link').allTextContents()).toEqual([
        'Introduction',
        'Quickstart',
        'Escalations',
      ]);
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'answer a page of another group like one that does not exist',
    async () => {
      await start();
      await open('/support/escalations');
      expect(await page.getByRole('article').textContent()).toContain('and so for you, Peter');
      const seen: string[] = [];
      for (const path of ['/admin', '/nothing']) {
        const response = await page.goto(docs.url + path);
        await page.waitForSelector('html[data-ready=true]');
        expect(response?.status()).toBe(404);
        seen.push((await page.locator('body').innerText()).replaceAll(path, ''));
      }
      expect(seen[0]).toContain('Page not found');
      expect(seen[0]).toBe(seen[1]);
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'offer the visitor two logins, and keep page and anchor',
    async () => {
      await start({
        loginUrls: [
          { name: 'Staff', url: `${backend.url}/staff` },
          { name: 'Partners', url: `${backend.url}/partners?team=1` },
        ],
      });
      await open('/quickstart#step-three');
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Log in');
      const ways = page.getByRole('list', { name: 'Ways to log in' }).getByRole('link');
      expect(await ways.allTextContents()).toEqual(['Staff', 'Partners']);
      expect(backend.requests).toEqual([]);
      await page.getByRole('link', { name: 'Partners' }).click();
      await page.getByTestId('visitor-name').waitFor();
      expect(backend.requests).toEqual(['/partners?team=1&redirect=%2Fquickstart%23step-three']);
      expect(page.url()).toBe(`${docs.url}/quickstart#step-three`);
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'redirect to the login without JavaScript too',
    async () => {
      await start();
      const plain = await browser.newContext({ javaScriptEnabled: false });
      const still = await plain.newPage();
      await still.goto(`${docs.url}/quickstart?a=b`);
      await still.waitForURL('**/login/jwt-callback*');
      expect(backend.requests).toEqual(['/docs-login?site=initech&redirect=%2Fquickstart%3Fa%3Db']);
      await plain.close();
    },
    BROWSER_TIMEOUT_MS,
  );

  const refused: [what: string, token: () => string, message: RegExp][] = [
    ['expired', () => signPrivateToken({ ...peter(), exp: nowSeconds() - 5 }, site.privateKey), /expired/],
    [
      'for another host',
      () => signPrivateToken({ ...peter(), host: 'docs.foo.com' }, site.privateKey),
      /host must be exactly localhost/,
    ],
    ['without iat', () => signPrivateToken({ ...peter(), iat: undefined }, site.privateKey), /no iat/],
    [
      'signed with another key',
      () => signPrivateToken(peter(), otherKeys.privateKey),
      /not signed with a key of this docs site/,
    ],
    ['not a token', () => 'jwt=eyJub3Q.eyJhIjoi.dG9rZW4&anchor=step-one', /whole fragment as the token/],
    ['no token at all', () => '', /This is not a token/],
  ];

  it.each(refused)(
    'explain why a token is rejected that is %s, and allow another login',
    async (_what, create, message) => {
      makeToken = create;
      await start();
      await open('/quickstart#step-one');
      expect(await page.getByRole('alert').textContent()).toMatch(message);
      expect(await page.locator('body').innerText()).not.toMatch(TOKEN);
      expect(page.url()).toBe(`${docs.url}/login/jwt-callback?redirect=%2Fquickstart%23step-one`);
      expect(await context.cookies()).toEqual([]);

      makeToken = () => signPrivateToken(peter(), site.privateKey);
      await page.getByRole('link', { name: 'Log in again' }).click();
      await page.getByTestId('visitor-name').waitFor();
      expect(page.url()).toBe(`${docs.url}/quickstart#step-one`);
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'reject a token that the backend sends to the page itself, and say how to fix it',
    async () => {
      await start();
      await page.goto(`${docs.url}/quickstart#${makeToken()}`);
      await page.waitForSelector('html[data-ready=true]');
      expect(await page.getByRole('alert').textContent()).toContain('/login/jwt-callback');
      expect(page.url()).toBe(`${docs.url}/login?redirect=%2Fquickstart`);
      expect(backend.requests).toEqual([]);
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'stay on the docs after a login, whatever the redirect parameter contains',
    async () => {
      await start();
      for (const hostile of [
        'https://evil.example/',
        '//evil.example',
        '/\\evil.example',
        '/%09/evil.example',
      ]) {
        await context.clearCookies();
        await page.goto(
          `${docs.url}/login/jwt-callback?redirect=${encodeURIComponent(hostile)}#${makeToken()}`,
        );
        await page.getByTestId('visitor-name').waitFor();
        expect(page.url()).toBe(`${docs.url}/`);
      }
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'log out on the server: going back or reloading shows nothing private',
    async () => {
      await start();
      await open('/');
      await open('/quickstart');
      const [cookie] = await context.cookies();
      await page.getByRole('button', { name: 'Log out' }).click();
      await page.getByRole('heading', { name: 'You are logged out' }).waitFor();
      expect(await context.cookies()).toEqual([]);
      expect(await page.getByRole('link', { name: 'Log in' }).count()).toBe(1);

      makeToken = () => 'none';
      await page.goBack();
      await page.waitForSelector('html[data-ready=true]');
      expect(await page.locator('body').innerText()).not.toContain('Peter');
      // The session itself has ended, not only the cookie.
      await context.addCookies([{ ...cookie!, expires: nowSeconds() + 600 }]);
      await open('/quickstart');
      expect(await page.getByRole('alert').textContent()).toContain('This is not a token');
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'leave the page when the session ends',
    async () => {
      await start();
      await open('/quickstart');
      const later = await context.newPage();
      await later.clock.install({ time: Date.now() + 2 * 3_600_000 });
      await later.goto(`${docs.url}/quickstart#step-one`);
      await later.waitForSelector('html[data-ready=true]');
      await later.clock.runFor(2_000);
      await later.getByRole('heading', { name: 'Your session has ended' }).waitFor();
      expect(await later.getByRole('link', { name: 'Log in' }).getAttribute('href')).toBe(
        '/login?redirect=%2Fquickstart%23step-one',
      );
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'accept a key that is added while they run, and reject one that is removed',
    async () => {
      const next = ed25519Pair();
      let keys: PublicKeyInput[] = [site.publicKey];
      await start({ publicKeys: () => keys });
      makeToken = () => signPrivateToken(peter(), next.privateKey);
      await open('/quickstart');
      expect(await page.getByRole('alert').textContent()).toMatch(/not signed with a key/);

      keys = [site.publicKey, next.publicKey];
      await page.getByRole('link', { name: 'Log in again' }).click();
      await page.getByTestId('visitor-name').waitFor();

      keys = [next.publicKey];
      await context.clearCookies();
      makeToken = () => signPrivateToken(peter(), site.privateKey);
      await open('/quickstart');
      expect(await page.getByRole('alert').textContent()).toMatch(/not signed with a key/);
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'separate the sessions of two emulators on one host',
    async () => {
      await start();
      const first = docs;
      await open('/quickstart');
      await start();
      await open('/quickstart');
      await page.goto(`${first.url}/quickstart`);
      await page.getByTestId('visitor-name').waitFor();
      expect(page.url()).toBe(`${first.url}/quickstart`);
      expect(backend.requests).toHaveLength(2);
    },
    BROWSER_TIMEOUT_MS,
  );
});
