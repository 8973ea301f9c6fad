import type { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it, jest } from '@jest/globals';
import { ForbiddenException, UnauthorizedException, type CanActivate } from '@nestjs/common';
import type { MintlifyPersonalizationOptions } from 'nestjs-mintlify-personalization';
import request from 'supertest';
import { describeOnEveryHost, type Host } from '../../support/apps.support.js';
import { readArrival } from '../../support/docs-arrival.support.js';
import { ADA, bearer, type Visitor } from '../../support/sessions.support.js';
import { backgroundWork, docsOf, Held, resolverOf, sourceOf } from '../../support/tenants.support.js';

interface IncomingRequest {
  readonly headers: Record<string, string | undefined>;
}

const tenants = {
  acme: { ...docsOf('acme'), loginUrl: 'https://acme.example/login', returnToParameter: 'next' },
  based: { docsUrl: 'https://based.example/docs', loginUrl: 'https://based.example/login' },
  plain: docsOf('plain'),
} satisfies MintlifyPersonalizationOptions['tenants'];

const OPTIONS: Partial<MintlifyPersonalizationOptions> = {
  docsUrl: 'https://foo.example/docs',
  loginUrl: 'https://foo.example/login',
  tenants,
};

/** The tenant is in a header, as a gateway in front of the app would put it there. */
const ByHeader = resolverOf((_, incoming) => (incoming as IncomingRequest).headers['x-tenant']);
/** The tenant is known of the principal alone, and who has none is a `TypeError`. */
const ByPrincipal = resolverOf((member) => (member as { tenant: string }).tenant);

const CANNOT_TELL: [string, (principal: unknown) => unknown][] = [
  ['throws without a principal', (member) => (member as { tenant: string }).tenant],
  ['rejects without a principal', () => Promise.reject(new Error('no account'))],
  ['cannot tell', () => undefined],
  ['cannot tell at once', () => Promise.resolve(undefined)],
  ['names an unknown tenant', () => 'nemo'],
  ['gives what is no tenant id', () => '../acme'],
  ['hangs', () => new Promise(() => undefined)],
];

const login = (location: string | undefined, parameter = 'returnTo') => {
  const { origin, pathname, searchParams } = new URL(location ?? '', 'https://app.example');
  return {
    page: origin + pathname,
    returnTo: searchParams.get(parameter)?.replace(/[?&]login-attempt=1$/, ''),
  };
};

describeOnEveryHost('an anonymous visitor, where there are tenants,', ({ boot }) => {
  it('goes to the login page of the tenant that the request alone tells', async () => {
    const host = await boot({ options: { ...OPTIONS, tenantResolver: ByHeader } });
    const acme = await host.get('/docs-login?redirect=/a&anchor=b', { 'x-tenant': 'acme' }).expect(302);
    expect(login(acme.get('location'), 'next')).toEqual({
      page: 'https://acme.example/login',
      returnTo: '/docs-login?redirect=%2Fa&anchor=b',
    });
    const plain = await host.get('/docs-login', { 'x-tenant': 'plain' }).expect(302);
    const nobodys = await host.get('/docs-login').expect(302);
    for (const response of [plain, nobodys]) {
      expect(response.get('location')).toBe(
        'https://foo.example/login?returnTo=%2Fdocs-login%3Flogin-attempt%3D1',
      );
    }
    for (const response of [acme, plain, nobodys]) {
      expect(response.get('cache-control')).toBe('no-store');
      expect(response.get('referrer-policy')).toBe('no-referrer');
      expect(response.text).toBe('');
    }
  });

  it('goes to the login page of a tenant of the source', async () => {
    const tenantSource = sourceOf(() => Promise.resolve(tenants.based));
    const options = { ...OPTIONS, tenants: {}, tenantResolver: ByHeader, tenantSource };
    const host = await boot({ options });
    const response = await host.get('/docs-login?redirect=/docs/a', { 'x-tenant': 'other' }).expect(302);
    expect(login(response.get('location'))).toEqual({
      page: 'https://based.example/login',
      returnTo: '/docs-login?redirect=%2Fdocs%2Fa',
    });
  });

  it.each([
    ['acme', 'redirect=/anything', 'next', '/docs-login?redirect=%2Fanything'],
    ['based', 'redirect=/docs/a', 'returnTo', '/docs-login?redirect=%2Fdocs%2Fa'],
    ['based', 'redirect=https://based.example/elsewhere', 'returnTo', '/docs-login'],
    ['based', 'redirect=/elsewhere', 'returnTo', '/docs-login?redirect=%2Felsewhere'],
    ['based', 'redirect=https://docs.acme.example/a', 'returnTo', '/docs-login'],
  ])('carries back what the docs of tenant %s will take: %s', async (tenant, query, parameter, returnTo) => {
    const host = await boot({ options: { ...OPTIONS, tenantResolver: ByHeader } });
    const response = await host.get(`/docs-login?${query}`, { 'x-tenant': tenant }).expect(302);
    expect(login(response.get('location'), parameter).returnTo).toBe(returnTo);
  });

  it.each(CANNOT_TELL)('goes to the default login page when the resolver %s', async (_, resolve) => {
    const options = { ...OPTIONS, tenantResolver: resolverOf(resolve), tenantTimeoutMs: 20 };
    const host = await boot({ options });
    // Any tenant's page: /a is not one of the default site's, whose pages stand under /docs.
    const response = await host.get('/docs-login?redirect=/a&anchor=b').expect(302);
    expect(login(response.get('location'))).toEqual({
      page: 'https://foo.example/login',
      returnTo: '/docs-login?redirect=%2Fa&anchor=b',
    });
    expect(response.get('cache-control')).toBe('no-store');
    expect(host.logs.text).not.toMatch(/^error/m);
  });

  it.each([
    ['throws', () => Promise.reject(new Error('away'))],
    ['hangs', () => new Promise(() => undefined)],
    ['gives what is wrong', () => ({ colour: 'red' })],
  ])('goes to the default login page when the source %s', async (_, load) => {
    const tenantSource = sourceOf(load);
    const options = { ...OPTIONS, tenants: {}, tenantResolver: ByHeader, tenantSource, tenantTimeoutMs: 20 };
    const host = await boot({ options });
    const response = await host.get('/docs-login?redirect=/a', { 'x-tenant': 'acme' }).expect(302);
    expect(login(response.get('location')).page).toBe('https://foo.example/login');
  });

  it.each([
    ['https://evil.example/a'],
    ['//evil.example'],
    [String.raw`/\evil.example`],
    ['javascript:alert(1)'],
    ['/.//evil.example'],
  ])('carries back nothing that no docs would take: %s', async (redirect) => {
    const host = await boot({ options: { ...OPTIONS, tenantResolver: ByPrincipal } });
    const response = await host.get(`/docs-login?redirect=${encodeURIComponent(redirect)}`).expect(302);
    expect(login(response.get('location')).returnTo).toBe('/docs-login');
  });

  it('arrives, once logged in, at the page of a tenant that was unknown before', async () => {
    const host = await boot({ options: { ...OPTIONS, tenantResolver: ByPrincipal } });
    const anonymous = await host.get('/docs-login?redirect=/a%3Fq%3D1&anchor=b').expect(302);
    const { returnTo } = login(anonymous.get('location'));
    const arrive = async (tenant?: string) => {
      const response = await host
        .get(returnTo ?? '', await bearer({ ...ADA, tenant } as Visitor))
        .expect(302);
      const { page, anchor } = readArrival(response.get('location'));
      return { page, anchor };
    };
    expect(await arrive('plain')).toEqual({ page: 'https://docs.plain.example/a?q=1', anchor: 'b' });
    // With docs on a base path, the page is taken without it.
    expect((await arrive('based')).page).toBe('https://based.example/docs/a?q=1');
    expect((await arrive()).page).toBe('https://foo.example/docs/a?q=1');
  });

  it('is 401 where there is no login page to go to', async () => {
    const options = { ...OPTIONS, loginUrl: undefined, tenantResolver: ByHeader };
    const host = await boot({ options });
    for (const tenant of ['plain', 'nemo', '']) {
      const response = await host.get('/docs-login', { 'x-tenant': tenant }).expect(401);
      expect(response.body).toMatchObject({ statusCode: 401 });
      expect(response.get('location')).toBeUndefined();
      expect(response.get('cache-control')).toBe('no-store');
    }
    const acme = await host.get('/docs-login', { 'x-tenant': 'acme' }).expect(302);
    expect(login(acme.get('location'), 'next').page).toBe('https://acme.example/login');
  });

  it.each<[string, CanActivate['canActivate']]>([
    ['says no', () => false],
    [
      'throws 401',
      () => {
        throw new UnauthorizedException();
      },
    ],
    [
      'throws 403',
      () => {
        throw new ForbiddenException();
      },
    ],
    ['lets everybody in', () => true],
  ])('is one, whether the guard %s', async (_, canActivate) => {
    const handshakes = { jwt: { guards: [{ canActivate }] } };
    const host = await boot({ options: { ...OPTIONS, handshakes, tenantResolver: ByHeader } });
    const response = await host.get('/docs-login', { 'x-tenant': 'acme' }).expect(302);
    expect(login(response.get('location'), 'next').page).toBe('https://acme.example/login');
  });

  it('gets no token, however the request names a tenant', async () => {
    const load = jest.fn(docsOf);
    const options = { ...OPTIONS, tenantResolver: resolverOf(() => 'acme'), tenantSource: sourceOf(load) };
    const host = await boot({ options });
    const response = await host.get('/docs-login').expect(302);
    expect(response.get('location')).not.toContain('eyJ');
    expect(host.map).not.toHaveBeenCalled();
  });
});

describeOnEveryHost('what is no visitor on the way, where there are tenants,', ({ boot }) => {
  it.each([
    ['HEAD', 405, {}],
    ['GET', 503, { 'sec-purpose': 'prefetch' }],
    ['GET', 503, { purpose: 'prefetch' }],
    ['GET', 403, { 'sec-fetch-dest': 'iframe' }],
  ])('is refused and no resolver is asked: %s, %d', async (method, status, headers) => {
    const resolve = jest.fn(() => 'acme');
    const guards: [string, CanActivate][] = [
      ['before', { canActivate: () => false }],
      ['after', { canActivate: () => true }],
    ];
    for (const [, guard] of guards) {
      const options = { ...OPTIONS, tenantResolver: resolverOf(resolve) };
      const host = await boot({ options, configure: (app) => app.useGlobalGuards(guard) });
      for (const session of [{}, await bearer()]) {
        const agent = request(`http://127.0.0.1:${host.port}`);
        const sent = method === 'HEAD' ? agent.head('/docs-login') : agent.get('/docs-login');
        const response = await sent.set({ ...headers, ...session }).expect(status);
        expect(response.get('location')).toBeUndefined();
        expect(response.get('allow')).toBe(status === 405 ? 'GET' : undefined);
        expect(response.get('cache-control')).toBe('no-store');
      }
    }
    expect(resolve).not.toHaveBeenCalled();
  });
});

describeOnEveryHost('an answer that had to wait for the resolver', ({ boot, platform }) => {
  /** Starts with a resolver that answers an anonymous visitor when the test lets it. */
  async function bootHeld(): Promise<{
    host: Host;
    held: Held<string>;
    asked: Held<void>;
    fastifyLog: string[];
  }> {
    const held = new Held<string>();
    const asked = new Held<void>();
    const fastifyLog: string[] = [];
    const tenantResolver = resolverOf((member) => {
      if (member !== undefined) return 'acme';
      asked.resolve();
      return held.promise;
    });
    const host = await boot({
      options: { ...OPTIONS, tenantResolver, tenantTimeoutMs: 60_000 },
      configure: (app) => {
        if (platform !== 'Fastify') return;
        const fastify = app.getHttpAdapter().getInstance() as {
          addHook: (name: string, hook: (...parameters: never[]) => unknown) => void;
        };
        // What Fastify has to say about a reply goes to the reply's own logger.
        fastify.addHook('onRequest', async (_request: never, reply: { log: object }) => {
          const write = (...parts: unknown[]): void => void fastifyLog.push(parts.map(describeLog).join(' '));
          reply.log = Object.assign(Object.create(reply.log) as object, {
            warn: write,
            error: write,
            fatal: write,
          });
        });
      },
    });
    return { host, held, asked, fastifyLog };
  }

  const describeLog = (part: unknown): string => {
    const { err } = Object(part) as { err?: { code?: string; message?: string } };
    return err === undefined ? String(part) : `${err.code} ${err.message}`;
  };

  it('is one answer to each request of a connection', async () => {
    const { host, held, asked, fastifyLog } = await bootHeld();
    const socket = connect(host.port, '127.0.0.1');
    const ask = (path: string, connection: string): string =>
      `GET ${path} HTTP/1.1\r\nhost: app.example\r\nconnection: ${connection}\r\n\r\n`;
    socket.write(ask('/docs-login?redirect=/1', 'keep-alive') + ask('/docs-login?redirect=/2', 'close'));
    await asked.promise;
    held.resolve('acme');
    const answers = await text(socket);
    expect(answers.match(/^HTTP\/1\.1 .*$/gm)?.map((line) => line.trim())).toEqual([
      'HTTP/1.1 302 Found',
      'HTTP/1.1 302 Found',
    ]);
    expect(
      answers.match(/^location: .*$/gim)?.map((line) => line.trim().replace(/^location/i, 'location')),
    ).toEqual([
      'location: https://acme.example/login?next=%2Fdocs-login%3Fredirect%3D%252F1%26login-attempt%3D1',
      'location: https://acme.example/login?next=%2Fdocs-login%3Fredirect%3D%252F2%26login-attempt%3D1',
    ]);
    await backgroundWork();
    expect(fastifyLog).toEqual([]);
    expect(host.logs.text).not.toMatch(/^(error|warn)/m);
  });

  it('is nothing when the visitor has gone meanwhile', async () => {
    const { host, held, asked, fastifyLog } = await bootHeld();
    const socket = connect(host.port, '127.0.0.1');
    socket.write('GET /docs-login HTTP/1.1\r\nhost: app.example\r\n\r\n');
    await asked.promise;
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.destroy();
    await closed;
    await backgroundWork();
    held.resolve('acme');
    await backgroundWork();
    expect(fastifyLog).toEqual([]);
    await host.get('/docs-login', await bearer()).expect(302);
  });

  it('is the one of the host app where that has answered meanwhile, and the app lives on', async () => {
    const { host, held, asked, fastifyLog } = await bootHeld();
    // As a time-out of the host's own would answer.
    host.app.getHttpServer().prependOnceListener('request', (_: unknown, response: ServerResponse) => {
      void asked.promise.then(() => response.writeHead(504).end('too late'));
    });
    const visit = host.get('/docs-login');
    const answer = visit.then((response) => [response.status, response.text]);
    await asked.promise;
    expect(await answer).toEqual([504, 'too late']);
    held.resolve('acme');
    await backgroundWork();
    const errors = host.logs.lines.filter((line) => line.startsWith('error'));
    expect([fastifyLog, errors]).toEqual([[], []]);
    await host.get('/docs-login', await bearer()).expect(302);
  });
});
