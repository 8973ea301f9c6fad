import { expect, it } from '@jest/globals';
import {
  ConflictException,
  Controller,
  ForbiddenException,
  Get,
  Inject,
  Module,
  Param,
  Post,
  Query,
  Req,
  UnauthorizedException,
  UseGuards,
  VersioningType,
  type CanActivate,
} from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import {
  DocsLogin,
  IdentityService,
  type DocsLoginAnswer,
  type TokenSigner,
} from 'nestjs-mintlify-personalization';
import { map, type Observable } from 'rxjs';
import {
  DEFAULTS,
  describeOnEveryHost,
  importLibrary,
  mapperOf,
  type HostSetup,
} from '../../support/apps.support.js';
import { auditCollector } from '../../support/audit.support.js';
import { createSignerSpy, readArrival, verifyToken } from '../../support/docs-arrival.support.js';
import { ADA, bearer, cookie, type Visitor } from '../../support/sessions.support.js';
import { docsOf } from '../../support/tenants.support.js';

const LOGIN_URL = 'https://acme.example/login';

interface HostRequest {
  readonly user: Visitor;
}

/** A second way in, whose page has a name of its own in the query. */
@Controller('help')
class HelpController {
  constructor(@Inject(IdentityService) private readonly identity: IdentityService) {}

  @Get('docs')
  @UseGuards(AuthGuard('jwt'))
  @DocsLogin()
  async openDocs(
    @Req() request: HostRequest,
    @Query() { page, part }: { page?: string; part?: string },
  ): Promise<DocsLoginAnswer> {
    const user = await this.identity.identify(request.user, request);
    return { user, redirect: page, anchor: part };
  }

  /** The same path, another method. */
  @Post('docs')
  order(): { ordered: boolean } {
    return { ordered: true };
  }

  @Get('tenants/list/docs')
  list(): string[] {
    return ['acme'];
  }

  @Get('tenants/:id/docs')
  @UseGuards(AuthGuard('jwt'))
  @DocsLogin()
  openAsSupport(@Param('id') tenantId: string): DocsLoginAnswer {
    return { user: { groups: ['support'] }, tenantId };
  }

  @Get('refused/:status')
  @UseGuards(AuthGuard('jwt'))
  @DocsLogin()
  refuse(@Param('status') status: string): DocsLoginAnswer {
    if (status === '401') throw new UnauthorizedException('This account is gone.');
    if (status === '403') throw new ForbiddenException('This account is blocked.');
    if (status === '409') throw new ConflictException('Accept the terms first.');
    throw new Error('The database is away.');
  }

  @Get('wrong')
  // @ts-expect-error -- an app that is not type-checked may return anything
  @DocsLogin()
  answerWrongly(@Query('user') user?: string): unknown {
    return user === 'invalid' ? { user: { groups: [''] } } : 'https://evil.example/#jwt=';
  }
}

@Module({})
class HelpModule {}

const OWN: HostSetup = {
  options: { handshakes: { jwt: false }, loginUrl: LOGIN_URL },
  host: { controllers: [HelpController] },
};
const withOptions = (options: HostSetup['options']): HostSetup => ({
  ...OWN,
  options: { ...OWN.options, ...options },
});

describeOnEveryHost('a route of the host with @DocsLogin()', ({ boot, style }) => {
  it('leads to the page that the handler names, and records it like any login', async () => {
    const { auditSink, events } = auditCollector();
    const host = await boot(withOptions({ auditSink }));
    const answer = await host.get('/help/docs?page=/support&part=hours', await bearer());
    const { page, token, anchor } = readArrival(answer.get('location'));
    expect([answer.status, page, anchor]).toEqual([302, 'https://docs.acme.example/support', 'hours']);
    expect(await verifyToken(token)).toMatchObject({ groups: ADA.roles, content: { firstName: 'Ada' } });
    expect(answer.text).toBe('');
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    expect(events).toEqual([
      {
        occurredAt: expect.any(String),
        type: 'login.succeeded',
        handshake: 'jwt',
        outcome: 'ok',
        subject: expect.stringMatching(/^[\w-]{22}$/),
        groupCount: ADA.roles.length,
        durationMs: expect.any(Number),
      },
    ]);
  });

  it('leads to redirect and anchor of its query where the handler names none', async () => {
    const host = await boot(OWN);
    const answer = await host.get('/help/docs?redirect=/quickstart&anchor=one', await bearer());
    const { page, anchor } = readArrival(answer.get('location'));
    expect([page, anchor]).toEqual(['https://docs.acme.example/quickstart', 'one']);
  });

  it.each(['//evil.example', 'https://evil.example', '/a&page=/b'])(
    'leads to the front page for %s, with an event',
    async (page) => {
      const { auditSink, events } = auditCollector();
      const host = await boot(withOptions({ auditSink }));
      const answer = await host.get(`/help/docs?page=${page}`, await bearer());
      expect(readArrival(answer.get('location')).page).toBe('https://docs.acme.example/');
      expect(events.map(({ type }) => type)).toEqual(['redirect.refused', 'login.succeeded']);
    },
  );

  it('signs for the tenant that the handler names', async () => {
    const { auditSink, events } = auditCollector();
    const host = await boot(withOptions({ auditSink, tenants: { globex: docsOf('globex') } }));
    const answer = await host.get('/help/tenants/globex/docs', await bearer()).expect(302);
    const { page, token } = readArrival(answer.get('location'));
    expect(page).toBe('https://docs.globex.example/');
    expect(await verifyToken(token)).toMatchObject({ groups: ['support'] });
    expect(events).toMatchObject([{ type: 'login.succeeded', tenantId: 'globex', groupCount: 1 }]);
    const unknown = await host.get('/help/tenants/umbrella/docs', await bearer());
    expect([unknown.status, unknown.body]).toEqual([404, { statusCode: 404, code: 'unknown_tenant' }]);
  });

  it('sends anonymous visitors to the login page and takes them back, twice at the most', async () => {
    const { auditSink, events } = auditCollector();
    const host = await boot(withOptions({ auditSink }));
    const browser = { Accept: 'text/html' };
    const first = await host.get('/help/docs?redirect=/a', browser).expect(302);
    const back = new URL(first.get('location') ?? '').searchParams.get('returnTo') ?? '';
    expect(back).toBe('/help/docs?redirect=%2Fa&login-attempt=1');
    const loggedIn = await host.get(back, { ...browser, ...(await cookie()) }).expect(302);
    expect(readArrival(loggedIn.get('location')).page).toBe('https://docs.acme.example/a');
    const second = await host.get(back, browser).expect(302);
    const last = new URL(second.get('location') ?? '').searchParams.get('returnTo') ?? '';
    const page = await host.get(last, browser).expect(401);
    expect(page.text).toContain('does not see your session');
    expect(events.map(({ type, outcome }) => `${type} ${outcome}`)).toEqual([
      'login.required unauthenticated',
      'login.succeeded ok',
      'login.required unauthenticated',
      'login.refused login_loop',
    ]);
  });

  it.each<[string, number, Record<string, string>]>([
    ['a prefetch', 503, { 'Sec-Purpose': 'prefetch' }],
    ['a frame', 403, { 'Sec-Fetch-Dest': 'iframe' }],
  ])('refuses %s with %d', async (_, status, headers) => {
    const host = await boot(OWN);
    for (const path of ['/help/docs', '/help/tenants/globex/docs']) {
      const answer = await host.get(path, { ...headers, ...(await bearer()) });
      expect([answer.status, answer.get('cache-control')]).toEqual([status, 'no-store']);
      expect(answer.get('location')).toBeUndefined();
    }
    expect(host.map).not.toHaveBeenCalled();
  });

  it('answers HEAD with 405, and names the method that it has', async () => {
    const host = await boot(OWN);
    const { status, headers } = await fetch(`http://127.0.0.1:${host.port}/help/docs`, {
      method: 'HEAD',
      headers: await bearer(),
    });
    expect([status, headers.get('allow'), headers.get('cache-control')]).toEqual([405, 'GET', 'no-store']);
  });

  it('leaves other routes alone, also one on the same path or one that its pattern matches', async () => {
    const { auditSink, events } = auditCollector();
    const host = await boot(withOptions({ auditSink }));
    const list = await host.get('/help/tenants/list/docs', { 'Sec-Fetch-Dest': 'empty' });
    expect(list.get('cache-control')).toBeUndefined();
    const order = await fetch(`http://127.0.0.1:${host.port}/help/docs`, { method: 'POST' });
    expect(await order.json()).toEqual({ ordered: true });
    expect(events).toEqual([]);
  });

  it.each<[string, number, object, string]>([
    ['409', 409, { message: 'Accept the terms first.' }, 'http_409'],
    ['500', 500, { message: 'Internal server error' }, 'http_500'],
    ['403', 403, { message: 'This account is blocked.' }, 'visitor_refused'],
  ])('answers what the handler throws as the host would: %s', async (which, status, body, outcome) => {
    const { auditSink, events } = auditCollector();
    const host = await boot(withOptions({ auditSink }));
    const answer = await host.get(`/help/refused/${which}`, await bearer());
    expect([answer.status, answer.get('cache-control')]).toEqual([status, 'no-store']);
    expect(answer.body).toMatchObject(body);
    expect(events).toMatchObject([{ type: 'login.refused', outcome }]);
  });

  it('sends a visitor back to the login page whose account the handler refuses with 401', async () => {
    const { auditSink, events } = auditCollector();
    const host = await boot(withOptions({ auditSink }));
    const answer = await host.get('/help/refused/401', await bearer()).expect(302);
    expect(answer.get('location')).toMatch(LOGIN_URL);
    expect(events).toMatchObject([{ type: 'login.required', outcome: 'visitor_refused' }]);
  });

  it('has its headers on what an app-wide guard throws', async () => {
    const failing: CanActivate = {
      canActivate: () => {
        throw new Error('The session store is away.');
      },
    };
    const host = await boot({ ...OWN, configure: (app) => app.useGlobalGuards(failing) });
    const answer = await host.get('/help/docs', await bearer());
    expect([answer.status, answer.get('cache-control')]).toEqual([500, 'no-store']);
  });

  it('refuses a visitor beyond the limit before the guards run', async () => {
    let arrive: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    let leave: () => void = () => undefined;
    const left = new Promise<void>((resolve) => (leave = resolve));
    const claimMapper = mapperOf(async () => {
      arrive();
      await left;
      return {};
    });
    const host = await boot(withOptions({ claimMapper, maxConcurrentHandshakes: 1 }));
    const first = host.get('/help/docs', await bearer()).then(({ status }) => status);
    await arrived;
    const second = await host.get('/help/docs');
    expect([second.status, second.body]).toEqual([503, { statusCode: 503, code: 'overloaded' }]);
    leave();
    expect(await first).toBe(302);
  });

  it('refuses a visitor beyond the limit of the tenant, and serves those of other tenants', async () => {
    const signer = createSignerSpy();
    const signNow = signer.sign.getMockImplementation() as TokenSigner['sign'];
    let leave: () => void = () => undefined;
    const left = new Promise<void>((resolve) => (leave = resolve));
    const arrived = new Promise<void>((resolve) => {
      signer.sign.mockImplementation(async (...input) => {
        resolve();
        await left;
        return signNow(...input);
      });
    });
    const tenants = { globex: { ...docsOf('globex'), signingKey: signer }, initech: docsOf('initech') };
    const host = await boot(withOptions({ tenants, maxConcurrentHandshakesPerTenant: 1 }));
    const first = host.get('/help/tenants/globex/docs', await bearer()).then(({ status }) => status);
    await arrived;
    const second = await host.get('/help/tenants/globex/docs', await bearer());
    expect([second.status, second.body]).toEqual([503, { statusCode: 503, code: 'overloaded' }]);
    await host.get('/help/tenants/initech/docs', await bearer()).expect(302);
    leave();
    expect(await first).toBe(302);
  });

  it('shows interceptors of the app neither the token nor the URL', async () => {
    const seen: unknown[] = [];
    const host = await boot({
      ...OWN,
      configure: (app) =>
        app.useGlobalInterceptors({
          intercept: (_, next): Observable<unknown> =>
            next.handle().pipe(
              map((value: unknown) => {
                seen.push(value);
                return { data: value };
              }),
            ),
        }),
    });
    const answer = await host.get('/help/docs', await bearer()).expect(302);
    expect(readArrival(answer.get('location')).token).not.toBe('');
    expect([seen, answer.text]).toEqual([[undefined], '{}']);
  });

  it('says in the log what the handler should return', async () => {
    const host = await boot(OWN);
    const answer = await host.get('/help/wrong');
    expect([answer.status, answer.body]).toEqual([500, { statusCode: 500, code: 'invalid_option' }]);
    expect(answer.get('location')).toBeUndefined();
    expect(host.logs.text).toContain('A handler with @DocsLogin() returned no user. Return { user:');
  });

  it('refuses a user that breaks the User format', async () => {
    const host = await boot(OWN);
    const answer = await host.get('/help/wrong?user=invalid');
    expect([answer.status, answer.body]).toEqual([500, { statusCode: 500, code: 'invalid_user' }]);
  });

  it('belongs to the import of the library that its module sees', async () => {
    const { auditSink, events } = auditCollector();
    const partners = importLibrary(style, {
      ...DEFAULTS,
      docsUrl: 'https://partners.acme.example',
      claimMapper: mapperOf(() => ({ groups: ['partner'] })),
      handshakes: { jwt: false },
    });
    const host = await boot({
      options: { auditSink },
      host: { imports: [{ module: HelpModule, imports: [partners], controllers: [HelpController] }] },
    });
    const answer = await host.get('/help/docs', await bearer()).expect(302);
    expect(readArrival(answer.get('location')).page).toBe('https://partners.acme.example/');
    expect(events).toEqual([]);
    await host.get('/docs-login', await bearer()).expect(302);
    expect(events).toHaveLength(1);
  });

  it('works beside the mounted one, behind prefix, version and the path of its module', async () => {
    const host = await boot({
      options: { loginUrl: LOGIN_URL, isGlobal: true },
      host: {
        imports: [
          { module: HelpModule, controllers: [HelpController] },
          RouterModule.register([{ path: 'team', module: HelpModule }]),
        ],
      },
      configure: (app) =>
        app.setGlobalPrefix('api').enableVersioning({ type: VersioningType.URI, defaultVersion: '2' }),
    });
    for (const path of ['/api/v2/docs-login', '/api/v2/team/help/docs']) {
      const answer = await host.get(path, await bearer()).expect(302);
      expect(readArrival(answer.get('location')).page).toBe('https://docs.acme.example/');
      const prefetch = await host.get(path, { 'Sec-Purpose': 'prefetch' });
      expect([path, prefetch.status]).toEqual([path, 503]);
    }
  });
});
