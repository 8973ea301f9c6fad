import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startDocsEmulator } from 'mintlify-docs-emulator';
import type { DocsEmulator, DocsEmulatorOptions } from 'mintlify-docs-emulator';
import { ensureClientBundle } from './client-bundle-helper.js';
import { makeFolder } from './sample-folder-helper.js';

const cleanups: (() => Promise<unknown>)[] = [];
const visitors = { anonymous: null, admin: { groups: ['admin'], content: { firstName: 'Ada' } } };
const FILES = {
  'docs.json': JSON.stringify({ navigation: { pages: ['admin', 'open'] } }),
  'admin.mdx': '---\ngroups: [admin]\n---\nFor admins alone',
  'open.mdx': '---\npublic: true\n---\nFor everyone',
};

async function start(options: Partial<DocsEmulatorOptions> = {}): Promise<DocsEmulator> {
  const folder = await makeFolder(FILES);
  cleanups.push(() => folder.remove());
  const emulator = await startDocsEmulator({ port: 0, directory: folder.path, visitors, ...options });
  cleanups.push(() => emulator.close());
  return emulator;
}

const choose = (emulator: DocsEmulator, body: string, headers: Record<string, string> = {}) =>
  fetch(`${emulator.url}/_emulator/visitor`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', origin: `http://localhost:${emulator.port}`, ...headers },
  });
const chosen = async (emulator: DocsEmulator, name: string) =>
  (await choose(emulator, JSON.stringify({ name }))).headers.get('set-cookie')?.split(';')[0] ?? '';
const dataOf = async (response: Response) =>
  JSON.parse(/id="page-data">(.*?)<\/script>/s.exec(await response.text())?.[1] ?? '{}');

beforeAll(ensureClientBundle, 60_000);
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

describe('docs without a login', () => {
  it('are shown as the first visitor until another one is chosen', async () => {
    const emulator = await start();
    const before = await dataOf(await fetch(`${emulator.url}/`));
    expect(before.visitors).toEqual({
      path: '/_emulator/visitor',
      names: ['anonymous', 'admin'],
      current: 'anonymous',
    });
    expect(before.visitor).toBeUndefined();
    expect(before.page.path).toBe('/open');
    const cookie = await chosen(emulator, 'admin');
    const after = await dataOf(await fetch(`${emulator.url}/`, { headers: { cookie } }));
    expect(after).toMatchObject({ visitor: visitors.admin, page: { path: '/admin' } });
  });

  it('are private for each visitor too, without a way to a login', async () => {
    const emulator = await start({ mode: 'authentication' });
    const module = `${emulator.url}/_emulator/modules/admin.mdx`;
    for (const cookie of [
      '',
      'docs-visitor-1=admin',
      `docs-visitor-${emulator.port}=%`,
      await chosen(emulator, 'anonymous'),
    ]) {
      const page = await fetch(`${emulator.url}/admin`, { headers: { cookie, accept: 'text/html' } });
      expect(page.status).toBe(404);
      expect(await page.text()).not.toContain('"title":"Admin"');
      expect(await (await fetch(module, { headers: { cookie } })).text()).not.toContain('For admins');
    }
    const cookie = await chosen(emulator, 'admin');
    expect((await fetch(`${emulator.url}/admin`, { headers: { cookie } })).status).toBe(200);
    expect(await (await fetch(module, { headers: { cookie } })).text()).toContain('For admins');
    expect((await fetch(`${emulator.url}/login`)).status).toBe(404);
    expect((await fetch(`${emulator.url}/_emulator/session`, { method: 'POST' })).status).toBe(405);
  });

  it.each([
    ['an unknown visitor', '{"name":"root"}', {}, 422],
    ['no name', '[]', {}, 422],
    ['no JSON', 'admin', {}, 422],
    ['another site', '{"name":"admin"}', { origin: 'http://evil.example' }, 403],
    ['a form', 'name=admin', { 'content-type': 'text/plain' }, 415],
  ])('refuse %s', async (_, body, headers, status) => {
    const response = await choose(await start(), body, headers);
    expect([response.status, response.headers.get('set-cookie')]).toEqual([status, null]);
  });

  it('exist only where they are asked for', async () => {
    await expect(start({ loginUrl: 'http://localhost/login' })).rejects.toThrow(
      'visitors is for docs without a login. Remove loginUrl, or remove visitors.',
    );
    await expect(start({ visitors: {} })).rejects.toThrow('visitors must be an object');
    await expect(start({ visitors: { a: { groups: 'a' as never } } })).rejects.toThrow(
      'visitors.a: `groups` must be',
    );
  });
});
