import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startDocsEmulator } from 'mintlify-docs-emulator';
import type { DocsEmulator, DocsEmulatorOptions, PublicKeyInput } from 'mintlify-docs-emulator';
import { ed25519Pair, signPrivateToken } from '../../support/private-docs.support.js';
import { ensureClientBundle } from './client-bundle-helper.js';
import { fetchNavigation } from './navigation-helper.js';
import { makeFolder } from './sample-folder-helper.js';

const site = ed25519Pair();
const loginUrl = 'http://localhost:3000/docs-login?site=a';
const MARKER = 'for no one else';
const page = (name: string, frontMatter = '') =>
  `---\ntitle: ${name}\n${frontMatter}\n---\n\n${name} is ${MARKER}\n`;
const FILES = {
  'docs.json': JSON.stringify({
    name: 'Private docs',
    favicon: '/icon.svg',
    navigation: { pages: ['open', 'closed', 'support', 'admin', 'broken'] },
  }),
  'open.mdx': page('Open', 'public: true'),
  'closed.mdx': page('Closed'),
  'support.mdx': page('Support', 'groups: ["support"]'),
  'admin.mdx': page('Admin', 'groups: ["admin"]'),
  'mixed.mdx': page('Mixed', 'public: true\ngroups: ["admin"]'),
  'broken.mdx': page('Broken', 'public: true\ngroups: admin'),
  'yes.mdx': page('Yes', 'public: "true"'),
  'snippets/part.mdx': `The part is ${MARKER}`,
  'icon.svg': '<svg/>',
  'custom.js': `// ${MARKER}`,
  'own.css': `/* ${MARKER} */`,
  'images/plan.svg': `<svg><title>${MARKER}</title></svg>`,
};
/** Everything that an anonymous visitor may not have, with or without something behind it. */
const WITHHELD = [
  '/closed',
  '/closed/',
  '/closed?x=1',
  '/%63losed',
  '/support',
  '/admin',
  '/mixed',
  '/broken',
  '/yes',
  '/none',
  '/snippets/part',
  '/images/plan.svg',
  '/custom.js',
  '/own.css',
  '/images/none.svg',
  '/docs.json',
  '/closed.mdx',
  '/_emulator/modules/closed.mdx',
  '/_emulator/modules/%63losed.mdx',
  '/_emulator/modules/support.mdx',
  '/_emulator/modules/mixed.mdx',
  '/_emulator/modules/broken.mdx',
  '/_emulator/modules/none.mdx',
  '/_emulator/modules/snippets/part.mdx',
  '/_emulator/closed',
  '//closed',
];

const cleanups: (() => Promise<unknown>)[] = [];
let folder = '';

async function start(options: Partial<DocsEmulatorOptions> = {}): Promise<DocsEmulator> {
  const made = await makeFolder(FILES);
  cleanups.push(() => made.remove());
  folder = made.path;
  const emulator = await startDocsEmulator({
    mode: 'authentication',
    port: 0,
    publicKeys: [site.publicKey],
    directory: made.path,
    ...(options.loginUrls === undefined && { loginUrl }),
    ...options,
  });
  cleanups.push(() => emulator.close());
  return emulator;
}

const nowSeconds = () => Math.floor(Date.now() / 1_000);
const token = (changes: object = {}) =>
  signPrivateToken(
    { host: 'localhost', iat: nowSeconds(), exp: nowSeconds() + 10, groups: ['support'], ...changes },
    site.privateKey,
  );

const get = ({ port }: DocsEmulator, path: string, headers: Record<string, string> = {}) =>
  fetch(`http://localhost:${port}${path}`, { headers, redirect: 'manual' });
const ask = ({ port }: DocsEmulator, method: string, body?: string, headers: Record<string, string> = {}) =>
  fetch(`http://localhost:${port}/_emulator/session`, {
    method,
    body,
    headers: { 'content-type': 'application/json', origin: `http://localhost:${port}`, ...headers },
  });
const post = (emulator: DocsEmulator, text = token(), headers: Record<string, string> = {}) =>
  ask(emulator, 'POST', JSON.stringify({ token: text }), headers);
const navigationOf = ({ port }: DocsEmulator, path: string, headers: Record<string, string> = {}) =>
  fetchNavigation(`http://localhost:${port}`, path, headers);
const listedOn = async (...page: Parameters<typeof navigationOf>) =>
  Array.from(
    (await navigationOf(...page)).text.matchAll(/"kind":"page","path":"(\/\w+)"/g),
    ([, path]) => path,
  );
const cookieOf = (response: Response) => response.headers.get('set-cookie')?.split(';')[0] ?? '';
const logIn = async (emulator: DocsEmulator, changes: object = {}) =>
  cookieOf(await post(emulator, token(changes)));

beforeAll(ensureClientBundle, 60_000);
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

describe('an anonymous visitor of private docs', () => {
  it.each(WITHHELD)('gets nothing at %s', async (path) => {
    const emulator = await start();
    for (const accept of ['text/html', '*/*']) {
      const response = await get(emulator, path, { accept });
      const body = await response.text();
      expect([302, 403, 404]).toContain(response.status);
      expect(body).not.toContain(MARKER);
      expect(body).not.toMatch(/Closed|Support|Admin/);
    }
  });

  it.each([
    ['pages', '/closed', '/none'],
    ['pages of a group', '/admin', '/none'],
    ['modules', '/_emulator/modules/closed.mdx', '/_emulator/modules/none.mdx'],
    ['pictures', '/images/plan.svg', '/images/none.svg'],
  ])('cannot find out which %s exist', async (_, there, nowhere) => {
    const emulator = await start();
    const [one, other] = await Promise.all(
      [there, nowhere].map(async (path) => {
        const response = await get(emulator, path);
        const { date: _date, ...headers } = Object.fromEntries(response.headers);
        return JSON.stringify([response.status, headers, await response.text()]).replaceAll(
          encodeURIComponent(path),
          '',
        );
      }),
    );
    expect(one).toBe(other);
  });

  it('is redirected to the login URL, with path and query of the page', async () => {
    const emulator = await start();
    const response = await get(emulator, '/closed?tab=a&b=%26');
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe(
      'http://localhost:3000/docs-login?site=a&redirect=%2Fclosed%3Ftab%3Da%26b%3D%2526',
    );
  });

  it('goes through the login page in a browser, which knows the anchor', async () => {
    const emulator = await start();
    const response = await get(emulator, '/closed?a=b', { accept: 'text/html,application/xhtml+xml' });
    expect(response.headers.get('location')).toBe('/login?redirect=%2Fclosed%3Fa%3Db');
    const body = await (await get(emulator, '/login?redirect=%2Fclosed%3Fa%3Db')).text();
    expect(body).toContain('href="http://localhost:3000/docs-login?site=a&amp;redirect=%2Fclosed%3Fa%3Db"');
    expect(body).toMatch(/<noscript><meta http-equiv="refresh" content="0; url=http:\/\/localhost:3000\//);
  });

  it('chooses between named logins, and every name is escaped', async () => {
    const emulator = await start({
      loginUrls: [
        { name: 'Staff', url: 'http://localhost:3000/staff' },
        { name: '<b>"Partners"', url: 'http://localhost:3000/partners' },
      ],
    });
    const response = await get(emulator, '/closed');
    expect(response.headers.get('location')).toBe('/login?redirect=%2Fclosed');
    const body = await (await get(emulator, '/login?redirect=%2Fclosed')).text();
    expect(body).toContain('href="http://localhost:3000/staff?redirect=%2Fclosed">Staff</a>');
    expect(body).toContain('&lt;b&gt;&quot;Partners&quot;</a>');
    expect(body).not.toContain('http-equiv');
  });

  it.each([
    '//evil.example',
    'https://evil.example',
    '/%5Cevil.example',
    'javascript:alert(1)',
    '"><script>',
  ])('sends no hostile redirect from %s to the login', async (hostile) => {
    const emulator = await start();
    for (const path of ['/login', '/login/jwt-callback', '/login/session-over']) {
      const body = await (await get(emulator, `${path}?redirect=${encodeURIComponent(hostile)}`)).text();
      expect(body).not.toContain('evil.example');
      expect(body).not.toContain('alert(1)');
      expect(body).not.toContain('"><script>');
      expect(body).toContain('redirect=%2F"');
    }
  });

  it('reads public pages, and sees no others listed', async () => {
    const emulator = await start();
    for (const path of ['/open', '/']) {
      const response = await get(emulator, path);
      expect(response.status).toBe(200);
      const body = await response.text();
      const { text } = await navigationOf(emulator, path);
      expect(text).toContain('{"items":[{"kind":"page","path":"/open"');
      expect(body + text).not.toMatch(/closed|support|admin|broken/i);
    }
    expect(await (await get(emulator, '/_emulator/modules/open.mdx')).text()).toContain(MARKER);
    expect((await get(emulator, '/icon.svg')).status).toBe(200);
  });

  it('is redirected from the front page if no page is public', async () => {
    const emulator = await start();
    await writeFile(join(folder, 'open.mdx'), page('Open'));
    expect((await get(emulator, '/')).headers.get('location')).toContain('redirect=%2F');
  });

  it('reads the pages of a public group of docs.json, except those with groups', async () => {
    const emulator = await start();
    const pages = ['closed', { group: 'Inner', pages: ['support', 'guides', 'broken'] }];
    const groups = [
      { group: 'Open', public: true, pages },
      { group: 'Closed', pages: ['yes', 'open'] },
    ];
    await writeFile(join(folder, 'docs.json'), JSON.stringify({ name: 'Docs', navigation: { groups } }));
    await mkdir(join(folder, 'guides'));
    await writeFile(join(folder, 'guides/index.mdx'), page('Guides'));
    expect(await listedOn(emulator, '/closed')).toEqual(['/closed', '/guides', '/open']);
    for (const [path, status] of [
      ['/guides', 200],
      ['/guides/index', 200],
      ['/support', 302],
      ['/yes', 302],
    ] as const) {
      expect([path, (await get(emulator, path)).status]).toEqual([path, status]);
    }
    const module = (name: string) => get(emulator, `/_emulator/modules/${name}.mdx`);
    expect(await (await module('closed')).text()).toContain(MARKER);
    expect(await (await module('guides/index')).text()).toContain(MARKER);
    expect(await (await module('broken')).text()).not.toContain(MARKER);
    expect((await module('support')).status).toBe(403);
    expect((await module('yes')).status).toBe(403);
  });

  it.each(['docs-session-1=x', 'docs-session-PORT=', 'docs-session-PORT=__proto__', 'docs-session-PORT=x'])(
    'stays anonymous with the cookie %s',
    async (cookie) => {
      const emulator = await start();
      const own = cookie.replace('PORT', String(emulator.port));
      expect((await get(emulator, '/closed', { cookie: own })).status).toBe(302);
    },
  );
});

describe('a visitor of private docs', () => {
  it('reads pages, modules and files, and is named in the page', async () => {
    const emulator = await start();
    const cookie = await logIn(emulator, { content: { firstName: 'Peter' } });
    for (const path of ['/open', '/closed', '/support', '/images/plan.svg']) {
      expect((await get(emulator, path, { cookie })).status).toBe(200);
    }
    expect(await (await get(emulator, '/closed', { cookie })).text()).toContain(
      '"visitor":{"groups":["support"],"content":{"firstName":"Peter"}}',
    );
    for (const name of ['open', 'closed', 'support', 'snippets/part']) {
      const module = await get(emulator, `/_emulator/modules/${name}.mdx`, { cookie });
      expect(await module.text()).toContain(MARKER);
    }
  });

  it('sees the pages of their groups listed and no others', async () => {
    const emulator = await start();
    const cookie = await logIn(emulator);
    expect(await listedOn(emulator, '/closed', { cookie })).toEqual(['/open', '/closed', '/support']);
  });

  it('has a navigation that the browser keeps for this session alone', async () => {
    const emulator = await start();
    const cookie = await logIn(emulator);
    const own = await navigationOf(emulator, '/closed', { cookie });
    expect(own.response.headers.get('cache-control')).toBe('private, max-age=86400, immutable');
    expect(own.response.headers.get('vary')).toContain('Cookie');
    expect((await navigationOf(emulator, '/open', { cookie })).path).toBe(own.path);
    const [sameGroups, otherGroups] = await Promise.all([
      logIn(emulator),
      logIn(emulator, { groups: ['admin'] }),
    ]);
    for (const [headers, seen] of [
      [{ cookie: sameGroups }, /support/],
      [{ cookie: otherGroups }, /admin/],
      [{}, /open/],
    ] as const) {
      const other = await navigationOf(emulator, '/open', headers);
      expect(other.path).not.toBe(own.path);
      // Asked for another visitor's navigation, it gives the caller's own one, which is not kept.
      const answer = await get(emulator, own.path, headers);
      expect(answer.headers.get('cache-control')).toBe('private, no-store');
      const text = await answer.text();
      expect(text).toBe(other.text);
      expect(text).toMatch(seen);
    }
    expect(await (await get(emulator, own.path)).text()).not.toMatch(/closed|support|admin/);
    await ask(emulator, 'DELETE', undefined, { cookie });
    expect(await (await get(emulator, own.path, { cookie })).text()).not.toMatch(/closed|support|admin/);
  });

  it.each([
    ['page', '/admin', '/missing', 404],
    ['page that is public too', '/mixed', '/missing', 404],
    ['page with a trailing slash', '/admin/', '/missing/', 404],
    ['module', '/_emulator/modules/admin.mdx', '/_emulator/modules/missing.mdx', 200],
  ])(
    'gets the same response for a %s of another group as for a missing one',
    async (_, hidden, nowhere, status) => {
      const emulator = await start();
      const cookie = await logIn(emulator);
      const [one, other] = await Promise.all(
        [hidden, nowhere].map(async (path) => {
          const response = await get(emulator, path, { cookie });
          expect(response.status).toBe(status);
          const { date: _date, 'content-length': _length, ...headers } = Object.fromEntries(response.headers);
          const name =
            path
              .replace(/\.mdx|\/$/g, '')
              .split('/')
              .at(-1) ?? '';
          return [headers, (await response.text()).replaceAll(name, '')];
        }),
      );
      expect(one).toEqual(other);
    },
  );

  it('gets no content of a page with invalid groups', async () => {
    const emulator = await start();
    const cookie = await logIn(emulator);
    const module = await (await get(emulator, '/_emulator/modules/broken.mdx', { cookie })).text();
    expect(module).toContain('is imported, but the file does not exist.');
    expect(module).not.toContain(MARKER);
  });

  it('gets private responses, and a public client bundle', async () => {
    const emulator = await start();
    const cookie = await logIn(emulator);
    for (const path of [
      '/',
      '/closed',
      '/none',
      '/login',
      '/images/plan.svg',
      '/_emulator/modules/closed.mdx',
    ]) {
      for (const headers of [{ cookie }, {}]) {
        const answer = await get(emulator, path, headers as Record<string, string>);
        expect(answer.headers.get('cache-control')).toBe('private, no-store');
        expect(answer.headers.get('vary')).toMatch(/^Cookie/);
        expect(answer.headers.get('content-security-policy')).toMatch(
          /default-src 'none'; script-src 'self';/,
        );
      }
    }
    expect((await get(emulator, '/_emulator/client/client.js')).status).toBe(200);
  });

  it('is anonymous again when the session has expired', async () => {
    const emulator = await start();
    const cookie = await logIn(emulator);
    const response = await ask(emulator, 'DELETE', undefined, { cookie });
    expect(response.status).toBe(204);
    expect(response.headers.get('set-cookie')).toContain('Max-Age=0');
    expect((await get(emulator, '/closed', { cookie })).status).toBe(302);
  });
});

describe('the session endpoint of private docs', () => {
  it('starts a new session in an HttpOnly cookie each time', async () => {
    const emulator = await start();
    const responses = [await post(emulator), await post(emulator)];
    for (const response of responses) {
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ visitor: { groups: ['support'] } });
      expect(response.headers.get('set-cookie')).toMatch(
        new RegExp(`^docs-session-${emulator.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Lax$`),
      );
    }
    expect(new Set(responses.map(cookieOf)).size).toBe(2);
  });

  it('ends the cookie with the session, and makes it Secure if the docs use TLS', async () => {
    const emulator = await start({ publicUrl: 'https://docs.initech.test' });
    expect(emulator.url).toBe('https://docs.initech.test');
    const response = await post(
      emulator,
      token({ host: 'docs.initech.test', expiresAt: nowSeconds() + 3_600 }),
    );
    expect(response.headers.get('set-cookie')).toMatch(/; Secure; Max-Age=3(?:600|599)$/);
  });

  it('reads host from the options, never from the request', async () => {
    const emulator = await start({ publicUrl: 'http://docs.initech.test' });
    expect((await post(emulator)).status).toBe(422);
    expect((await post(emulator, token({ host: 'docs.initech.test' }))).status).toBe(200);
  });

  it('explains why it refuses a token, starts no session and ends the previous one', async () => {
    const emulator = await start();
    const cookie = await logIn(emulator);
    const response = await post(emulator, token({ host: 'docs.foo.com' }), { cookie });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      refusal: { code: 'wrong-host', message: expect.stringContaining('exactly localhost') },
    });
    expect(response.headers.get('set-cookie')).toMatch(/=; .*Max-Age=0$/);
    expect((await get(emulator, '/closed', { cookie })).status).toBe(302);
  });

  it('accepts a token with a jti once', async () => {
    const emulator = await start();
    const once = token({ jti: 'a1' });
    expect((await post(emulator, once)).status).toBe(200);
    expect((await post(emulator, once)).status).toBe(422);
  });

  it('calls the function publicKeys for each token, and survives its errors', async () => {
    const next = ed25519Pair();
    let keys = (): PublicKeyInput[] => [next.publicKey];
    const emulator = await start({ publicKeys: () => keys() });
    expect((await post(emulator)).status).toBe(422);
    keys = () => [next.publicKey, site.publicKey];
    expect((await post(emulator)).status).toBe(200);
    keys = () => {
      throw new Error('the key store is down');
    };
    const refused = await post(emulator);
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ refusal: { code: 'keys-unavailable' } });
    keys = () => [site.publicKey];
    expect((await post(emulator)).status).toBe(200);
  });

  it.each([
    ['POST', { origin: 'http://evil.example' }],
    ['POST', { 'sec-fetch-site': 'cross-site' }],
    ['DELETE', { origin: 'http://evil.example' }],
    ['DELETE', { 'sec-fetch-site': 'same-site' }],
  ])('refuses %s from another site with %j', async (method, headers: Record<string, string>) => {
    const emulator = await start();
    const cookie = await logIn(emulator);
    const body = method === 'POST' ? JSON.stringify({ token: token() }) : undefined;
    const response = await ask(emulator, method, body, { cookie, ...headers });
    expect(response.status).toBe(403);
    expect(response.headers.get('set-cookie')).toBeNull();
    expect((await get(emulator, '/closed', { cookie })).status).toBe(200);
  });

  it('accepts no token in a URL, and no POST elsewhere', async () => {
    const emulator = await start();
    expect((await get(emulator, `/_emulator/session?token=${token()}`)).status).toBe(405);
    const callback = await fetch(`${emulator.url}/login/jwt-callback?token=${token()}`, { method: 'POST' });
    expect(callback.status).toBe(405);
  });
});
