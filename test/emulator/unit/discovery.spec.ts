import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { startDocsEmulator } from 'mintlify-docs-emulator';
import type { DocsEmulator, DocsEmulatorOptions } from 'mintlify-docs-emulator';
import {
  readPageRequest,
  readQuestion,
  readSearchRequest,
} from '../../../libs/mintlify-docs-emulator/src/http/discovery-requests.js';
import { ed25519Pair } from '../../support/private-docs.support.js';
import { propertyRuns } from '../../support/property-runs.support.js';
import { ensureClientBundle } from './client-bundle-helper.js';
import { makeFolder } from './sample-folder-helper.js';

const KEY = 'mint_dsc_of-the-emulator';
const FILES = {
  'docs.json': JSON.stringify({
    name: 'Plants',
    variables: { product: 'Greenhouse' },
    navigation: { pages: ['open', 'member', 'admin', 'guides/pump'] },
  }),
  'open.mdx':
    '---\ntitle: Watering\ndescription: How plants get water\npublic: true\n---\nThe {{product}} waters plants.',
  'member.mdx': '---\ntitle: Members\n---\nPlants for members: fern',
  'admin.mdx': '---\ntitle: Admins\ngroups: [admin]\n---\nPlants for admins: cactus.',
  'guides/pump.mdx':
    '---\ntitle: Pump\ngroups: [staff]\n---\nPlants need a pump.\n\n## Rotate it\n\nTurn plants twice.',
  'hidden.mdx': '---\ntitle: Hidden\n---\nPlants that no navigation lists: moss',
};

const cleanups: (() => Promise<unknown>)[] = [];
beforeAll(ensureClientBundle, 60_000);
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function start(options: Partial<DocsEmulatorOptions> = {}): Promise<DocsEmulator> {
  const folder = await makeFolder(FILES);
  cleanups.push(() => folder.remove());
  const emulator = await startDocsEmulator({
    directory: folder.path,
    port: 0,
    visitors: { anonymous: null },
    discovery: { domain: 'plants', apiKey: KEY },
    ...options,
  });
  cleanups.push(() => emulator.close());
  return emulator;
}

const startPrivate = async (): Promise<DocsEmulator> => {
  const { publicKey } = ed25519Pair();
  const loginUrl = 'http://localhost:3000/docs-login';
  return start({ mode: 'authentication', visitors: undefined, publicKeys: [publicKey], loginUrl } as never);
};

function post(emulator: DocsEmulator, path: string, body: unknown, headers = {}): Promise<Response> {
  return fetch(`http://localhost:${emulator.port}/discovery/${path}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${KEY}`, 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

async function find(emulator: DocsEmulator, groups?: string[]): Promise<string[]> {
  const response = await post(emulator, 'v1/search/plants', { query: 'plants', filter: { groups } });
  return ((await response.json()) as { path: string }[]).map(({ path }) => path).toSorted();
}

const questionOf = (text: string, rest = {}) => ({
  fp: 'anonymous',
  messages: [{ id: '1', role: 'user', parts: [{ type: 'text', text }] }],
  ...rest,
});

/** The events of an answer, but `[DONE]`, which must be the last one. */
async function eventsOf(response: Response): Promise<Record<string, string>[]> {
  const events = (await response.text()).split('\n\n').filter(Boolean);
  expect(events.at(-1)).toBe('data: [DONE]');
  return events
    .slice(0, -1)
    .map((event) => JSON.parse(event.replace(/^data: /, '')) as Record<string, string>);
}

describe('the discovery API of the emulator', () => {
  it('finds what the groups of the request may see', async () => {
    const emulator = await start();
    expect(await find(emulator)).toEqual(['member', 'open']);
    expect(await find(emulator, [])).toEqual(['member', 'open']);
    expect(await find(emulator, ['admin'])).toEqual(['admin', 'member', 'open']);
    expect(await find(emulator, ['staff'])).toEqual([
      'guides/pump',
      'guides/pump#rotate-it',
      'member',
      'open',
    ]);
  });

  it('finds public pages alone without groups, in private docs', async () => {
    const emulator = await startPrivate();
    expect(await find(emulator)).toEqual(['open']);
    expect(await find(emulator, ['nothing'])).toEqual(['member', 'open']);
    expect(await find(emulator, ['admin'])).toEqual(['admin', 'member', 'open']);
    const page = await post(emulator, 'v1/page/plants', { path: 'member' });
    expect([page.status, Object.keys((await page.json()) as object)]).toEqual([404, ['message']]);
  });

  it('gives the passages, and the text of pages', async () => {
    const emulator = await start();
    const found = await post(emulator, 'v1/search/plants', { query: 'greenhouse', pageSize: 1 });
    expect(await found.json()).toEqual([
      {
        content: 'How plants get water The Greenhouse waters plants.',
        path: 'open',
        metadata: { title: 'Watering', heading: 'Watering' },
      },
    ]);
    for (const path of ['open', '/open', '/open#top', 'open.mdx']) {
      const page = await post(emulator, 'v1/page/plants', { path });
      expect(await page.json()).toEqual({
        path,
        content: '# Watering\n\n> How plants get water\n\nThe Greenhouse waters plants.\n',
      });
    }
    const statuses = ['admin', 'hidden', '../docs.json', 'docs.json', ''].map(async (path) => {
      const { status } = await post(emulator, 'v1/page/plants', { path });
      return status;
    });
    expect(await Promise.all(statuses)).toEqual([404, 404, 404, 404, 404]);
    const own = await post(emulator, 'v1/page/plants', { path: 'admin', groups: ['admin'] });
    expect(((await own.json()) as { content: string }).content).toContain('cactus');
  });

  it('lets the assistant answer with what the search finds, and no more', async () => {
    const emulator = await start();
    const ask = (groups: string[]) =>
      post(
        emulator,
        'v2/assistant/plants/message',
        questionOf('How does the pump work?', { filter: { groups } }),
      );
    const response = await ask(['staff']);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream',
      'x-vercel-ai-ui-message-stream': 'v1',
      'x-thread-id': expect.stringMatching(/^[\w-]{36}$/),
      'x-thread-key': expect.stringMatching(/^[\w-]{43}$/),
    });
    const events = await eventsOf(response);
    const kinds = events.map(({ type }) => type).filter((type, index, all) => type !== all[index - 1]);
    expect(kinds).toEqual([
      'start',
      'start-step',
      'text-start',
      'text-delta',
      'text-end',
      'source-url',
      'finish-step',
      'finish',
    ]);
    const textOf = (all: Record<string, string>[]) => all.map(({ delta = '' }) => delta).join('');
    expect(textOf(events)).toContain('Plants need a pump.');
    expect(events.filter(({ type }) => type === 'source-url')).toContainEqual({
      type: 'source-url',
      sourceId: 'source-1',
      url: '/guides/pump',
      title: 'Pump',
    });
    expect(textOf(await eventsOf(await ask([])))).not.toMatch(/need a pump/);
  });

  it('continues a thread with its key alone', async () => {
    const emulator = await start();
    const ask = (rest: object) => post(emulator, 'v2/assistant/plants/message', questionOf('water', rest));
    const { headers } = await ask({});
    const [threadId, threadKey] = [headers.get('x-thread-id'), headers.get('x-thread-key')];
    const next = await ask({ threadId, threadKey });
    expect([next.status, next.headers.get('x-thread-id'), next.headers.get('x-thread-key')]).toEqual([
      200,
      threadId,
      null,
    ]);
    expect([(await ask({ threadId })).status, (await ask({ threadId, threadKey: 'x' })).status]).toEqual([
      404, 404,
    ]);
  });

  it('refuses other keys, domains, paths and bodies, each as the API does', async () => {
    const emulator = await start();
    const search = { query: 'plants' };
    const cases: [number, string, unknown, Record<string, string>][] = [
      [401, 'v1/search/plants', search, { Authorization: 'Bearer mint_dsc_of-another' }],
      [401, 'v1/search/plants', search, { Authorization: KEY }],
      [401, 'v1/search/plants', search, { Authorization: '' }],
      [404, 'v1/search/animals', search, {}],
      [404, 'v1/assistant/plants/message', questionOf('water'), {}],
      [404, 'v3/search/plants', search, {}],
      [415, 'v1/search/plants', search, { 'Content-Type': 'text/plain' }],
      [413, 'v1/search/plants', { query: 'x'.repeat(1_048_577) }, {}],
      [400, 'v1/search/plants', { query: 1 }, {}],
      [400, 'v1/search/plants', { ...search, pageSize: 51 }, {}],
      [400, 'v1/search/plants', { ...search, filter: { groups: 'admin' } }, {}],
      [400, 'v1/page/plants', {}, {}],
      [400, 'v2/assistant/plants/message', { messages: [] }, {}],
    ];
    for (const [status, path, body, headers] of cases) {
      const response = await post(emulator, path, body, headers);
      expect([path, headers, response.status]).toEqual([path, headers, status]);
      expect(await response.text()).not.toContain('mint_dsc_of-the-emulator');
    }
  });

  it('is off unless it is asked for, and leaves pages below /discovery alone', async () => {
    const emulator = await start({ discovery: undefined });
    expect((await post(emulator, 'v1/search/plants', { query: 'plants' })).status).toBe(405);
    const on = await start();
    expect((await fetch(`${on.url}/discovery/v1/search/plants`)).status).toBe(404);
  });

  it('needs a domain and a key of the right form', async () => {
    const wrong = [
      [{ domain: 'a b', apiKey: KEY }, /discovery\.domain/],
      [{ domain: 'plants', apiKey: 'mint_dsc_x' }, /discovery\.apiKey/],
      [{ domain: 'plants', apiKey: `${KEY}\r\n` }, /discovery\.apiKey/],
      ['plants', /discovery\.domain/],
    ] as const;
    for (const [discovery, message] of wrong) {
      await expect(start({ discovery } as never)).rejects.toThrow(message);
    }
  });
});

describe('requests of the discovery API', () => {
  it('are read or refused with a reason, whatever they are', () => {
    const body = fc.oneof(
      fc.anything(),
      fc.dictionary(
        fc.constantFrom('query', 'path', 'groups', 'filter', 'fp', 'messages', 'pageSize', 'threadId'),
        fc.anything(),
      ),
    );
    fc.assert(
      fc.property(body, (value) => {
        for (const read of [readSearchRequest, readPageRequest, readQuestion]) {
          const result: object = read(value);
          const isRead = 'groups' in result && Array.isArray(result.groups);
          const isRefused = 'problem' in result && typeof result.problem === 'string';
          expect([isRead, isRefused]).toContain(true);
        }
      }),
      propertyRuns(300),
    );
  });
});
