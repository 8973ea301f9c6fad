import { request as httpRequest, type IncomingMessage } from 'node:http';
import { expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import request from 'supertest';
import { describeOnEveryPlatform, type Host } from '../../support/apps.support.js';
import {
  importDiscovery,
  PAGES,
  postDocs,
  QUESTION,
  ROUTES,
  settingsFor,
  useDiscoveryServer,
} from '../../support/discovery.support.js';
import { DiscoveryServer } from '../../support/discovery-server.support.js';
import { cookie } from '../../support/sessions.support.js';
import { until } from '../../support/until.support.js';

describeOnEveryPlatform('the routes for search and assistant', ({ boot }) => {
  const mintlify = useDiscoveryServer();

  const bootDiscovery = (limits = {}): Promise<Host> =>
    boot({
      options: { discovery: settingsFor(mintlify()) },
      host: { imports: [importDiscovery('forRoot', { routes: ROUTES, ...limits })] },
    });

  it.each([
    ['another site', { Origin: 'https://evil.example' }, 403],
    ['a sandboxed frame', { Origin: 'null' }, 403],
    ['a name that only starts alike', { Origin: `${PAGES}.evil.example` }, 403],
    ['the same host by http', { Origin: 'http://app.acme.example' }, 403],
    ['a form', { 'Content-Type': 'application/x-www-form-urlencoded' }, 415],
    ['a form as text', { 'Content-Type': 'text/plain' }, 415],
    ['a navigation', { 'Sec-Fetch-Dest': 'document' }, 403],
  ])('refuse %s, with the session of a visitor', async (_, headers, status) => {
    const host = await bootDiscovery();
    const session = await cookie();
    for (const path of ['search', 'page', 'assistant'] as const) {
      const refused = await postDocs(host, path, '{"query":"hooks"}', { ...session, ...headers });
      expect([path, refused.status]).toEqual([path, status]);
    }
    expect(mintlify().requests).toEqual([]);
  });

  it('refuse a request without an origin, and one without a session', async () => {
    const host = await bootDiscovery();
    const url = `http://127.0.0.1:${host.port}`;
    const bare = await request(url)
      .post('/docs/search')
      .set(await cookie())
      .send({ query: 'hooks' });
    expect([bare.status, bare.body]).toEqual([403, { statusCode: 403, code: 'origin_not_allowed' }]);
    expect((await postDocs(host, 'search', { query: 'hooks' }, {})).status).toBe(401);
    expect(mintlify().requests).toEqual([]);
  });

  it('answer the preflight of the own pages alone', async () => {
    const host = await bootDiscovery();
    const preflight = (origin: string) =>
      request(`http://127.0.0.1:${host.port}`)
        .options('/docs/assistant')
        .set({ Origin: origin, 'Access-Control-Request-Method': 'POST' });
    const allowed = await preflight(PAGES).expect(204);
    expect(allowed.headers).toMatchObject({
      'access-control-allow-origin': PAGES,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'Authorization, Content-Type',
    });
    const refused = await preflight('https://evil.example').expect(403);
    expect(refused.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('say which parser is missing, if the app has none', async () => {
    const host = await boot({
      options: { discovery: settingsFor(mintlify()) },
      host: { imports: [importDiscovery('forRoot')] },
      isBodyParsed: false,
      configure: removeJsonParser,
    });
    const refused = await postDocs(host, 'search', { query: 'hooks' }, await cookie());
    expect([refused.status, refused.body]).toEqual([500, { statusCode: 500, code: 'invalid_option' }]);
    expect(host.logs.text).toContain('routes needs a parser for JSON bodies');
  });

  it('refuse bodies that are too large', async () => {
    const host = await bootDiscovery({ maxRequestBytes: 1_024 });
    const large = { query: 'hooks', filter: { tag: 'x'.repeat(1_024) } };
    expect((await postDocs(host, 'search', large, await cookie())).status).toBe(413);
    expect(mintlify().requests).toEqual([]);
  });

  it.each<[string, number, string, Record<string, string>, number, string | undefined]>([
    ['the key', 401, 'discovery_refused', {}, 500, undefined],
    ['the domain', 404, 'discovery_refused', {}, 500, undefined],
    ['more requests', 429, 'discovery_rate_limited', { 'Retry-After': '77' }, 429, '77'],
    [
      'more requests, until a date',
      429,
      'discovery_rate_limited',
      { 'Retry-After': 'Wed, 21 Oct 2026 07:28:00 GMT' },
      429,
      'Wed, 21 Oct 2026 07:28:00 GMT',
    ],
    [
      'more requests, and says no time',
      429,
      'discovery_rate_limited',
      { 'Retry-After': '<b>soon</b>' },
      429,
      undefined,
    ],
    ['everything', 500, 'discovery_unavailable', {}, 503, '2'],
  ])('say it when the API refuses %s', async (_, upstream, code, headers, status, retryAfter) => {
    const host = await bootDiscovery();
    mintlify().fault = (response) => response.writeHead(upstream, headers).end('secret of the API');
    for (const [path, body] of [
      ['search', { query: 'hooks' }],
      ['assistant', QUESTION],
    ] as const) {
      const refused = await postDocs(host, path, body, await cookie());
      expect([refused.status, refused.body, refused.headers['retry-after']]).toEqual([
        status,
        { statusCode: status, code },
        retryAfter,
      ]);
    }
    expect(host.logs.text).not.toContain('secret');
  });

  it('follow no redirect: the key goes nowhere else', async () => {
    const host = await bootDiscovery();
    const elsewhere = await DiscoveryServer.start();
    for (const status of [301, 302, 303, 307, 308]) {
      mintlify().fault = (response) =>
        response.writeHead(status, { Location: `${elsewhere.baseUrl}/v1/search/acme` }).end();
      const refused = await postDocs(host, 'search', { query: 'hooks' }, await cookie());
      expect([status, refused.status, refused.body]).toEqual([
        status,
        503,
        { statusCode: 503, code: 'discovery_unavailable' },
      ]);
    }
    expect(elsewhere.requests).toEqual([]);
    await elsewhere.close();
  });

  it('cut the connection where the answer of the assistant is cut, and free the place of the visitor', async () => {
    const host = await bootDiscovery({ maxConcurrentPerVisitor: 1 });
    mintlify().fault = (response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write('data: {"type":"start"}\n\n', () => response.destroy());
    };
    for (let round = 0; round < 3; round += 1) {
      const cut = await postDocs(host, 'assistant', QUESTION, await cookie()).then(
        ({ status }) => status,
        (error: NodeJS.ErrnoException) => error.code ?? error.message,
      );
      expect(cut).toMatch(/ECONNRESET|aborted/);
    }
    expect(host.logs.text).toContain('cut its answer');
  });

  it.each([
    ['HTML', { 'Content-Type': 'text/html' }],
    ['a script', { 'Content-Type': 'text/javascript' }],
    ['nothing', {}],
  ])('send an answer that calls itself %s as plain text', async (_, headers) => {
    const host = await bootDiscovery();
    mintlify().fault = (response) => response.writeHead(200, headers).end('<script>alert(1)</script>');
    const answer = await postDocs(host, 'assistant', QUESTION, await cookie()).expect(200);
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
  });

  it('abort the request to the API when the visitor leaves, before the answer and while it comes', async () => {
    const host = await bootDiscovery({ maxConcurrentPerVisitor: 1 });
    const session = await cookie();
    for (const begins of [false, true]) {
      mintlify().fault = (response) => {
        if (!begins) return;
        response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: {}\n\n');
      };
      const before = mintlify().requests.length;
      const client = httpRequest(`http://127.0.0.1:${host.port}/docs/assistant`, {
        method: 'POST',
        agent: false,
        headers: { 'Content-Type': 'application/json', Origin: PAGES, ...session },
      });
      client.on('error', () => undefined);
      const begun = new Promise<IncomingMessage>((resolve) => client.on('response', resolve));
      const body = JSON.stringify(QUESTION);
      client.setHeader('Content-Length', Buffer.byteLength(body));
      client.end(body);
      await until(() => mintlify().requests.length > before);
      if (begins) await new Promise((resolve) => void begun.then((answer) => answer.once('data', resolve)));
      client.destroy();
      await until(() => mintlify().last.isAbandoned);
      mintlify().fault = undefined;
    }
    await until(async () => (await postDocs(host, 'search', { query: 'hooks' }, session)).status === 200);
    expect(host.logs.text).not.toContain('ERROR');
  });
});

/** Fastify parses JSON by itself: here, it gets bytes. */
function removeJsonParser(app: INestApplication): void {
  const instance = app.getHttpAdapter().getInstance() as Partial<FastifyInstance>;
  instance.removeContentTypeParser?.('application/json');
  instance.addContentTypeParser?.('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
}
