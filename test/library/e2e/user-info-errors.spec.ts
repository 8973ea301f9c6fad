import { expect, it, jest } from '@jest/globals';
import { ForbiddenException, Injectable, UnauthorizedException, type CanActivate } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import type { ExecutionContext } from '@nestjs/common';
import { map } from 'rxjs';
import request from 'supertest';
import { describeOnEveryHost, mapperOf, type HostSetup } from '../../support/apps.support.js';
import { bearer, cookie } from '../../support/sessions.support.js';
import { resolverOf } from '../../support/tenants.support.js';
import {
  BOTH,
  DOCS,
  OAUTH_PATH,
  PlainTokenGuard,
  ROUTES,
  SESSION_PATH,
} from '../../support/user-info.support.js';

const CANARY = 'canary-4711';

function failing(message = CANARY): never {
  throw new Error(message);
}

/** A guard that answers, or throws, whatever a test says. */
const guardOf = (canActivate: (context: ExecutionContext) => boolean): CanActivate => ({ canActivate });

const BROKEN: [string, number, string, HostSetup['options']][] = [
  ['the mapper throws', 500, 'claim_mapper_failed', { claimMapper: mapperOf(() => failing()) }],
  ['the user is invalid', 500, 'invalid_user', { claimMapper: mapperOf(() => ({ role: CANARY })) }],
  [
    'the mapper takes too long',
    503,
    'claim_mapper_timeout',
    { mapperTimeoutMs: 1, claimMapper: mapperOf(() => new Promise(() => undefined)) },
  ],
  ['the tenant is unknown', 404, 'unknown_tenant', { tenantResolver: resolverOf(() => 'nobody') }],
  ['the resolver throws', 500, 'tenant_resolver_failed', { tenantResolver: resolverOf(() => failing()) }],
  [
    'the resolver takes too long',
    503,
    'tenant_resolver_timeout',
    { tenantTimeoutMs: 1, tenantResolver: resolverOf(() => new Promise(() => undefined)) },
  ],
];

describeOnEveryHost('what goes wrong at the user-info routes', ({ boot }) => {
  it.each(BROKEN)('%s: %i %s, readable by the docs page', async (_, status, code, options) => {
    const host = await boot({ options: { ...BOTH, ...options } });
    for (const { route, credentials } of ROUTES) {
      const answer = await host.get(route, { Origin: DOCS, ...(await credentials()) });
      expect([answer.status, answer.body]).toEqual([status, { statusCode: status, code }]);
      expect(answer.get('access-control-allow-origin')).toBe(DOCS);
      expect(answer.get('cache-control')).toBe('private, no-store');
      expect(answer.get('retry-after')).toBe(status === 503 ? '2' : undefined);
      expect(JSON.stringify([answer.headers, answer.text])).not.toContain(CANARY);
    }
    expect(host.logs.lines.length).toBeGreaterThan(0);
  });

  it.each<[string, (context: ExecutionContext) => boolean]>([
    ['says no', () => false],
    [
      'throws 401',
      () => {
        throw new UnauthorizedException(CANARY);
      },
    ],
    [
      'throws 403 with nobody there',
      () => {
        throw new ForbiddenException(CANARY);
      },
    ],
    ['lets pass and names nobody', () => true],
    [
      'lets pass and names false',
      (context) => {
        context.switchToHttp().getRequest<{ user: unknown }>().user = false;
        return true;
      },
    ],
  ])('the anonymous are 401, whether the guard %s', async (_, canActivate) => {
    const guards = [guardOf(canActivate)];
    const host = await boot({ options: { handshakes: { sharedSession: { guards }, oauth: { guards } } } });
    for (const { route, isCredentialed } of ROUTES) {
      const answer = await host.get(route, { Origin: DOCS });
      expect([answer.status, answer.body]).toEqual([401, { statusCode: 401, code: 'unauthenticated' }]);
      expect(answer.get('access-control-allow-origin')).toBe(DOCS);
      expect(answer.get('www-authenticate')).toBe(isCredentialed ? undefined : 'Bearer');
      expect(answer.get('cache-control')).toBe('private, no-store');
    }
    expect(host.map).not.toHaveBeenCalled();
  });

  it('a guard of the whole app that refuses is readable by the docs, and by nobody else', async () => {
    const guard = guardOf(() => {
      throw new UnauthorizedException();
    });
    const host = await boot({
      options: BOTH,
      host: { providers: [{ provide: APP_GUARD, useValue: guard }] },
      configure: (app) => app.enableCors({ origin: true, credentials: true }),
    });
    for (const { route } of ROUTES) {
      const known = await host.get(route, { Origin: DOCS });
      expect([known.status, known.get('access-control-allow-origin')]).toEqual([401, DOCS]);
      const foreign = await host.get(route, { Origin: 'https://evil.example' });
      expect([foreign.status, foreign.get('access-control-allow-origin')]).toEqual([403, undefined]);
    }
  });

  it('a visitor who is known and may not is 403, in the words of the guard', async () => {
    const guards = [
      guardOf((context) => {
        context.switchToHttp().getRequest<{ user: unknown }>().user = { id: 'ada' };
        throw new ForbiddenException('Confirm your email first.');
      }),
    ];
    const host = await boot({ options: { handshakes: { sharedSession: { guards }, oauth: { guards } } } });
    for (const { route } of ROUTES) {
      const answer = await host.get(route, { Origin: DOCS });
      expect(answer.body).toMatchObject({ statusCode: 403, message: 'Confirm your email first.' });
      expect(answer.get('access-control-allow-origin')).toBe(DOCS);
      expect(answer.get('cache-control')).toBe('private, no-store');
    }
  });

  it('HEAD is 405, and says what is allowed', async () => {
    const host = await boot({ options: BOTH });
    for (const { route, credentials } of ROUTES) {
      const answer = await request(`http://127.0.0.1:${host.port}`)
        .head(route)
        .set({ Origin: DOCS, ...(await credentials()) });
      expect([answer.status, answer.get('allow'), answer.get('cache-control')]).toEqual([
        405,
        'GET',
        'private, no-store',
      ]);
    }
    expect(host.map).not.toHaveBeenCalled();
  });

  it('the answer is the user alone, whatever interceptors do, and never a 304', async () => {
    const host = await boot({
      options: BOTH,
      host: {
        providers: [
          {
            provide: APP_INTERCEPTOR,
            useValue: {
              intercept: (_: unknown, next: { handle(): never }) =>
                (next.handle() as { pipe(o: unknown): unknown }).pipe(map((data) => ({ data }))),
            },
          },
        ],
      },
    });
    for (const { route, credentials } of ROUTES) {
      const headers = { Origin: DOCS, ...(await credentials()) };
      const answer = await host.get(route, headers).expect(200);
      expect(Object.keys(answer.body as object).sort()).toEqual(['content', 'expiresAt', 'groups']);
      expect(answer.get('etag')).toBeUndefined();
      expect((await host.get(route, { ...headers, 'If-None-Match': '*' })).status).toBe(200);
    }
  });
});

/** Notes what every request looks like to guards of the whole app. */
@Injectable()
class WitnessGuard implements CanActivate {
  static readonly seen: { url: string; cookie?: string; authorization?: string }[] = [];

  canActivate(context: ExecutionContext): boolean {
    const { url, headers } = context
      .switchToHttp()
      .getRequest<{ url: string; headers: Record<string, string | undefined> }>();
    WitnessGuard.seen.push({ url, cookie: headers.cookie, authorization: headers.authorization });
    return true;
  }
}

describeOnEveryHost('what a handshake does not look at', ({ boot }) => {
  it('is a cookie with OAuth and an Authorization header with the session, for every guard', async () => {
    WitnessGuard.seen.length = 0;
    const host = await boot({
      options: BOTH,
      host: { providers: [{ provide: APP_GUARD, useClass: WitnessGuard }] },
    });
    const headers = { ...(await cookie()), ...(await bearer()) };
    for (const route of [SESSION_PATH, OAUTH_PATH, '/docs-login']) await host.get(route, headers);
    expect(WitnessGuard.seen).toEqual([
      { url: SESSION_PATH, cookie: headers.cookie, authorization: undefined },
      { url: OAUTH_PATH, cookie: undefined, authorization: headers.authorization },
      { url: '/docs-login', cookie: headers.cookie, authorization: headers.authorization },
    ]);
  });

  it('lets a session of one visitor and a token of another be told apart', async () => {
    const host = await boot({ options: BOTH });
    const tokenOnly = await host.get(SESSION_PATH, await bearer());
    const cookieOnly = await host.get(OAUTH_PATH, await cookie());
    expect([tokenOnly.status, cookieOnly.status]).toEqual([401, 401]);
    expect(host.map).not.toHaveBeenCalled();
  });

  it('is nothing of the request where the guard is replaced', async () => {
    const spy = jest.fn(() => true);
    const guards = [guardOf(spy), PlainTokenGuard];
    const host = await boot({ options: { handshakes: { oauth: { guards } } } });
    await host.get(OAUTH_PATH, { Authorization: 'Bearer ada' }).expect(200);
    expect(spy).toHaveBeenCalledTimes(1);
  });
});
