import { expect, it } from '@jest/globals';
import {
  Body,
  Controller,
  HttpCode,
  Inject,
  Injectable,
  Post,
  UnauthorizedException,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD, BaseExceptionFilter } from '@nestjs/core';
import { JwtModule, JwtService } from '@nestjs/jwt';
import 'nestjs-mintlify-personalization/testing/jest';
import { describeOnEveryHost, mapperOf } from '../../support/apps.support.js';
import { auditCollector } from '../../support/audit.support.js';
import { readArrival, verifyToken } from '../../support/docs-arrival.support.js';
import { privateDocsKeys } from '../../support/keys.support.js';
import { PRIVATE_TOKEN_VERIFIERS, readPrivateArrival } from '../../support/private-docs-arrival.support.js';
import { ADA, bearer, cookie } from '../../support/sessions.support.js';
import {
  ADMIN_APP,
  APP,
  fromApp,
  LOGIN_PATH,
  postLogin,
  preflightLogin,
  SINGLE_PAGE_APP,
  urlOf,
} from '../../support/single-page-app.support.js';
import { EVERY_HANDSHAKE } from '../../support/handshake-answers.support.js';
import { until } from '../../support/until.support.js';
import { corsHeaders } from '../../support/user-info.support.js';

const PAGE = { redirect: '/quickstart', anchor: 'step-one' };

/** The bearer guard of Nest's own guide to JWT. */
@Injectable()
class BearerGuard implements CanActivate {
  constructor(@Inject(JwtService) private readonly jwt: JwtService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context
      .switchToHttp()
      .getRequest<{ headers: { authorization?: string }; user?: unknown }>();
    const [type, token] = request.headers.authorization?.split(' ') ?? [];
    if (type !== 'Bearer' || token === undefined) throw new UnauthorizedException();
    try {
      request.user = await this.jwt.verifyAsync<object>(token);
    } catch {
      throw new UnauthorizedException();
    }
    return true;
  }
}

@Controller('auth')
class AuthController {
  constructor(@Inject(JwtService) private readonly jwt: JwtService) {}

  @Post('login')
  @HttpCode(200)
  async login(@Body() { username }: { username: string }): Promise<{ access_token: string }> {
    return { access_token: await this.jwt.signAsync({ sub: username, ...ADA }) };
  }
}

describeOnEveryHost('a single-page app that logs its visitor in to the docs', ({ boot }) => {
  it('gets the URL of the docs, with a token that the docs accept', async () => {
    const { auditSink, events } = auditCollector();
    const host = await boot({ options: { ...SINGLE_PAGE_APP, auditSink } });
    for (const origin of [APP, ADMIN_APP]) {
      const answer = await postLogin(host, PAGE, { ...fromApp(origin), ...(await bearer()) }).expect(200);
      expect(Object.keys(answer.body as object)).toEqual(['url']);
      expect(answer).toBeDocsRedirect('https://docs.acme.example/quickstart#step-one');
      const { page, token, anchor } = readArrival(urlOf(answer));
      expect({ page, anchor }).toEqual({ page: 'https://docs.acme.example/quickstart', anchor: 'step-one' });
      expect(await verifyToken(token)).toMatchObject({
        groups: ADA.roles,
        content: { firstName: ADA.firstName },
      });
      expect(answer.headers).toMatchObject({
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
        'access-control-allow-origin': origin,
        'access-control-expose-headers': 'WWW-Authenticate, Retry-After',
        vary: 'Origin',
      });
      expect(corsHeaders(answer)).toHaveLength(2);
      expect(answer.get('location')).toBeUndefined();
      await until(() => events.length > 0);
      expect(events.splice(0)).toMatchObject([
        { type: 'login.succeeded', handshake: 'jwt', outcome: 'ok', groupCount: ADA.roles.length },
      ]);
    }
  });

  it('may leave redirect and anchor out', async () => {
    const host = await boot({ options: SINGLE_PAGE_APP });
    const session = await bearer();
    const answers = await Promise.all(
      [{}, { redirect: '/a' }, { anchor: 'b' }].map((body) => postLogin(host, body, session).expect(200)),
    );
    expect(
      answers.map((answer) => readArrival(urlOf(answer))).map(({ page, anchor }) => [page, anchor]),
    ).toEqual([
      ['https://docs.acme.example/', undefined],
      ['https://docs.acme.example/a', undefined],
      ['https://docs.acme.example/', 'b'],
    ]);
  });

  it('gets the callback of private docs', async () => {
    const host = await boot({
      options: { ...SINGLE_PAGE_APP, mode: 'authentication', signingKey: privateDocsKeys.privateKey },
    });
    const answer = await postLogin(host, PAGE, { ...fromApp(), ...(await bearer()) }).expect(200);
    const { callback, redirect, token } = readPrivateArrival(urlOf(answer));
    expect([callback, redirect]).toEqual([
      'https://docs.acme.example/login/jwt-callback',
      '/quickstart#step-one',
    ]);
    expect(await PRIVATE_TOKEN_VERIFIERS.jose?.(token, privateDocsKeys.publicKey)).toMatchObject({
      host: 'docs.acme.example',
    });
  });

  it('gets the docs of its tenant', async () => {
    const host = await boot({ options: { ...EVERY_HANDSHAKE, ...SINGLE_PAGE_APP } });
    const session = await bearer({ id: 'peter', firstName: 'Peter', roles: [] });
    const answer = await postLogin(host, PAGE, { ...fromApp(), ...session }).expect(200);
    expect(readPrivateArrival(urlOf(answer)).callback).toBe(
      'https://internal.acme.example/login/jwt-callback',
    );
  });

  it("works behind the bearer guard of Nest's guide, from its login on", async () => {
    const jwt = JwtModule.register({ secret: 'a secret of this test, long enough for HS256' });
    const host = await boot({
      options: {
        imports: [jwt],
        handshakes: { jwt: { guards: [BearerGuard], singlePageApp: { origins: [APP] } } },
      },
      host: { imports: [jwt], controllers: [AuthController] },
    });
    const login = await postLogin(host, { username: 'ada' }, {}, '/auth/login').expect(200);
    const { access_token: accessToken } = login.body as { access_token: string };
    const answer = await postLogin(host, PAGE, {
      ...fromApp(),
      Authorization: `Bearer ${accessToken}`,
    }).expect(200);
    expect(await verifyToken(readArrival(urlOf(answer)).token)).toMatchObject({ groups: ADA.roles });
    const expired = await postLogin(host, PAGE, { ...fromApp(), Authorization: `Bearer ${accessToken}x` });
    expect([expired.status, expired.body]).toEqual([401, { statusCode: 401, code: 'unauthenticated' }]);
  });

  it('can read why it got none', async () => {
    const { auditSink, events } = auditCollector();
    const claimMapper = mapperOf(({ id }) => {
      if (id === 'broken') throw new Error('canary');
      return { groups: [''] };
    });
    const host = await boot({ options: { ...SINGLE_PAGE_APP, claimMapper, auditSink } });
    const asked: [number, string, Record<string, string>][] = [
      [401, 'unauthenticated', {}],
      [401, 'unauthenticated', { Authorization: 'Bearer forged' }],
      [500, 'invalid_user', await bearer()],
      [500, 'claim_mapper_failed', await bearer({ id: 'broken', firstName: '', roles: [] })],
    ];
    for (const [statusCode, code, session] of asked) {
      const answer = await postLogin(host, PAGE, { ...fromApp(), ...session });
      expect([answer.status, answer.body]).toEqual([statusCode, { statusCode, code }]);
      expect([answer.get('access-control-allow-origin'), answer.get('cache-control')]).toEqual([
        APP,
        'no-store',
      ]);
      expect(answer.get('location')).toBeUndefined();
      await until(() => events.length > 0);
      expect(events.splice(0)).toMatchObject([{ type: 'login.refused', handshake: 'jwt', outcome: code }]);
    }
  });

  it('can read what a guard or a filter of the app answers', async () => {
    class TeapotFilter extends BaseExceptionFilter {}
    const guard: CanActivate = {
      canActivate: () => {
        throw new TypeError('canary');
      },
    };
    const host = await boot({
      options: SINGLE_PAGE_APP,
      host: {
        providers: [
          { provide: APP_GUARD, useValue: guard },
          { provide: APP_FILTER, useClass: TeapotFilter },
        ],
      },
      configure: (app) => app.enableCors({ origin: 'https://other.example', credentials: true }),
    });
    const answer = await postLogin(host, PAGE, { ...fromApp(), ...(await bearer()) });
    expect([answer.status, corsHeaders(answer), answer.get('access-control-allow-origin')]).toEqual([
      500,
      ['access-control-allow-origin', 'access-control-expose-headers'],
      APP,
    ]);
  });

  it('changes nothing for visitors with a cookie, who open the page', async () => {
    const host = await boot({ options: { ...SINGLE_PAGE_APP, loginUrl: '/login' } });
    const answer = await host.get(`${LOGIN_PATH}?redirect=/a`, await cookie()).expect(302);
    expect(readArrival(answer.get('location')).page).toBe('https://docs.acme.example/a');
    expect(corsHeaders(await host.get(LOGIN_PATH, { Origin: APP }))).toEqual([]);
  });

  it('says which methods the path has', async () => {
    const host = await boot({ options: SINGLE_PAGE_APP });
    const url = `http://127.0.0.1:${host.port}${LOGIN_PATH}`;
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, head.headers.get('allow')]).toEqual([405, 'GET, POST']);
    const options = await fetch(url, { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, POST']);
    const put = await fetch(url, { method: 'PUT' });
    expect([put.status, put.headers.get('cache-control')]).toEqual([404, 'no-store']);
  });

  it('is served where the prefix, the version and the path of the login say', async () => {
    const host = await boot({
      options: {
        handshakes: { jwt: { path: ':tenant/docs', version: '1', singlePageApp: { origins: [APP] } } },
      },
      configure: (app) => app.setGlobalPrefix('api').enableVersioning(),
    });
    const path = '/api/v1/acme/docs';
    await postLogin(host, PAGE, { ...fromApp(), ...(await bearer()) }, path).expect(200);
    const foreign = await postLogin(
      host,
      PAGE,
      { ...fromApp('https://evil.example'), ...(await bearer()) },
      path,
    );
    expect(foreign.status).toBe(403);
  });

  it('is answered before guards in its preflight, and is the only one who may send one', async () => {
    const guard: CanActivate = { canActivate: () => false };
    const host = await boot({
      options: SINGLE_PAGE_APP,
      host: { providers: [{ provide: APP_GUARD, useValue: guard }] },
      configure: (app) => app.enableCors({ origin: true, credentials: true }),
    });
    const allowed = await preflightLogin(host, APP);
    expect([allowed.status, allowed.text]).toEqual([204, '']);
    expect(allowed.headers).toMatchObject({
      'access-control-allow-origin': APP,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'Authorization, Content-Type',
      'access-control-max-age': '600',
      'cache-control': 'no-store',
      vary: expect.stringMatching(/^Origin, Access-Control-Request-/),
    });
    expect(allowed.get('access-control-allow-credentials')).toBeUndefined();
    for (const origin of ['https://evil.example', 'null', `${APP}/`, 'https://docs.acme.example']) {
      const refused = await preflightLogin(host, origin);
      expect([refused.status, corsHeaders(refused)]).toEqual([403, []]);
    }
  });

  it('is not served unless asked for', async () => {
    const host = await boot();
    const answer = await postLogin(host, PAGE, { ...fromApp(), ...(await bearer()) });
    expect([answer.status, corsHeaders(answer)]).toEqual([404, []]);
    expect((await preflightLogin(host, APP)).status).toBe(404);
    expect(host.map).not.toHaveBeenCalled();
  });
});
