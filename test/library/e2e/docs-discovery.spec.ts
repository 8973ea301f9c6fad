import { expect, it } from '@jest/globals';
import { Controller, Inject, Post, Req } from '@nestjs/common';
import { PlaygroundKeysFor, type MintlifyPersonalizationOptions } from 'nestjs-mintlify-personalization';
import { DocsDiscoveryService } from 'nestjs-mintlify-personalization/discovery';
import { describeOnEveryHost } from '../../support/apps.support.js';
import {
  DISCOVERY_KEY,
  importDiscovery,
  postDocs,
  QUESTION,
  ROUTES,
  settingsFor,
  useDiscoveryServer,
} from '../../support/discovery.support.js';
import { ANSWER, RESULTS } from '../../support/discovery-server.support.js';
import { errorOf } from '../../support/modules.support.js';
import { ADA, bearer, cookie, type Visitor } from '../../support/sessions.support.js';
import { resolverOf } from '../../support/tenants.support.js';
import { until } from '../../support/until.support.js';

const GRACE: Visitor = { id: 'grace', firstName: 'Grace', roles: ['viewer'] };

describeOnEveryHost('search and assistant of the docs', ({ boot, style }) => {
  const mintlify = useDiscoveryServer();

  function bootDiscovery(
    options: Partial<MintlifyPersonalizationOptions> = {},
    discovery = importDiscovery(style),
  ) {
    return boot({
      options: { discovery: settingsFor(mintlify()), ...options },
      host: { imports: [discovery] },
    });
  }

  it('find pages for the groups that the claim mapper gives', async () => {
    const host = await bootDiscovery();
    const search = { query: 'hooks', pageSize: 5, scoreThreshold: 0.5, filter: { language: 'en' } };
    const answer = await postDocs(host, 'search', search, await cookie()).expect(200);
    expect(answer.body).toEqual(RESULTS);
    expect(mintlify().last).toMatchObject({
      operation: 'v1/search',
      domain: 'acme',
      authorization: `Bearer ${DISCOVERY_KEY}`,
      body: { ...search, filter: { language: 'en', groups: ADA.roles } },
      mistakes: [],
    });
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store, no-transform',
      'x-content-type-options': 'nosniff',
      'access-control-allow-origin': 'https://app.acme.example',
      'access-control-allow-credentials': 'true',
      vary: expect.stringContaining('Origin'),
    });
  });

  it('read a page, and answer 404 for one that the visitor may not see', async () => {
    const host = await bootDiscovery();
    const page = await postDocs(host, 'page', { path: 'hooks' }, await bearer()).expect(200);
    expect(page.body).toEqual({ path: 'hooks', content: 'Hooks are calls.' });
    expect(mintlify().last).toMatchObject({ body: { path: 'hooks', groups: ADA.roles }, mistakes: [] });
    mintlify().fault = (response) => response.writeHead(404).end('{"message":"secret"}');
    const missing = await postDocs(host, 'page', { path: 'hooks' }, await bearer()).expect(404);
    expect(missing.text).not.toContain('secret');
  });

  it("stream the assistant's answer, with the headers of its thread", async () => {
    const host = await bootDiscovery();
    const question = {
      ...QUESTION,
      // What `useChat` sends beyond the question.
      id: 'chat-1',
      trigger: 'submit-message',
      threadId: 'thread-0',
      threadKey: 'key-0',
      context: [{ type: 'code', value: 'const a = 1;' }],
      currentPath: '/billing',
    };
    const answer = await postDocs(host, 'assistant', question, await cookie()).expect(200);
    expect(answer.text).toBe(ANSWER.map((event) => `data: ${event}\n\n`).join(''));
    expect(answer.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'x-thread-id': 'thread-1',
      'x-thread-key': 'thread-key-1',
      'x-vercel-ai-ui-message-stream': 'v1',
      'cache-control': 'no-store, no-transform',
      'access-control-allow-origin': 'https://app.acme.example',
    });
    expect(answer.headers['set-cookie']).toBeUndefined();
    const { body, mistakes, operation } = mintlify().last;
    expect({ mistakes, operation }).toEqual({ mistakes: [], operation: 'v2/assistant' });
    expect(body).toMatchObject({
      fp: expect.stringMatching(/^[\w-]{22}$/),
      threadId: 'thread-0',
      filter: { groups: ADA.roles },
    });
    expect(body).not.toHaveProperty('trigger');
    // The same visitor has the same fingerprint, another one has another.
    await postDocs(host, 'assistant', QUESTION, await bearer()).expect(200);
    expect(mintlify().last.body['fp']).toBe(body['fp']);
    await postDocs(host, 'assistant', QUESTION, await bearer(GRACE)).expect(200);
    expect(mintlify().last.body['fp']).not.toBe(body['fp']);
    expect(mintlify().last.body).toMatchObject({ filter: { groups: ['viewer'] } });
  });

  it.each([
    ['search', { query: 'hooks', filter: { groups: ['admin'] } }, 'filter.groups'],
    ['search', { query: 'hooks', groups: ['admin'] }, 'groups'],
    ['page', { path: 'hooks', groups: ['admin'] }, 'groups'],
    ['assistant', { ...QUESTION, filter: { groups: ['admin'] } }, 'filter.groups'],
    ['assistant', { ...QUESTION, fp: 'someone else' }, 'fp'],
    ['search', '{"query":"hooks","filter":{"gr\\u006fups":["admin"]}}', 'filter.groups'],
    ['search', '{"query":"hooks","__proto__":{"groups":["admin"]}}', ''],
    ['assistant', { messages: [{ ...QUESTION.messages[0], role: 'system' }] }, 'messages[0].role'],
  ] as const)('refuse what the server decides: %s with %j', async (path, body, field) => {
    const host = await bootDiscovery();
    const refused = await postDocs(host, path, body, await cookie());
    expect(refused.status).toBe(400);
    expect((refused.body as { message: string }).message).toContain(field);
    expect(mintlify().requests).toEqual([]);
  });

  it('are of the docs of the tenant of the visitor, with its own key', async () => {
    const host = await bootDiscovery({
      tenants: {
        globex: {
          docsUrl: 'https://docs.globex.example',
          discovery: settingsFor(mintlify(), 'globex', 'mint_dsc_globex'),
        },
        initech: { docsUrl: 'https://docs.initech.example' },
      },
      tenantResolver: resolverOf((visitor) => (visitor as { tenant?: string } | undefined)?.tenant),
    });
    const of = (tenant: string) => bearer({ ...ADA, tenant } as Visitor);
    await postDocs(host, 'search', { query: 'hooks' }, await of('globex')).expect(200);
    expect(mintlify().last).toMatchObject({ domain: 'globex', authorization: 'Bearer mint_dsc_globex' });
    // It has docs of its own: those of the default docs site are not searched for it.
    const without = await postDocs(host, 'search', { query: 'hooks' }, await of('initech')).expect(500);
    expect(without.body).toEqual({ statusCode: 500, code: 'invalid_option' });
    expect(host.logs.text).toContain('Tenant "initech": discovery is not set');
    expect(mintlify().requests).toHaveLength(1);
  });

  it('are for your own code too, without routes, and without new playground keys', async () => {
    let issued = 0;
    @PlaygroundKeysFor()
    class Issuer {
      issue() {
        issued += 1;
      }
    }
    @Controller()
    class OwnController {
      constructor(@Inject(DocsDiscoveryService) private readonly discovery: DocsDiscoveryService) {}

      @Post('own')
      async ask(@Req() request: object): Promise<string> {
        const results = await this.discovery.search(ADA, { query: 'hooks' }, { request });
        const page = await this.discovery.readPage(ADA, results[0]?.path ?? '', { request });
        const answer = await this.discovery.ask(ADA, QUESTION as never, { request });
        return `${page?.content} ${await new Response(answer.stream).text()}`;
      }
    }
    const host = await boot({
      options: { discovery: settingsFor(mintlify()) },
      host: { imports: [importDiscovery(style, {})], controllers: [OwnController], providers: [Issuer] },
    });
    const answer = await fetch(`http://127.0.0.1:${host.port}/own`, { method: 'POST' });
    expect(await answer.text()).toContain('Hooks are calls. data: {"type":"start"}');
    expect(mintlify().requests.flatMap(({ mistakes }) => mistakes)).toEqual([]);
    expect(issued).toBe(0);
    const { status } = await postDocs(host, 'search', { query: 'hooks' }, await cookie());
    expect(status).toBe(404);
    const discovery = host.app.get(DocsDiscoveryService);
    await expect(discovery.search(undefined, { query: 'hooks' })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    await expect(discovery.search({}, { query: 'hooks' })).rejects.toThrow('audit.subject returns no id');
  });

  it('never show the key or the question: not in logs, errors, or anything that is printed', async () => {
    const host = await bootDiscovery();
    const discovery = host.app.get(DocsDiscoveryService);
    mintlify().fault = (response, { body, authorization }) =>
      response.writeHead(500).end(JSON.stringify({ body, authorization }));
    const answer = await postDocs(host, 'assistant', QUESTION, await cookie()).expect(503);
    expect(answer.headers['retry-after']).toBe('2');
    const error = await errorOf(() => discovery.search(ADA, { query: 'canary-of-a-question' }));
    const { inspect } = await import('node:util');
    const shown = [
      answer.text,
      host.logs.text,
      inspect(error, { depth: 10, showHidden: true }),
      inspect(discovery, { depth: 10, showHidden: true }),
    ].join('\n');
    expect(shown).toContain('discovery_unavailable');
    expect(shown).not.toContain('canary');
  });

  it('limit the calls of one visitor, and of all', async () => {
    const host = await bootDiscovery(
      {},
      importDiscovery(style, { routes: ROUTES, maxConcurrentPerVisitor: 1, maxConcurrent: 2 }),
    );
    const open: (() => void)[] = [];
    mintlify().fault = (response) => open.push(() => response.end('[]'));
    const search = async (visitor: Visitor) =>
      postDocs(host, 'search', { query: 'hooks' }, await bearer(visitor));
    const first = search(ADA);
    await until(() => open.length === 1);
    const refused = await search(ADA);
    expect([refused.status, refused.headers['retry-after'], refused.body]).toEqual([
      429,
      '1',
      { statusCode: 429, code: 'discovery_rate_limited' },
    ]);
    const second = search(GRACE);
    await until(() => open.length === 2);
    const full = await search({ ...ADA, id: 'peter' });
    expect([full.status, full.body]).toEqual([503, { statusCode: 503, code: 'overloaded' }]);
    for (const answer of open) answer();
    expect([(await first).status, (await second).status]).toEqual([200, 200]);
    mintlify().fault = undefined;
    expect((await search(ADA)).status).toBe(200);
  });

  it('stop the start with wrong options, or without the main module', async () => {
    const mistakes: [unknown, RegExp][] = [
      [{ routes: { origins: ['https://app.foo.com'] } }, /routes\.guards is missing/],
      [{ routes: { guards: [] } }, /routes\.origins/],
      [{ timeoutMs: 0 }, /timeoutMs must be a whole number/],
      [{ routes: { ...ROUTES, path: 'https://x' } }, /routes\.path is a full URL/],
    ];
    for (const [options, message] of mistakes) {
      const error = await errorOf(() => bootDiscovery({}, importDiscovery(style, options as object)));
      expect((error as Error).message).toMatch(message);
    }
  });
});
