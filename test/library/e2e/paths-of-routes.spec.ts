import { describe, expect, it } from '@jest/globals';
import { Injectable, type CanActivate, type ExecutionContext, type INestApplication } from '@nestjs/common';
import { NestFactory, type AbstractHttpAdapter } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import express from 'express';
import fastify from 'fastify';
import request from 'supertest';
import { composeHost, describeOnEveryPlatform, type HostSetup } from '../../support/apps.support.js';
import { auditCollector } from '../../support/audit.support.js';
import { ADA, bearer, cookie } from '../../support/sessions.support.js';
import { DOCS, OAUTH_PATH, preflight, SESSION_PATH } from '../../support/user-info.support.js';

/** Lets in by a bearer token or by a cookie, whichever is there: the handshake decides which one counts. */
@Injectable()
class EitherGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const visitor = context.switchToHttp().getRequest<{
      headers: { authorization?: string; cookie?: string };
      user?: unknown;
    }>();
    const { authorization, cookie: cookies } = visitor.headers;
    if (authorization !== undefined || cookies !== undefined) visitor.user ??= ADA;
    return visitor.user !== undefined;
  }
}

const handshakes = { sharedSession: { guards: [EitherGuard] }, oauth: { guards: [EitherGuard] } };

async function withApp(
  adapter: AbstractHttpAdapter,
  test: (port: number) => Promise<void>,
  setup: HostSetup = {},
): Promise<void> {
  const host = composeHost('forRoot', { ...setup, options: { handshakes, ...setup.options } });
  const app: INestApplication = await NestFactory.create(host, adapter, { logger: false });
  setup.configure?.(app);
  await app.listen(0, '127.0.0.1');
  try {
    await test((app.getHttpServer().address() as { port: number }).port);
  } finally {
    await app.close();
  }
}

/** Asks each handshake by its own credential, and by the other's. */
async function askByEither(port: number, session: string, oauth: string): Promise<number[]> {
  const get = (path: string, headers: Record<string, string>) =>
    request(`http://127.0.0.1:${port}`)
      .get(path)
      .set({ Origin: DOCS, ...headers });
  const byHeader = { authorization: 'Bearer ada' };
  const byCookie = await cookie();
  return [
    await get(session, byCookie),
    await get(session, byHeader),
    await get(oauth, byHeader),
    await get(oauth, byCookie),
  ].map(({ status }) => status);
}

const ONE_CREDENTIAL = [200, 401, 200, 401];

const LENIENT: [string, object, string, string][] = [
  [
    'ignoreDuplicateSlashes',
    { ignoreDuplicateSlashes: true },
    '/docs//user-info',
    '/docs//oauth///user-info',
  ],
  [
    'useSemicolonDelimiter',
    { useSemicolonDelimiter: true },
    '/docs/user-info;a=/b',
    '/docs/oauth/user-info;a',
  ],
  ['ignoreTrailingSlash', { ignoreTrailingSlash: true }, '/docs/user-info/', '/docs/oauth/user-info/'],
  ['caseSensitive: false', { caseSensitive: false }, '/Docs/User-Info', '/docs/OAUTH/user-info'],
];

describe.each(LENIENT)('Fastify with %s', (_, options, session, oauth) => {
  const createAdapter = () => new FastifyAdapter({ routerOptions: options, forceCloseConnections: true });

  it('each handshake takes its own credential alone', () =>
    withApp(createAdapter(), async (port) => {
      expect(await askByEither(port, session, oauth)).toEqual(ONE_CREDENTIAL);
    }));

  it('answers preflights by the docs origins alone', () =>
    withApp(
      createAdapter(),
      async (port) => {
        for (const path of [session, oauth]) {
          const own = await preflight({ port }, path, DOCS);
          expect([own.status, own.get('access-control-allow-origin')]).toEqual([204, DOCS]);
          const foreign = await preflight({ port }, path, 'https://evil.example');
          expect([foreign.status, foreign.get('access-control-allow-origin')]).toEqual([403, undefined]);
        }
      },
      { configure: (app) => app.enableCors({ origin: true, credentials: true }) },
    ));
});

describe('a server of the host app with middleware of its own before everything', () => {
  /** As session middleware does: the visitor that a header names is put on the request. */
  const identify = (incoming: { headers: Record<string, unknown> }): void => {
    const { authorization, cookie: cookies } = incoming.headers;
    if (authorization !== undefined || cookies !== undefined) Object.assign(incoming, { user: ADA });
  };

  it('Express: each handshake takes its own credential alone', async () => {
    const server = express();
    server.use((incoming, _response, next) => {
      identify(incoming);
      next();
    });
    await withApp(new ExpressAdapter(server), async (port) => {
      expect(await askByEither(port, SESSION_PATH, OAUTH_PATH)).toEqual(ONE_CREDENTIAL);
    });
  });

  it('Fastify: each handshake takes its own credential alone', async () => {
    const server = fastify({ forceCloseConnections: true });
    server.addHook('onRequest', (incoming, _reply, done) => {
      identify(incoming);
      done();
    });
    await withApp(new FastifyAdapter(server as never), async (port) => {
      expect(await askByEither(port, SESSION_PATH, OAUTH_PATH)).toEqual(ONE_CREDENTIAL);
    });
  });

  it('Express: what its own CORS says of a preflight is replaced', async () => {
    const server = express();
    server.use((incoming, response, next) => {
      response.setHeader('Access-Control-Allow-Origin', incoming.headers.origin ?? '*');
      response.setHeader('Access-Control-Allow-Credentials', 'true');
      if (incoming.method === 'OPTIONS') response.status(204).end();
      else next();
    });
    await withApp(new ExpressAdapter(server), async (port) => {
      const own = await preflight({ port }, OAUTH_PATH, DOCS);
      expect([own.status, own.get('access-control-allow-headers')]).toEqual([204, 'Authorization']);
      expect(own.get('access-control-allow-credentials')).toBeUndefined();
      const foreign = await preflight({ port }, OAUTH_PATH, 'https://evil.example');
      expect(foreign.get('access-control-allow-origin')).toBeUndefined();
    });
  });
});

describeOnEveryPlatform('a docs login with a parameter in its path', ({ boot }) => {
  it('sends no one back to a path that is another host', async () => {
    const { auditSink, events } = auditCollector();
    const host = await boot({
      options: { auditSink, loginUrl: '/login', handshakes: { jwt: { path: ':tenant/docs-login' } } },
    });
    const answer = await host.get('/.%5C%5Cevil.example/docs-login');
    expect([answer.status, answer.get('location')]).toEqual([302, '/login']);
    expect(events).toMatchObject([
      { type: 'redirect.refused', outcome: 'ambiguous_path' },
      { type: 'login.required' },
    ]);
    const usual = await host.get('/acme/docs-login');
    expect(usual.get('location')).toBe('/login?returnTo=%2Facme%2Fdocs-login%3Flogin-attempt%3D1');
    await host.get('/acme/docs-login', await bearer()).expect(302);
  });
});
