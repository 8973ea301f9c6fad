import { connect } from 'node:net';
import { expect, it, jest } from '@jest/globals';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { describeOnEveryHost, mapperOf, type Host } from '../../support/apps.support.js';
import { auditCollector } from '../../support/audit.support.js';
import { createSignerSpy, readArrival } from '../../support/docs-arrival.support.js';
import { ADA, bearer, cookie, createSession } from '../../support/sessions.support.js';
import {
  APP,
  fromApp,
  LOGIN_PATH,
  postLogin,
  preflightLogin,
  SINGLE_PAGE_APP,
  urlOf,
} from '../../support/single-page-app.support.js';
import { until } from '../../support/until.support.js';
import { corsHeaders, sendRaw } from '../../support/user-info.support.js';

const EVIL = 'https://evil.example';
const PAGE = { redirect: '/a' };

/** Origins that are not one of the app's, byte for byte. */
const OTHER_ORIGINS = [
  'null',
  '',
  '*',
  EVIL,
  'http://app.acme.example',
  'https://app.acme.example:443',
  'https://APP.acme.example',
  'https://app.acme.example/',
  'https://app.acme.example.',
  'https://app.acme.example.evil.example',
  'https://x.app.acme.example',
  'https://acme.example',
  'https://docs.acme.example',
  'http://localhost',
  'http://127.0.0.1:5173',
  `${APP}, ${APP}`,
];

describeOnEveryHost('a POST that is not from the app', ({ boot, platform }) => {
  /** Counts the guards that run. */
  async function bootCounting() {
    const canActivate = jest.fn(() => true);
    const { auditSink, events } = auditCollector();
    const signingKey = createSignerSpy();
    const host = await boot({
      options: {
        auditSink,
        signingKey,
        handshakes: { jwt: { guards: [{ canActivate }], singlePageApp: { origins: [APP] } } },
      },
      configure: (app) => app.enableCors({ origin: true, credentials: true }),
    });
    return { host, canActivate, events, signingKey };
  }

  it('is refused before any guard if it is from another origin, whatever it has of the visitor', async () => {
    const { host, canActivate, events } = await bootCounting();
    for (const origin of OTHER_ORIGINS) {
      const headers = { ...fromApp(origin), ...(await bearer()), ...(await cookie()) };
      const answer = await postLogin(host, PAGE, headers);
      expect([origin, answer.status, answer.body]).toEqual([
        origin,
        403,
        { statusCode: 403, code: 'origin_not_allowed' },
      ]);
      expect([corsHeaders(answer), answer.get('vary')]).toEqual([[], 'Origin']);
      await until(() => events.length > 0);
      expect(events.splice(0)).toMatchObject([{ type: 'login.refused', outcome: 'origin_not_allowed' }]);
    }
    expect(canActivate).not.toHaveBeenCalled();
    expect(host.logs.lines.join()).toContain('singlePageApp.origins');
  });

  it('is refused if it names its origin twice', async () => {
    const { host, canActivate } = await bootCounting();
    const lines = [
      `POST ${LOGIN_PATH} HTTP/1.1`,
      `Origin: ${APP}`,
      `Origin: ${APP}`,
      'Content-Type: application/json',
      'Authorization: Bearer x',
      'Content-Length: 0',
    ];
    expect(await sendRaw(host.port, lines)).toMatch(/^HTTP\/1\.1 403 /);
    expect(canActivate).not.toHaveBeenCalled();
  });

  it.each(['cross-site', 'same-site', 'Cross-Site', 'x'])(
    'is refused if it hides its origin: Sec-Fetch-Site: %s',
    async (site) => {
      const { host, canActivate } = await bootCounting();
      const answer = await postLogin(host, PAGE, { 'Sec-Fetch-Site': site, ...(await bearer()) });
      expect(answer.status).toBe(403);
      expect(canActivate).not.toHaveBeenCalled();
    },
  );

  it.each([
    ['text/plain', '{"redirect":"/a"}'],
    ['text/plain;application/json', '{"redirect":"/a"}'],
    ['application/x-www-form-urlencoded', 'redirect=%2Fa'],
    ['multipart/form-data; boundary=x', '--x--'],
    ['application/json-patch+json', '[]'],
    ['application/jsonx', '{}'],
    ['', '{}'],
  ])('is 415 as a form could send it: %j', async (type, body) => {
    const { host, canActivate } = await bootCounting();
    for (const origin of [{}, { Origin: APP }] as Record<string, string>[]) {
      const answer = await postLogin(host, body, { 'Content-Type': type, ...origin, ...(await bearer()) });
      expect([answer.status, answer.body]).toEqual([
        415,
        { statusCode: 415, message: 'Send the body as Content-Type: application/json.' },
      ]);
      expect(answer.get('access-control-allow-origin')).toBe('Origin' in origin ? APP : undefined);
    }
    expect(canActivate).not.toHaveBeenCalled();
  });

  it.each(['document', 'iframe', 'image', 'script', 'serviceworker'])(
    'is 403 as a navigation or a resource: %s',
    async (dest) => {
      const { host, canActivate } = await bootCounting();
      const headers = { ...fromApp(), 'Sec-Fetch-Dest': dest, ...(await bearer()) };
      expect((await postLogin(host, PAGE, headers)).status).toBe(403);
      expect(canActivate).not.toHaveBeenCalled();
    },
  );

  it('is 401 without Authorization, before any guard, also with a cookie', async () => {
    const { host, canActivate } = await bootCounting();
    for (const origin of [fromApp(), { 'Sec-Fetch-Site': 'same-origin' }, {}]) {
      const answer = await postLogin(host, PAGE, { ...origin, ...(await cookie()) });
      expect([answer.status, answer.body]).toEqual([401, { statusCode: 401, code: 'unauthenticated' }]);
    }
    expect(canActivate).not.toHaveBeenCalled();
  });

  it('is not known by its cookie, in whatever form a guard reads it', async () => {
    const seen: unknown[] = [];
    @Injectable()
    class CookieGuard implements CanActivate {
      canActivate(context: ExecutionContext): boolean {
        const visitor = context.switchToHttp().getRequest<{
          raw?: { rawHeaders: string[]; headersDistinct: object };
          rawHeaders: string[];
          headersDistinct: object;
          headers: Record<string, string>;
          user?: unknown;
        }>();
        const { rawHeaders, headersDistinct } = visitor.raw ?? visitor;
        seen.push(visitor.headers['cookie'], JSON.stringify([rawHeaders, headersDistinct, visitor.headers]));
        visitor.user = ADA;
        return true;
      }
    }
    const host = await boot({
      options: { handshakes: { jwt: { guards: [CookieGuard], singlePageApp: { origins: [APP] } } } },
    });
    const { cookie: value = '' } = await cookie();
    await postLogin(host, PAGE, { ...fromApp(), Cookie: value, Authorization: 'Bearer x' }).expect(200);
    expect(seen[0]).toBeUndefined();
    expect(String(seen[1])).not.toContain(value);
    expect(String(seen[1])).toContain('Bearer x');
  });

  it('is 401 with the cookie of a session and the token of none', async () => {
    const host = await boot({ options: SINGLE_PAGE_APP });
    const answer = await postLogin(host, PAGE, {
      ...fromApp(),
      ...(await cookie()),
      Authorization: 'Bearer forged',
    });
    expect([answer.status, answer.body]).toEqual([401, { statusCode: 401, code: 'unauthenticated' }]);
    expect(host.map).not.toHaveBeenCalled();
  });

  it('is refused if middleware of the app makes it another method after the checks', async () => {
    const host = await boot({
      options: SINGLE_PAGE_APP,
      configure: (app) =>
        app.use((visitor: { method: string }, _: unknown, next: () => void) => {
          visitor.method = visitor.method === 'GET' ? 'POST' : 'GET';
          next();
        }),
    });
    const opened = await host.get(LOGIN_PATH, await cookie());
    const posted = await postLogin(host, PAGE, { ...fromApp(), ...(await bearer()) });
    // On Fastify, the router has run before middleware does, and the body is not parsed.
    expect([opened.status, posted.status]).toEqual([405, platform === 'Express' ? 405 : 500]);
    expect(host.map).not.toHaveBeenCalled();
  });

  it('is served if it is from the own origin, or from no page at all', async () => {
    const host = await boot({ options: SINGLE_PAGE_APP });
    for (const from of [
      { Origin: 'https://api.acme.example', 'Sec-Fetch-Site': 'same-origin' },
      { 'Sec-Fetch-Site': 'none' },
      {},
    ] as Record<string, string>[]) {
      const answer = await postLogin(host, PAGE, { ...from, ...(await bearer()) });
      expect([answer.status, corsHeaders(answer)]).toEqual([200, []]);
    }
  });
});

describeOnEveryHost('the body of a POST', ({ boot, platform }) => {
  it.each<[string, RegExp]>([
    ['[]', /^The body must be a JSON object/],
    ['[{"redirect":"/a"}]', /^The body must be a JSON object/],
    ['{"redirect":["/a"]}', /^redirect must be a string/],
    ['{"redirect":["/a","/b"]}', /^redirect must be a string/],
    ['{"redirect":null}', /^redirect must be a string\. Leave it out/],
    ['{"redirect":{"toString":"/a"}}', /^redirect must be a string/],
    ['{"redirect":7,"anchor":"a"}', /^redirect must be a string/],
    ['{"redirect":"/a","anchor":false}', /^anchor must be a string/],
    ['{"redirct":"/a"}', /^The field redirct is not allowed\. Send redirect and anchor\.$/],
    ['{"redirect":"/a","user":{"groups":["admin"]}}', /^The field user is not allowed/],
    ['{"<script>":1}', /^A field is not allowed/],
    ['{"constructor":1}', /^The field constructor is not allowed/],
  ])('is 400 that names the field: %s', async (body, message) => {
    const { auditSink, events } = auditCollector();
    const host = await boot({ options: { ...SINGLE_PAGE_APP, auditSink } });
    const answer = await postLogin(host, body, { ...fromApp(), ...(await bearer()) });
    expect([answer.status, answer.body]).toEqual([
      400,
      { statusCode: 400, message: expect.stringMatching(message) },
    ]);
    expect(answer.get('access-control-allow-origin')).toBe(APP);
    await until(() => events.length > 0);
    expect(events).toMatchObject([{ type: 'login.refused', outcome: 'http_400' }]);
    expect(host.map).not.toHaveBeenCalled();
  });

  it.each(['', '{', 'redirect=/a', '"text"', 'null', '7', '{"__proto__":{"redirect":"/a"}}'])(
    'is 400 that the app can read, also if its own parser refuses it: %j',
    async (body) => {
      const host = await boot({ options: SINGLE_PAGE_APP });
      const answer = await postLogin(host, body, { ...fromApp(), ...(await bearer()) });
      expect([answer.status, (answer.body as { statusCode: number }).statusCode]).toEqual([400, 400]);
      expect([answer.get('access-control-allow-origin'), answer.get('cache-control')]).toEqual([
        APP,
        'no-store',
      ]);
      expect(host.map).not.toHaveBeenCalled();
    },
  );

  it.each([
    [`{"redirect":"/a","redirect":"${EVIL}"}`, 'https://docs.acme.example/', undefined],
    [`{"redirect":"${EVIL}","redirect":"/a"}`, 'https://docs.acme.example/a', undefined],
    [String.raw`{"redirect":"/\ud800"}`, 'https://docs.acme.example/', undefined],
    [String.raw`{"redirect":"/a","anchor":"\udc00"}`, 'https://docs.acme.example/', undefined],
    [JSON.stringify({ redirect: `/${'a'.repeat(5_000)}` }), 'https://docs.acme.example/', undefined],
    [JSON.stringify({ redirect: '//evil.example' }), 'https://docs.acme.example/', undefined],
    [JSON.stringify({ redirect: '', anchor: '' }), 'https://docs.acme.example/', undefined],
    [JSON.stringify({ redirect: '/a#b' }), 'https://docs.acme.example/a', 'b'],
  ])('leads to a page of the docs, or to the front page: %s', async (body, page, anchor) => {
    const host = await boot({ options: SINGLE_PAGE_APP });
    const answer = await postLogin(host, body, { ...fromApp(), ...(await bearer()) }).expect(200);
    const { token: _token, ...arrival } = readArrival(urlOf(answer));
    expect(arrival).toEqual({ page, anchor });
  });

  it('is 413 if it is larger than both fields can be, before any guard', async () => {
    const canActivate = jest.fn(() => true);
    const host = await boot({
      options: { handshakes: { jwt: { guards: [{ canActivate }], singlePageApp: { origins: [APP] } } } },
    });
    const body = JSON.stringify({ redirect: 'a'.repeat(66_000) });
    const answer = await postLogin(host, body, { ...fromApp(), ...(await bearer()) });
    expect([answer.status, answer.get('access-control-allow-origin')]).toEqual([413, APP]);
    expect(canActivate).not.toHaveBeenCalled();
  });

  it('is not the query: redirect and anchor there are ignored', async () => {
    const host = await boot({ options: SINGLE_PAGE_APP });
    const answer = await postLogin(
      host,
      {},
      { ...fromApp(), ...(await bearer()) },
      `${LOGIN_PATH}?redirect=/a&anchor=b`,
    ).expect(200);
    expect(readArrival(urlOf(answer)).page).toBe('https://docs.acme.example/');
  });

  it('needs a parser, and the log says so', async () => {
    const host = await boot({ options: SINGLE_PAGE_APP, isBodyParsed: false });
    const answer = await postLogin(host, PAGE, { ...fromApp(), ...(await bearer()) });
    const log = host.logs.lines.join();
    // Fastify has one of its own.
    expect([answer.status, log.includes('needs a parser for JSON bodies')]).toEqual(
      platform === 'Express' ? [500, true] : [200, false],
    );
  });
});

describeOnEveryHost('many POSTs at once', ({ boot }) => {
  function gatedMapper() {
    const waiting: (() => void)[] = [];
    return {
      claimMapper: mapperOf(() => new Promise((resolve) => waiting.push(() => resolve({})))),
      waiting,
      open: () => waiting.splice(0).forEach((resolve) => resolve()),
    };
  }
  const post = async (host: Host) => postLogin(host, PAGE, { ...fromApp(), ...(await bearer()) });

  it('share the limit with the visitors who open the page', async () => {
    const { claimMapper, waiting, open } = gatedMapper();
    const host = await boot({
      options: { ...SINGLE_PAGE_APP, claimMapper, maxConcurrentHandshakes: 2, mapperTimeoutMs: 60_000 },
    });
    const served = [post(host), Promise.resolve(host.get(LOGIN_PATH, await bearer()))].map(
      async (answer) => (await answer).status,
    );
    await until(() => waiting.length === 2);
    const refused = await post(host);
    expect([refused.status, refused.body, refused.get('access-control-allow-origin')]).toEqual([
      503,
      { statusCode: 503, code: 'overloaded' },
      APP,
    ]);
    expect(refused.get('retry-after')).toMatch(/^\d+$/);
    open();
    expect(await Promise.all(served)).toEqual([200, 302]);
    const after = post(host);
    await until(() => waiting.length === 1);
    open();
    expect((await after).status).toBe(200);
  });

  it('hold no place while their bodies are on the way, and none once the client has left', async () => {
    const { auditSink, events } = auditCollector();
    const host = await boot({ options: { ...SINGLE_PAGE_APP, auditSink, maxConcurrentHandshakes: 1 } });
    const head = [
      `POST ${LOGIN_PATH} HTTP/1.1`,
      'Host: api.acme.example',
      `Origin: ${APP}`,
      'Content-Type: application/json',
      'Content-Length: 100',
      `Authorization: Bearer ${await createSession()}`,
    ].join('\r\n');
    const sockets = await Promise.all(
      Array.from(
        { length: 5 },
        () =>
          new Promise<ReturnType<typeof connect>>((resolve) => {
            const socket = connect(host.port, '127.0.0.1', () => {
              socket.write(`${head}\r\n\r\n{"redirect":`, () => resolve(socket));
            });
          }),
      ),
    );
    expect((await post(host)).status).toBe(200);
    events.splice(0);
    for (const socket of sockets) socket.destroy();
    await until(() => events.length === 5);
    expect(new Set(events.map(({ outcome }) => outcome))).toEqual(new Set(['client_closed']));
    expect((await post(host)).status).toBe(200);
  });

  it('free their places if the visitors leave meanwhile', async () => {
    const { claimMapper, waiting, open } = gatedMapper();
    const host = await boot({
      options: { ...SINGLE_PAGE_APP, claimMapper, maxConcurrentHandshakes: 1, mapperTimeoutMs: 60_000 },
    });
    const leaving = new AbortController();
    const left = fetch(`http://127.0.0.1:${host.port}${LOGIN_PATH}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(await bearer()) },
      body: '{}',
      signal: leaving.signal,
    });
    await until(() => waiting.length === 1);
    leaving.abort();
    await expect(left).rejects.toThrow(/abort/i);
    open();
    await until(async () => (await host.get(LOGIN_PATH)).status === 401);
  });

  it('have preflights that cost no call and leave no place taken', async () => {
    const host = await boot({ options: { ...SINGLE_PAGE_APP, maxConcurrentHandshakes: 3 } });
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => preflightLogin(host, `https://app-${index}.example`)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([403]));
    expect((await preflightLogin(host, APP)).status).toBe(204);
    expect((await post(host)).status).toBe(200);
  });
});
