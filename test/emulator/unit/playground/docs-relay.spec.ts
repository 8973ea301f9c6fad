import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startDocsEmulator } from '../../../../libs/mintlify-docs-emulator/src/index.js';
import type { DocsEmulator, DocsEmulatorOptions } from '../../../../libs/mintlify-docs-emulator/src/index.js';
import { ed25519Pair, signPrivateToken } from '../../../support/private-docs.support.js';
import { makeFolder } from '../sample-folder-helper.js';
import type { SampleFolder } from '../sample-folder-helper.js';
import { valuesOf } from './operation-helper.js';

const FROM_DOCS = {
  'x-docs-emulator': 'relay',
  'sec-fetch-site': 'same-origin',
  'content-type': 'application/json',
};
const VISITORS = {
  anonymous: null,
  viewer: { groups: ['viewer'] },
  admin: { groups: ['admin'], apiPlaygroundInputs: { header: { 'X-API-Key': 'k' } } },
};

describe('the relay of a docs folder', () => {
  const site = ed25519Pair();
  const cookies: string[] = [];
  let api: Server;
  let folder: SampleFolder;
  let emulator: DocsEmulator | undefined;

  beforeAll(async () => {
    api = createServer((request, response) => {
      cookies.push(request.headers.cookie ?? '');
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ path: request.url }));
    });
    await new Promise<void>((resolve) => {
      api.listen(0, 'localhost', resolve);
    });
    const operation = (summary: string, groups?: string[]) => ({
      summary,
      ...(groups && { 'x-mint': { groups } }),
      responses: { 200: { description: 'Fine' } },
    });
    folder = await makeFolder({
      'docs.json': JSON.stringify({
        name: 'Plants',
        navigation: {
          groups: [
            { group: 'API', openapi: 'openapi.json' },
            { group: 'Guides', pages: ['index'] },
          ],
        },
      }),
      'unlisted/quiet.mdx': '---\nopenapi: GET /plants\nplayground: simple\n---\n',
      'unlisted/loud.mdx': '---\nopenapi: GET /plants\nplayground: loud\n---\n',
      'unlisted/list.mdx': '---\nopenapi: GET /plants\n---\n',
      'unlisted/delete.mdx': '---\nopenapi: DELETE /plants\n---\n',
      'unlisted/admins.mdx': '---\nopenapi: GET /plants\ngroups: [admin]\n---\n',
      'index.mdx': '---\ntitle: Start\n---\n\nStart here.\n',
      'openapi.json': JSON.stringify({
        openapi: '3.1.0',
        info: { title: 'Plants', version: '1' },
        servers: [{ url: `http://localhost:${(api.address() as AddressInfo).port}/v1` }],
        components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-API-Key' } } },
        security: [{ key: [] }],
        paths: {
          '/plants': { get: operation('List plants'), delete: operation('Delete plants', ['admin']) },
        },
      }),
    });
  });

  afterEach(async () => {
    await emulator?.close();
    emulator = undefined;
    cookies.length = 0;
  });

  afterAll(async () => {
    await folder.remove();
    api.closeAllConnections();
    api.close();
  });

  async function start(options: DocsEmulatorOptions): Promise<DocsEmulator> {
    emulator = await startDocsEmulator({ port: 0, directory: folder.path, ...options });
    return emulator;
  }

  /** Pages of the operations, by method. */
  async function pages(headers: Record<string, string> = {}): Promise<Record<string, string>> {
    const response = await fetch(`${emulator?.url}/_emulator/playground-inputs`, { headers });
    const { operations } = (await response.json()) as { operations: { method: string; page: string }[] };
    return Object.fromEntries(operations.map(({ method, page }) => [method, page]));
  }

  async function send(page: string | undefined, headers: Record<string, string> = {}) {
    const response = await fetch(`${emulator?.url}/_emulator/relay`, {
      method: 'POST',
      headers: { ...FROM_DOCS, ...headers },
      body: JSON.stringify({ page, values: valuesOf() }),
    });
    const answer = (await response.json()) as { response?: { status: number; body: { text: string } } };
    return { status: response.status, text: answer.response?.body.text };
  }

  const cookieOf = (name: string) => ({ cookie: `docs-visitor-${emulator?.port}=${name}` });

  it('sends for everyone in public docs, below a base path too', async () => {
    await start({ visitors: VISITORS, basePath: '/docs' });
    const { GET, DELETE } = await pages();
    expect(await send(GET)).toEqual({ status: 200, text: '{"path":"/v1/plants"}' });
    // In public docs, groups hide a page and do not protect it.
    expect((await send(DELETE)).status).toBe(200);
    expect((await send('/index')).status).toBe(404);
  });

  it('sends in private docs only what the visitor may see', async () => {
    await start({ mode: 'authentication', visitors: VISITORS });
    const { GET, DELETE } = await pages(cookieOf('admin'));
    expect([GET, DELETE]).toEqual([expect.any(String), expect.any(String)]);
    expect(await pages(cookieOf('viewer'))).toEqual({ GET });
    expect(await pages(cookieOf('anonymous'))).toEqual({});
    expect((await send(DELETE, cookieOf('admin'))).status).toBe(200);
    expect((await send(DELETE, cookieOf('viewer'))).status).toBe(404);
    expect((await send(GET, cookieOf('viewer'))).status).toBe(200);
    expect((await send(GET, cookieOf('anonymous'))).status).toBe(404);
  });

  it('sends from pages that the navigation does not list, to those who may see page and operation', async () => {
    await start({ mode: 'authentication', visitors: VISITORS });
    const statuses = async (name: string) =>
      Promise.all(
        ['list', 'delete', 'admins'].map(
          async (page) => (await send(`/unlisted/${page}`, cookieOf(name))).status,
        ),
      );
    expect(await statuses('admin')).toEqual([200, 200, 200]);
    expect(await statuses('viewer')).toEqual([200, 404, 404]);
    expect(await statuses('anonymous')).toEqual([404, 404, 404]);
  });

  it('follows `playground` of a page, over what docs.json says', async () => {
    const docs = await start({ mode: 'authentication', visitors: VISITORS });
    const displayOf = async (page: string) => {
      const response = await fetch(docs.url + page, { headers: cookieOf('viewer') });
      return /"display":"(\w+)"/.exec(await response.text())?.[1];
    };
    expect([await displayOf('/unlisted/quiet'), await displayOf('/unlisted/loud')]).toEqual([
      'simple',
      'interactive',
    ]);
    expect((await send('/unlisted/quiet', cookieOf('viewer'))).status).toBe(403);
    expect((await send('/unlisted/loud', cookieOf('viewer'))).status).toBe(200);
    // The display of a page is no hint that it exists.
    expect((await send('/unlisted/quiet', cookieOf('anonymous'))).status).toBe(404);
  });

  it('needs the session of private docs, and does not pass it on', async () => {
    const docs = await start({
      mode: 'authentication',
      publicKeys: [site.publicKey],
      loginUrl: 'http://localhost:3000/docs-login',
    });
    const now = Math.floor(Date.now() / 1_000);
    const token = signPrivateToken(
      { host: 'localhost', iat: now, exp: now + 10, groups: ['admin'] },
      site.privateKey,
    );
    const login = await fetch(`${docs.url}/_emulator/session`, {
      method: 'POST',
      headers: FROM_DOCS,
      body: JSON.stringify({ token }),
    });
    const cookie = (login.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    expect(cookie).toMatch(/^docs-session-/);
    const { DELETE } = await pages({ cookie });
    expect((await send(DELETE)).status).toBe(404);
    expect((await send(DELETE, { cookie: `${cookie}x` })).status).toBe(404);
    expect((await send(DELETE, { cookie })).status).toBe(200);
    expect(cookies).toEqual(['']);
  });
});
