import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Controller, Get, Header, Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { startDocsEmulator, type DocsEmulator } from 'mintlify-docs-emulator';
import { MintlifyPersonalizationModule } from 'nestjs-mintlify-personalization';
import type { BrowserContext, Page } from 'playwright-core';
import { mapperOf } from '../support/apps.support.js';
import { BROWSER_TIMEOUT_MS } from '../support/chromium.support.js';
import { createSession, SessionStrategy } from '../support/sessions.support.js';
import { listenAnywhere, openTlsSites, type TlsSites } from '../support/tls-sites.support.js';

/** A dashboard that logs in every visitor. */
@Controller()
class DashboardController {
  @Get('login')
  @Header('Content-Type', 'text/html')
  login(): string {
    return '<h1>Dashboard</h1>';
  }
}

/**
 * The three examples of Mintlify's documentation, with their own host names. In each, the API is on the origin of the
 * dashboard.
 */
const EXAMPLES = [
  {
    example: 'dashboard at dash.foo.test, docs at docs.foo.test',
    docs: 'https://docs.foo.test',
    basePath: '',
    api: 'https://dash.foo.test',
  },
  {
    example: 'dashboard at dash.foo.test, docs at foo.test/docs',
    docs: 'https://foo.test',
    basePath: '/docs',
    api: 'https://dash.foo.test',
  },
  {
    example: 'dashboard and docs both on foo.test',
    docs: 'https://foo.test',
    basePath: '/docs',
    api: 'https://foo.test',
  },
];

/** What a page can learn about a visitor, with every kind of request that a page can send. */
async function tryToRead(infoUrl: string): Promise<{ readable: string[]; sent: number }> {
  const attempts: RequestInit[] = [
    { credentials: 'include' },
    { credentials: 'include', headers: { Authorization: 'Bearer none' } },
    { credentials: 'omit' },
    { credentials: 'include', mode: 'no-cors' },
  ];
  const readable: string[] = [];
  for (const attempt of attempts) {
    try {
      const response = await fetch(infoUrl, attempt);
      const text = await response.text();
      if (text !== '') readable.push(text);
    } catch {
      // The browser blocked the response.
    }
  }
  await new Promise((resolve) => {
    const script = document.createElement('script');
    script.src = infoUrl;
    script.addEventListener('load', resolve);
    script.addEventListener('error', resolve);
    document.head.append(script);
  });
  return { readable, sent: attempts.length + 1 };
}

describe.each(EXAMPLES)('the shared session: $example', ({ docs, basePath, api }) => {
  const map = jest.fn(() => ({ groups: ['admin'], content: { firstName: 'Ada', lastName: 'Lovelace' } }));
  let sites: TlsSites;
  let app: INestApplication;
  let emulator: DocsEmulator;
  let otherSite: { port: number; close: () => void };
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    @Module({
      imports: [
        MintlifyPersonalizationModule.forRoot({
          docsUrl: docs + basePath,
          apiUrl: api,
          claimMapper: mapperOf(map),
          handshakes: { jwt: false, sharedSession: { path: 'api/docs-user' } },
        }),
      ],
      controllers: [DashboardController],
      providers: [SessionStrategy],
    })
    class AppModule {}
    app = await NestFactory.create(AppModule, new ExpressAdapter(), { logger: false });
    app.enableCors({ origin: true, credentials: true }); // the most careless configuration
    await app.listen(0, '127.0.0.1');
    const { port: appPort } = app.getHttpServer().address() as { port: number };
    emulator = await startDocsEmulator({
      port: 0,
      host: '127.0.0.1',
      publicUrl: docs,
      basePath,
      loginUrl: `${api}/login`,
      handshake: { type: 'shared-session', infoApiUrl: `${api}/api/docs-user` },
    });
    otherSite = await listenAnywhere((_, response) => {
      response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>A otherSite</title>');
    });
    sites = await openTlsSites((host, path) => {
      const isDocs = `https://${host}` === docs && (path === basePath || path.startsWith(`${basePath}/`));
      if (isDocs) return emulator.port;
      return `https://${host}` === api ? appPort : otherSite.port;
    });
  }, BROWSER_TIMEOUT_MS);

  afterAll(async () => {
    await sites?.close();
    await emulator?.close();
    await app?.close();
    otherSite?.close();
  });

  beforeEach(async () => {
    map.mockClear();
    context = await sites.browser.newContext();
    page = await context.newPage();
  });

  afterEach(async () => {
    await context.close();
  });

  /** Sets the session cookie of the dashboard's login. */
  async function logIn(sameSite: 'Lax' | 'None' = 'Lax'): Promise<void> {
    const value = await createSession();
    await context.addCookies([{ name: 'session', value, url: api, httpOnly: true, secure: true, sameSite }]);
  }

  async function openDocs(path: string): Promise<void> {
    await page.goto(docs + basePath + path);
    await page.waitForSelector('html[data-ready=true]');
  }

  it('identifies a visitor with a session', async () => {
    await logIn();
    await openDocs('/quickstart#step-one');
    expect(await page.getByTestId('visitor-name').textContent()).toBe('Ada Lovelace');
    expect(await page.evaluate(() => window.mintlify?.user)).toMatchObject({ firstName: 'Ada' });
    expect(map).toHaveBeenCalledTimes(1);
  });

  it('links a visitor without a session to the dashboard', async () => {
    await openDocs('/quickstart');
    expect(await page.getByTestId('visitor-name').count()).toBe(0);
    await page.getByRole('link', { name: 'Log in' }).click();
    await page.getByRole('heading', { name: 'Dashboard' }).waitFor();
    expect(page.url()).toBe(`${api}/login`);
    expect(map).not.toHaveBeenCalled();
  });

  it.each(['https://evil.test', 'https://user-content.foo.test', 'https://docs.foo.test.evil.test'])(
    'allows a page on %s to read nothing, and does not run the mapper',
    async (origin) => {
      await logIn('None'); // so that the browser sends the cookie from other sites too
      await page.goto(`${origin}/`);
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      const { readable, sent } = await page.evaluate(tryToRead, `${api}/api/docs-user`);
      expect(readable).toEqual([]);
      expect(asked.length).toBeGreaterThanOrEqual(sent - 1);
      expect(map).not.toHaveBeenCalled();
    },
  );
});
