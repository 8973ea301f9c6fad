import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startDocsEmulator } from 'mintlify-docs-emulator';
import type { Browser, Page } from 'puppeteer-core';
import { makeFolder } from '../emulator/unit/sample-folder-helper.js';
import { BROWSER_TIMEOUT_MS } from '../support/chromium.support.js';
import { launchSameInChromium } from '../support/real-browsers.support.js';
import { describePlayground } from './playground.contract.js';

describePlayground('Chromium', launchSameInChromium);

describe('api.playground.display of docs.json', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchSameInChromium();
  }, BROWSER_TIMEOUT_MS);

  afterAll(() => browser?.close());

  /** Whether an anonymous visitor and Ada, who is an administrator, see a playground. */
  async function whoSees(display: string, groups?: string[]): Promise<[anonymous: boolean, ada: boolean]> {
    const folder = await makeFolder({
      'docs.json': JSON.stringify({
        name: 'Plants',
        navigation: { pages: ['list'] },
        api: { playground: { display } },
      }),
      'list.mdx': `---\ntitle: List\nopenapi: GET /plants\n${groups ? `groups: ${JSON.stringify(groups)}\n` : ''}---\n`,
      'openapi.json': JSON.stringify({
        openapi: '3.1.0',
        info: { title: 'Plants', version: '1' },
        servers: [{ url: 'https://api.foo.com' }],
        paths: { '/plants': { get: { summary: 'List', responses: { 200: { description: 'Fine' } } } } },
      }),
    });
    await using docs = await startDocsEmulator({
      port: 0,
      directory: folder.path,
      visitors: { anonymous: null, ada: { groups: ['admin'] } },
    });
    const context = await browser.createBrowserContext();
    try {
      const page = await context.newPage();
      const anonymous = await seesPlayground(page, docs.url);
      await context.setCookie({ name: `docs-visitor-${docs.port}`, value: 'ada', domain: 'localhost' });
      return [anonymous, await seesPlayground(page, docs.url)];
    } finally {
      await context.close();
      await folder.remove();
    }
  }

  async function seesPlayground(page: Page, docsUrl: string): Promise<boolean> {
    await page.goto(`${docsUrl}/list`);
    await page.waitForSelector('html[data-ready=true]');
    return (await page.$('[data-testid=playground]')) !== null;
  }

  it(
    'decides who sees the playground',
    async () => {
      expect(await whoSees('interactive')).toEqual([true, true]);
      expect(await whoSees('auth')).toEqual([false, true]);
      expect(await whoSees('auth', ['support'])).toEqual([false, false]);
      expect(await whoSees('none')).toEqual([false, false]);
    },
    BROWSER_TIMEOUT_MS,
  );
});
