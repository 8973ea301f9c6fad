import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startDocsEmulator } from 'mintlify-docs-emulator';
import type { DocsEmulator, DocsEmulatorOptions } from 'mintlify-docs-emulator';
import { ensureClientBundle } from './client-bundle-helper.js';
import { makeFolder } from './sample-folder-helper.js';

const cleanups: (() => Promise<unknown>)[] = [];
beforeAll(ensureClientBundle, 60_000);
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function start(options: Partial<DocsEmulatorOptions> = {}): Promise<DocsEmulator & { folder: string }> {
  const folder = await makeFolder({ 'index.mdx': '---\ntitle: One\n---\nHello' });
  cleanups.push(() => folder.remove());
  const visitors = { anonymous: null };
  const emulator = await startDocsEmulator({
    port: 0,
    directory: folder.path,
    visitors,
    watch: true,
    ...options,
  });
  cleanups.push(() => emulator.close());
  return Object.assign(emulator, { folder: folder.path });
}

/** Listens as a page does: the next number of a change. */
async function listen(emulator: DocsEmulator): Promise<() => Promise<string>> {
  const stop = new AbortController();
  cleanups.push(async () => stop.abort());
  const response = await fetch(`${emulator.url}/_emulator/changes`, { signal: stop.signal });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return async () => {
    for (;;) {
      const event = /data: (?<version>\S+)\n\n/.exec(text);
      if (event) {
        text = text.slice(event.index + event[0].length);
        return event.groups?.['version'] ?? '';
      }
      text += (await reader.read()).value ?? '';
    }
  };
}
const dataOf = async (emulator: DocsEmulator, path = '/') =>
  JSON.parse(
    /id="page-data">(.*?)<\/script>/s.exec(await (await fetch(emulator.url + path)).text())?.[1] ?? '{}',
  );

describe('the feed of changes', () => {
  it('begins with the number that the page has, and has a new one for each kind of file', async () => {
    const emulator = await start();
    const next = await listen(emulator);
    let known = await next();
    expect((await dataOf(emulator)).changes).toEqual({ path: '/_emulator/changes', version: known });
    await mkdir(join(emulator.folder, 'snippets'));
    for (const [file, text] of [
      ['index.mdx', '---\ntitle: Two\n---\nHello'],
      ['snippets/part.mdx', 'part'],
      ['docs.json', '{"name":"New","navigation":{"pages":["index"]}}'],
      ['style.css', 'a {}'],
      ['openapi.json', '{}'],
      ['.mintignore', 'drafts/'],
    ] as const) {
      await writeFile(join(emulator.folder, file), text);
      const seen = await next();
      expect(seen).not.toBe(known);
      known = seen;
    }
    expect(await dataOf(emulator)).toMatchObject({ siteName: 'New', page: { title: 'Two' } });
    await rm(join(emulator.folder, 'style.css'));
    expect(await next()).not.toBe(known);
  });

  it('tells of an edit that came before the first page listened', async () => {
    const emulator = await start();
    const { changes } = await dataOf(emulator);
    await writeFile(join(emulator.folder, 'index.mdx'), '---\ntitle: Two\n---\nHello');
    const next = await listen(emulator);
    expect(await next()).toBe(changes.version);
    expect(await next()).not.toBe(changes.version);
  });

  it('is believed by a large site, which then looks at its files after an edit alone', async () => {
    const pages = Array.from({ length: 301 }, (_, index) => `p${index}`);
    const docs = (name: string) => JSON.stringify({ name, navigation: { pages: ['index', ...pages] } });
    const folder = await makeFolder({ 'docs.json': docs('Old'), 'index.mdx': 'Hello' });
    cleanups.push(() => folder.remove());
    const emulator = await start({ directory: folder.path });
    const next = await listen(emulator);
    await next();
    expect(await dataOf(emulator, '/index')).toMatchObject({ siteName: 'Old' });
    await writeFile(join(folder.path, 'docs.json'), docs('New'));
    await next();
    expect(await dataOf(emulator, '/index')).toMatchObject({ siteName: 'New' });
  });

  it('says nothing of node_modules, hidden files, or what changed', async () => {
    const emulator = await start({ basePath: '/docs' });
    const next = await listen(emulator);
    const first = await next();
    for (const folder of ['node_modules/a', '.git'])
      await mkdir(join(emulator.folder, folder), { recursive: true });
    await writeFile(join(emulator.folder, 'node_modules/a/index.mdx'), 'x');
    await writeFile(join(emulator.folder, '.git/index.mdx'), 'x');
    await writeFile(join(emulator.folder, 'secret-name.mdx'), 'x');
    const second = await next();
    expect(second).toMatch(/^[a-z0-9]+-1$/);
    expect(second).not.toBe(first);
  });

  it('does not exist if the folder is not watched', async () => {
    const emulator = await start({ watch: false });
    expect((await fetch(`${emulator.url}/_emulator/changes`)).status).toBe(404);
    expect(await dataOf(emulator)).not.toHaveProperty('changes');
    await expect(start({ watch: 1 as never })).rejects.toThrow(/^watch must be true or false/);
  });
});

describe('a docs.json that breaks while the docs are open', () => {
  it('is shown as a page that listens, until it is right again', async () => {
    const emulator = await start();
    const right = '{"navigation":{"pages":["index"]}}';
    await writeFile(join(emulator.folder, 'docs.json'), '{"navigation": <b>}');
    const broken = await fetch(emulator.url, { headers: { accept: 'text/html' } });
    const text = await broken.text();
    expect(broken.status).toBe(500);
    expect(text).toContain('docs.json:1: not valid JSON');
    expect(text).toContain('&lt;b&gt;');
    expect(text).toMatch(/id="changes">\{"path":"\/_emulator\/changes","version":"[^"]+"\}/);
    expect(broken.headers.get('content-security-policy')).toContain("script-src 'self'");
    await writeFile(join(emulator.folder, 'docs.json'), right);
    expect((await fetch(emulator.url, { headers: { accept: 'text/html' } })).status).toBe(200);
  });
});
