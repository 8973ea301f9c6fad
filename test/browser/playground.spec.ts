import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startDocsEmulator } from 'mintlify-docs-emulator';
import type { Browser, Page } from 'puppeteer-core';
import type { Browser as PlaywrightBrowser, Page as PlaywrightPage } from 'playwright-core';
import { makeFolder } from '../emulator/unit/sample-folder-helper.js';
import type { SampleFolder } from '../emulator/unit/sample-folder-helper.js';
import { becomes } from '../support/becomes.support.js';
import { BROWSER_TIMEOUT_MS, launchChromium } from '../support/chromium.support.js';
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

describe('files, downloads and requests of the browser itself', () => {
  const ZIP = Buffer.from([0x50, 0x4b, 3, 4, 0, 255, 254, 0]);
  const requests: { method: string; headers: IncomingHttpHeaders; body: Buffer }[] = [];
  let allowsCors: boolean;
  let api: Server;
  let folder: SampleFolder;
  let browser: PlaywrightBrowser;
  let page: PlaywrightPage;

  beforeAll(async () => {
    api = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', headers } = request;
        requests.push({ method, headers, body: Buffer.concat(chunks) });
        if (allowsCors) {
          response.setHeader('access-control-allow-origin', headers.origin ?? '*');
          response.setHeader('access-control-allow-headers', 'x-api-key, content-type');
          response.setHeader('access-control-allow-methods', 'PUT');
        }
        response.setHeader('content-type', 'application/zip');
        response.setHeader('content-disposition', 'attachment; filename="plants.zip"');
        response.end(ZIP);
      });
    });
    await new Promise<void>((resolve) => {
      api.listen(0, 'localhost', resolve);
    });
    const form = {
      type: 'object',
      required: ['photo'],
      properties: {
        title: { type: 'string', example: 'Fern' },
        tags: { type: 'array', items: { type: 'string' }, example: ['new', 'hot'] },
        photo: { type: 'string', format: 'binary', description: 'Of the plant.' },
        extras: { type: 'array', items: { type: 'string', format: 'binary' } },
      },
    };
    const operation = {
      summary: 'Add a plant',
      requestBody: {
        required: true,
        content: { 'multipart/form-data': { schema: form }, 'application/octet-stream': {} },
      },
      responses: { 200: { description: 'Fine' } },
    };
    folder = await makeFolder({
      'docs.json': docsJson(true),
      'add.mdx': '---\nopenapi: PUT /plants\n---\n',
      'openapi.json': JSON.stringify({
        openapi: '3.0.3',
        info: { title: 'Plants', version: '1' },
        servers: [{ url: `http://localhost:${(api.address() as AddressInfo).port}/v1` }],
        components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-API-Key' } } },
        security: [{ key: [] }],
        paths: { '/plants': { put: operation } },
      }),
    });
    browser = await launchChromium();
  }, BROWSER_TIMEOUT_MS);
  beforeEach(() => {
    requests.length = 0;
    allowsCors = false;
  });
  afterAll(async () => {
    await browser?.close();
    await folder?.remove();
    api.closeAllConnections();
    api.close();
  });

  function docsJson(proxy: boolean): string {
    const theme = { light: 'github-light', dark: 'dracula' };
    return JSON.stringify({
      name: 'Plants',
      navigation: { pages: ['add'] },
      api: { playground: { proxy } },
      styling: { codeblocks: proxy ? { theme } : 'dark' },
    });
  }

  async function open(proxy: boolean): Promise<AsyncDisposable> {
    await writeFile(join(folder.path, 'docs.json'), docsJson(proxy));
    const visitors = { ada: { apiPlaygroundInputs: { header: { 'X-API-Key': 'k' } } } };
    const docs = await startDocsEmulator({ port: 0, directory: folder.path, visitors });
    const context = await browser.newContext();
    page = await context.newPage();
    await page.goto(`${docs.url}/add`);
    await page.getByTestId('playground').waitFor();
    return {
      [Symbol.asyncDispose]: async () => {
        await context.close();
        await docs.close();
      },
    };
  }

  const file = (name: string, bytes: number[]) => ({
    name,
    mimeType: 'image/png',
    buffer: Buffer.from(bytes),
  });

  async function formSent(): Promise<unknown[]> {
    const { headers, body } = requests.at(-1)!;
    const type = headers['content-type'] ?? '';
    const read = new Response(new Uint8Array(body), { headers: { 'content-type': type } });
    const parts = [...(await read.formData())].map(([name, value]) =>
      typeof value === 'string' ? Promise.resolve([name, value]) : fileSent(name, value),
    );
    return Promise.all(parts);
  }

  async function fileSent(name: string, sent: File): Promise<unknown[]> {
    return [name, sent.name, sent.type, ...Buffer.from(await sent.arrayBuffer())];
  }

  const PARTS = [
    ['title', 'Fern'],
    ['tags', 'new'],
    ['tags', 'hot'],
    ['photo', 'fern.png', 'image/png', 0, 255],
    ['extras', 'a.png', 'image/png', 1],
    ['extras', 'b.png', 'image/png', 2],
  ];

  async function chooseFiles(): Promise<void> {
    await page
      .getByTestId('file photo')
      .locator('input')
      .setInputFiles(file('fern.png', [0, 255]));
    await page
      .getByTestId('file extras')
      .locator('input')
      .setInputFiles([file('a.png', [1]), file('b.png', [2])]);
    await page.getByText('a.png, 1 byte, b.png, 1 byte').waitFor();
  }

  /** The background of code in light and dark mode. */
  async function codeBackgrounds(): Promise<string[]> {
    const found: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const code = page.locator('.examples .code-sample').first();
      found.push(await code.evaluate((element) => getComputedStyle(element).backgroundColor));
    }
    return found;
  }

  const send = (): Promise<void> => page.getByRole('button', { name: 'Send' }).click();

  it(
    'sends the files of a form, or one file as the whole body, and saves what is no text',
    async () => {
      await using _docs = await open(true);
      // From `styling.codeblocks`: #fff and #282a36.
      expect(await codeBackgrounds()).toEqual(['rgb(255, 255, 255)', 'rgb(40, 42, 54)']);
      await chooseFiles();
      await send();
      const link = page.getByTestId('playground-download');
      await link.waitFor();
      expect(await formSent()).toEqual(PARTS);
      expect(requests[0]?.headers['x-api-key']).toBe('k');
      expect(await page.getByTestId('playground-response').textContent()).toContain(
        'Download plants.zip application/zip, 8 bytes',
      );
      const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
      expect(download.suggestedFilename()).toBe('plants.zip');
      expect((await readFile(await download.path())).equals(ZIP)).toBe(true);

      const examples = page.getByRole('region', { name: 'Request example' });
      await becomes(() => examples.textContent(), expect.stringContaining('photo=@fern.png;type=image/png'));

      await page
        .getByTestId('playground-request-body')
        .getByLabel('Media type')
        .selectOption('application/octet-stream');
      await page.getByLabel('File', { exact: true }).setInputFiles(file('whole.png', [7, 8, 9]));
      await page.getByText('whole.png, 3 bytes').waitFor();
      await send();
      await becomes(async () => requests.length, 2);
      expect([requests[1]?.headers['content-type'], ...(requests[1]?.body ?? [])]).toEqual([
        'application/octet-stream',
        7,
        8,
        9,
      ]);
      // Larger than all files of a request may be.
      await page.getByLabel('File', { exact: true }).setInputFiles(file('big.png', Array(5_300_000).fill(1)));
      await page.getByText('The playground sends 5.2 MB of files. Choose smaller ones.').waitFor();
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'sends from the browser with `proxy: false`, and says what the API has to allow',
    async () => {
      await using _docs = await open(false);
      expect(await codeBackgrounds()).toEqual(['rgb(24, 28, 37)', 'rgb(24, 28, 37)']);
      await chooseFiles();
      await send();
      const refusal = page.getByTestId('playground-refusal');
      await becomes(
        () => refusal.textContent(),
        `docs.json has \`proxy: false\`, and the browser blocked the response (CORS). The API must send Access-Control-Allow-Origin: ${new URL(page.url()).origin}, and answer the preflight (OPTIONS) also with Access-Control-Allow-Methods: PUT and Access-Control-Allow-Headers: X-API-Key. Or remove \`proxy: false\`.`,
      );
      expect(requests.filter(({ method }) => method === 'PUT')).toEqual([]);

      allowsCors = true;
      await send();
      await page.getByTestId('playground-download').waitFor();
      expect(await formSent()).toEqual(PARTS);
      const { headers } = requests.at(-1)!;
      expect([headers['x-api-key'], headers.origin, headers.cookie]).toEqual([
        'k',
        new URL(page.url()).origin,
        undefined,
      ]);
      expect(headers['user-agent']).toContain('Chrome');
    },
    BROWSER_TIMEOUT_MS,
  );
});
