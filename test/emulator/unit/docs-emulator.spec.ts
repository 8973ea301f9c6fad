import { generateKeyPairSync } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import { startDocsEmulator } from 'mintlify-docs-emulator';
import type { DocsEmulator, DocsEmulatorOptions } from 'mintlify-docs-emulator';
import { readClientBundle } from '../../../libs/mintlify-docs-emulator/src/http/client-bundle.js';
import { ensureClientBundle } from './client-bundle-helper.js';
import { fetchNavigation } from './navigation-helper.js';
import { makeFolder } from './sample-folder-helper.js';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const cleanups: (() => Promise<unknown>)[] = [];
const loginUrl = 'http://localhost:3000/docs-login';

async function start(options: Partial<DocsEmulatorOptions> = {}): Promise<DocsEmulator> {
  const emulator = await startDocsEmulator({ port: 0, publicKeys: [publicKey], loginUrl, ...options });
  cleanups.push(() => emulator.close());
  return emulator;
}

async function startWith(files: Record<string, string>, options: Partial<DocsEmulatorOptions> = {}) {
  const folder = await makeFolder(files);
  cleanups.push(() => folder.remove());
  return { emulator: await start({ directory: folder.path, ...options }), path: folder.path };
}

const token = (payload: object = {}) =>
  new SignJWT({ groups: ['admin'], content: { firstName: 'Ada' }, ...payload })
    .setProtectedHeader({ alg: 'ES256' })
    .setExpirationTime('9s')
    .sign(privateKey);

function postSession(emulator: DocsEmulator, body: string, headers: Record<string, string> = {}) {
  return fetch(`${emulator.url}/_emulator/session`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', origin: `http://localhost:${emulator.port}`, ...headers },
  });
}

/** Sends a request target as it is; `fetch` would tidy it up. */
function sendRaw(port: number, target: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`),
    );
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
  });
}

beforeAll(ensureClientBundle, 60_000);
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

describe('pages', () => {
  it('shows the sample site by default, its first page at the front', async () => {
    const emulator = await start();
    const response = await fetch(`${emulator.url}/`);
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(
      /<title>Introduction - Acme Cloud<\/title>[^]*"path":"\/introduction"/,
    );
  });

  it('serves every page of the sample site, and all of them compile', async () => {
    const emulator = await start();
    for (const name of ['introduction', 'quickstart', 'account', 'engineering', 'admin', 'viewer']) {
      expect((await fetch(`${emulator.url}/${name}`)).status).toBe(200);
      const module = await fetch(`${emulator.url}/_emulator/modules/${name}.mdx`);
      expect(module.headers.get('content-type')).toMatch(/^text\/javascript/);
      expect(await module.text()).toMatch(/MDXContent/);
    }
  });

  it('serves a page with groups to everyone with its URL', async () => {
    const { emulator } = await startWith({
      'admin.mdx': '---\ngroups: ["admin"]\n---\nOnly listed for admins',
    });
    expect((await fetch(`${emulator.url}/admin`)).status).toBe(200);
    expect(await (await fetch(`${emulator.url}/_emulator/modules/admin.mdx`)).text()).toContain(
      'Only listed',
    );
  });

  it('shows an edit, a new page and a change of docs.json without a restart', async () => {
    const { emulator, path } = await startWith({ 'index.mdx': 'before' });
    await writeFile(join(path, 'index.mdx'), '---\ntitle: Changed\n---\nafter');
    await writeFile(join(path, 'new.mdx'), 'new');
    await writeFile(join(path, 'docs.json'), '{"name":"Renamed"}');
    expect(await (await fetch(emulator.url)).text()).toContain('<title>Changed - Renamed</title>');
    expect(await (await fetch(`${emulator.url}/_emulator/modules/index.mdx`)).text()).toContain('after');
    expect((await fetch(`${emulator.url}/new`)).status).toBe(200);
  });

  it('follows the redirects of docs.json, below the base path', async () => {
    const { emulator } = await startWith(
      {
        'docs.json': JSON.stringify({
          redirects: [
            { source: '/old/*', destination: '/new/*' },
            { source: '/index', destination: '/none' },
            { source: '/away', destination: 'https://foo.test/', permanent: false },
          ],
        }),
        'index.mdx': 'a page wins',
      },
      { basePath: '/docs' },
    );
    const ask = async (path: string) => {
      const { status, headers } = await fetch(emulator.url + path, { redirect: 'manual' });
      return [status, headers.get('location')];
    };
    expect(await ask('/old/a%20b')).toEqual([308, '/docs/new/a%20b']);
    expect(await ask('/away')).toEqual([307, 'https://foo.test/']);
    expect(await ask('/index')).toEqual([200, null]);
  });

  it('sends the navigation once: pages name its URL, which changes with it', async () => {
    const pages = Array.from({ length: 200 }, (_, index) => `page-${index}`);
    const { emulator, path } = await startWith(
      { 'docs.json': JSON.stringify({ navigation: { pages } }), 'page-0.mdx': 'first' },
      { basePath: '/docs' },
    );
    const { origin } = new URL(emulator.url);
    const html = await (await fetch(`${emulator.url}/page-0`)).text();
    expect(html).not.toContain('page-100');
    const first = await fetchNavigation(origin, '/docs/page-0');
    expect(first.path).toMatch(/^\/docs\/_emulator\/navigation\/[\w-]{43}\.json$/);
    expect(html).toContain(`<link rel="preload" as="fetch" crossorigin href="${first.path}">`);
    expect(first.response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(JSON.parse(first.text).items).toHaveLength(200);
    expect((await fetchNavigation(origin, '/docs/none')).path).toBe(first.path);
    await writeFile(join(path, 'page-0.mdx'), '---\ntitle: Changed\n---');
    const changed = await fetchNavigation(origin, '/docs/none');
    expect(changed.path).not.toBe(first.path);
    // A page from before the change gets the new one, which is not kept under the old URL.
    const late = await fetch(origin + first.path);
    expect(late.headers.get('cache-control')).toBe('no-store');
    expect(await late.text()).toBe(changed.text);
  });

  it('answers 404 with the HTML shell for an unknown page', async () => {
    const emulator = await start();
    const response = await fetch(`${emulator.url}/none`);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('Page not found');
  });

  it('shows file and line of a page that does not compile, and keeps the site up', async () => {
    const { emulator } = await startWith({ 'index.mdx': 'ok', 'bad.mdx': '---\ntitle: Bad\n---\n\n<Note>' });
    expect((await fetch(`${emulator.url}/bad`)).status).toBe(200);
    const module = await (await fetch(`${emulator.url}/_emulator/modules/bad.mdx`)).text();
    expect(module).toMatch(/pageError\(\{"file":"bad\.mdx","line":5,/);
    expect((await fetch(emulator.url)).status).toBe(200);
  });

  it('shows an error when a page imports a missing snippet', async () => {
    const emulator = await start();
    const module = await (await fetch(`${emulator.url}/_emulator/modules/snippets/none.mdx`)).text();
    expect(module).toContain('is imported, but the file does not exist');
  });

  it('answers the error when docs.json becomes invalid', async () => {
    const { emulator, path } = await startWith({});
    await writeFile(join(path, 'docs.json'), '{');
    const response = await fetch(emulator.url);
    expect(response.status).toBe(500);
    expect(await response.text()).toMatch(/^docs\.json:1: not valid JSON/);
  });

  it('escapes front matter in the HTML shell', async () => {
    const hostile = '</script><script>alert(1)</script>"';
    const { emulator } = await startWith({
      'index.mdx': `---\ntitle: '${hostile}'\ndescription: '${hostile}'\n---\n`,
    });
    expect(await (await fetch(emulator.url)).text()).not.toContain('<script>alert');
  });

  it('adds the scripts and style sheets of the folder to each page, without snippets and packages', async () => {
    const { emulator } = await startWith(
      {
        'custom.js': 'run()',
        'css/a b.css': 'h1 {}',
        'snippets/box.js': 'secret()',
        'node_modules/x/index.js': 'secret()',
        '.hidden/c.js': 'secret()',
      },
      { basePath: '/docs' },
    );
    const page = await (await fetch(`${emulator.url}/none`)).text();
    expect(page).toMatch(/initial-fragment[^]*<script defer src="\/docs\/custom\.js">[^]*client\/client\.js/);
    expect(page).toContain('<link rel="stylesheet" href="/docs/css/a%20b.css">');
    expect(page.match(/<script defer|\.css"/g)).toHaveLength(3);
    expect(await (await fetch(`${emulator.url}/custom.js`)).text()).toBe('run()');
    expect((await fetch(`${emulator.url}/css/a%20b.css`)).headers.get('content-type')).toMatch(/^text\/css/);
    for (const path of ['snippets/box.js', 'node_modules/x/index.js', '.hidden/c.js']) {
      const response = await fetch(`${emulator.url}/${path}`);
      expect([path, response.status, await response.text()]).toEqual([
        path,
        404,
        expect.not.stringContaining('secret'),
      ]);
    }
  });

  it('serves images of the folder, and no other files', async () => {
    const { emulator } = await startWith({ 'images/a.svg': '<svg/>', 'notes.txt': 'x', '.env': 'KEY=1' });
    const picture = await fetch(`${emulator.url}/images/a.svg`);
    expect(picture.headers.get('content-type')).toBe('image/svg+xml');
    for (const name of ['notes.txt', '.env', 'docs.json', 'index.mdx']) {
      expect((await fetch(`${emulator.url}/${name}`)).status).toBe(404);
    }
  });

  it.each([
    '/../../../../etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/_emulator/modules/../../package.json',
    '/_emulator/modules/%2e%2e%2fREADME.md',
    '/_emulator/client/../../index.js',
    '/..%5c..%5csecret.svg',
    '//etc/passwd',
    'http://evil.example/etc/passwd',
    '*',
  ])('serves nothing outside the folder for %s', async (target) => {
    const { emulator } = await startWith({ 'index.mdx': 'x' });
    expect(await sendRaw(emulator.port, target)).toMatch(/^HTTP\/1\.1 404 /);
  });

  it('serves everything below the base path, and nothing outside it', async () => {
    const emulator = await start({ basePath: '/docs/' });
    expect(emulator.url).toBe(`http://localhost:${emulator.port}/docs`);
    const origin = `http://localhost:${emulator.port}`;
    for (const path of ['/docs', '/docs/', '/docs/quickstart', '/docs/_emulator/client/client.js']) {
      expect((await fetch(origin + path)).status).toBe(200);
    }
    expect(await (await fetch(`${origin}/docs/quickstart`)).text()).toContain('src="/docs/_emulator/client/');
    for (const path of ['/', '/quickstart', '/docsquickstart']) {
      expect((await fetch(origin + path)).status).toBe(404);
    }
    expect(await (await fetch(origin)).text()).toContain('The docs are at /docs');
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('refuses %s', async (method) => {
    const emulator = await start();
    const response = await fetch(`${emulator.url}/quickstart`, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD');
  });

  it('answers HEAD like GET, without a body', async () => {
    const emulator = await start();
    const response = await fetch(`${emulator.url}/quickstart`, { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(Number(response.headers.get('content-length'))).toBeGreaterThan(500);
    expect(await response.text()).toBe('');
  });

  it('allows only its own scripts, and disables caching', async () => {
    const emulator = await start();
    for (const path of ['/', '/none', '/_emulator/client/client.js', '/_emulator/modules/quickstart.mdx']) {
      const { headers } = await fetch(emulator.url + path);
      expect(headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'self';/);
      expect(headers.get('content-security-policy')).not.toMatch(/script-src[^;]*unsafe/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('cache-control')).toBe('no-store');
    }
  });
});

describe('the session endpoint', () => {
  it('returns the user data of a valid token', async () => {
    const emulator = await start();
    const response = await postSession(emulator, JSON.stringify({ token: await token() }));
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({ visitor: { groups: ['admin'], content: { firstName: 'Ada' } } });
  });

  it('calls the function publicKeys for each token', async () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    let keys = [other.publicKey];
    const emulator = await start({ publicKeys: () => keys });
    const body = JSON.stringify({ token: await token() });
    expect((await postSession(emulator, body)).status).toBe(422);
    keys = [other.publicKey, publicKey];
    expect((await postSession(emulator, body)).status).toBe(200);
    keys = [];
    const response = await postSession(emulator, body);
    expect(await response.json()).toMatchObject({ refusal: { code: 'keys-unavailable' } });
  });

  it('explains why a token is refused', async () => {
    const emulator = await start();
    const response = await postSession(emulator, '{"token":"not-a-token"}');
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      refusal: { code: 'malformed', message: expect.stringMatching(/not a token/) },
    });
  });

  it.each([
    ['another origin', { origin: 'http://evil.example' }, 403],
    ['an origin that is no URL', { origin: 'null' }, 403],
    ['another port', { origin: 'http://localhost:1' }, 403],
    ['a cross-site fetch', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a same-site fetch from another origin', { 'sec-fetch-site': 'same-site' }, 403],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['plain text', { 'content-type': 'text/plain' }, 415],
    ['a media type that only begins like JSON', { 'content-type': 'application/jsonp' }, 415],
  ])('refuses %s', async (_, headers, status) => {
    const emulator = await start();
    const response = await postSession(emulator, JSON.stringify({ token: await token() }), headers);
    expect(response.status).toBe(status);
    expect(await response.json()).not.toHaveProperty('visitor');
  });

  it('refuses a request without an origin', async () => {
    const emulator = await start();
    const response = await fetch(`${emulator.url}/_emulator/session`, {
      method: 'POST',
      body: JSON.stringify({ token: await token() }),
      headers: { 'content-type': 'application/json' },
    });
    expect(response.status).toBe(403);
  });

  it.each(['', '{', '[]', '"x"', '{"token":7}', '{}'])('refuses the body %j', async (body) => {
    expect((await postSession(await start(), body)).status).toBe(400);
  });

  it('refuses a body over 64 KB, and keeps running', async () => {
    const emulator = await start();
    const response = await postSession(emulator, JSON.stringify({ token: 'x'.repeat(200_000) }));
    expect(response.status).toBe(413);
    expect((await postSession(emulator, JSON.stringify({ token: await token() }))).status).toBe(200);
  });

  it('accepts only POST, so that a token is never part of a URL', async () => {
    const emulator = await start();
    const response = await fetch(`${emulator.url}/_emulator/session?token=${await token()}`);
    expect(response.status).toBe(405);
  });
});

describe('a loginUrl function', () => {
  const loginLinkOf = async ({ url }: DocsEmulator): Promise<string | undefined> =>
    /"loginUrl":"([^"]*)"/.exec(await (await fetch(url)).text())?.[1];

  it('may return the URL of a backend that starts after the docs', async () => {
    let backend = '';
    const emulator = await start({ loginUrl: () => `${backend}/docs-login` });
    const early = await fetch(emulator.url);
    expect([early.status, (await early.text()).trim()]).toEqual([
      500,
      'The function loginUrl did not return an absolute URL. Check that the backend has started.',
    ]);
    backend = 'http://localhost:3005';
    expect(await loginLinkOf(emulator)).toBe('http://localhost:3005/docs-login');
  });

  it('may throw: the docs keep running, and do not show the error', async () => {
    let isDown = true;
    const source = () => {
      if (isDown) throw new Error('canary');
      return loginUrl;
    };
    const emulator = await start({ loginUrl: source });
    expect(await (await fetch(emulator.url)).text()).not.toContain('canary');
    isDown = false;
    expect(await loginLinkOf(emulator)).toBe(loginUrl);
  });

  it('works for private docs too', async () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    const emulator = await start({
      mode: 'authentication',
      publicKeys: [publicKey],
      loginUrl: () => 'http://localhost:3005/docs-login',
    });
    const answer = await fetch(`${emulator.url}/quickstart`, { redirect: 'manual' });
    expect(answer.headers.get('location')).toBe('http://localhost:3005/docs-login?redirect=%2Fquickstart');
  });
});

describe('start and close', () => {
  it('listens on both loopback addresses, or only on IPv4 without IPv6', async () => {
    const { port } = await start();
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
    expect((await fetch(`http://localhost:${port}/`)).status).toBe(200);
  });

  it('rejects a port in use with one line, and keeps the code', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    cleanups.push(() => new Promise((resolve) => taken.close(resolve)));
    const { port } = taken.address() as AddressInfo;
    const error: unknown = await start({ port }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'EADDRINUSE', message: expect.stringContaining(`Port ${port} `) });
    expect(String(error)).not.toContain('\n');
  });

  it('closes open connections at once, and frees the port', async () => {
    const emulator = await start();
    const socket = connect(emulator.port, '127.0.0.1');
    const ended = new Promise((resolve) => socket.once('close', resolve));
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.on('error', () => undefined);
    socket.write('GET / HTTP/1.1\r\n');
    await emulator.close();
    await ended;
    await expect(fetch(emulator.url)).rejects.toThrow('fetch failed');
    const again = await start({ port: emulator.port });
    expect(again.port).toBe(emulator.port);
  });

  it('closes at the end of its block', async () => {
    let url = '';
    {
      await using emulator = await start();
      ({ url } = emulator);
      expect((await fetch(url)).status).toBe(200);
    }
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  it('can be closed twice', async () => {
    const emulator = await start();
    await emulator.close();
    await expect(emulator.close()).resolves.toBeUndefined();
  });

  it.each([
    ['no key', { publicKeys: [] }, /publicKeys is empty/],
    ['a port out of range', { port: 70_000 }, /port must be an integer/],
    ['a login URL without a scheme', { loginUrl: '/docs-login' }, /loginUrl must be an absolute URL/],
    ['a login URL that is a script', { loginUrl: 'javascript:alert(1)' }, /loginUrl must be an absolute URL/],
    ['a base path without a slash', { basePath: 'docs' }, /basePath must be a path of letters/],
    ['a base path that leads up', { basePath: '/../docs' }, /basePath must be a path/],
    ['an Ed25519 key', { publicKeys: [generateKeyPairSync('ed25519').publicKey] }, /Pass a P-256 key/],
    ['a folder without docs.json', { directory: import.meta.dirname }, /docs\.json: cannot be read/],
  ])('does not start with %s', async (_, options, message) => {
    await expect(start(options)).rejects.toThrow(message);
  });

  it('names the build command if the client bundle is missing', async () => {
    const { path } = await makeFolder({});
    await expect(readClientBundle(path)).rejects.toThrow(/npm run build -w mintlify-docs-emulator/);
    await rm(path, { recursive: true });
  });
});
