import { expect, it } from '@jest/globals';
import {
  applyDecorators,
  Controller,
  Get,
  Inject,
  Injectable,
  SetMetadata,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { APP_GUARD, Reflector } from '@nestjs/core';
import { ApiExcludeController, ApiTags, DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { SkipThrottle, Throttle, ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler';
import type { HandshakesOptions } from 'nestjs-mintlify-personalization';
import {
  DEFAULTS,
  describeOnEveryHost,
  importLibrary,
  mapperOf,
  type Host,
  type HostSetup,
} from '../../support/apps.support.js';
import { readArrival } from '../../support/docs-arrival.support.js';
import { ADA } from '../../support/sessions.support.js';
import { DOCS, OAUTH_PATH, SESSION_PATH } from '../../support/user-info.support.js';

const IS_PUBLIC = 'isPublic';
const Public = () => SetMetadata(IS_PUBLIC, true);

const replaceClass = ((target: new () => object) => class extends target {}) as ClassDecorator;

/** As in Nest's own guide: it guards every route that is not marked as public. */
@Injectable()
class ApiKeyGuard implements CanActivate {
  constructor(@Inject(Reflector) private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const places = [context.getHandler(), context.getClass()];
    return this.reflector.getAllAndOverride<boolean | undefined>(IS_PUBLIC, places) === true;
  }
}

/** The guard of the docs' visitors. */
const visitorGuard: CanActivate = {
  canActivate: (context) => {
    context.switchToHttp().getRequest<{ user?: unknown }>().user = ADA;
    return true;
  },
};

@Controller('orders')
class OrdersController {
  @Get()
  list(): string[] {
    return [];
  }
}

const guardedGlobally = (
  handshakes: HandshakesOptions,
  imports: NonNullable<HostSetup['host']>['imports'] = [],
): HostSetup => ({
  options: { handshakes },
  host: {
    imports,
    controllers: [OrdersController],
    providers: [{ provide: APP_GUARD, useClass: ApiKeyGuard }],
  },
});

const THROTTLED: HostSetup['host'] = {
  imports: [ThrottlerModule.forRoot([{ limit: 1, ttl: 60_000 }])],
  providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }],
};

async function statusesOf(host: Host, path: string, count: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let round = 0; round < count; round += 1) statuses.push((await host.get(path)).status);
  return statuses;
}

describeOnEveryHost('the option decorators', ({ boot, style }) => {
  it.each<[string, ClassDecorator[]]>([
    ['SetMetadata', [Public()]],
    ['applyDecorators', [applyDecorators(Public(), SkipThrottle())]],
    ['several', [SkipThrottle(), Public()]],
    ['a decorator that replaces the class', [Public(), replaceClass]],
  ])('tells a global guard which route it may leave alone: %s', async (_, decorators) => {
    const handshake = { guards: [visitorGuard], decorators };
    const host = await boot(guardedGlobally({ jwt: handshake, sharedSession: handshake, oauth: handshake }));
    const login = await host.get('/docs-login').expect(302);
    expect(readArrival(login.get('location')).page).toBe(`${DOCS}/`);
    for (const path of [SESSION_PATH, OAUTH_PATH]) await host.get(path, { Origin: DOCS }).expect(200);
    await host.get('/orders').expect(403);
  });

  it('is needed: without it, the global guard refuses the visitor', async () => {
    const host = await boot(guardedGlobally({ jwt: { guards: [visitorGuard] } }));
    await host.get('/docs-login').expect(401);
    expect(host.map).not.toHaveBeenCalled();
  });

  it('leaves the other imports of the module and the other handshakes as they are', async () => {
    const partner = importLibrary(style, {
      ...DEFAULTS,
      claimMapper: mapperOf(() => ({})),
      handshakes: { jwt: { path: 'partner-login', guards: [visitorGuard] } },
    });
    const host = await boot(
      guardedGlobally(
        {
          jwt: { guards: [visitorGuard], decorators: [Public()] },
          sharedSession: { guards: [visitorGuard] },
        },
        [partner],
      ),
    );
    const paths = ['/docs-login', '/partner-login', SESSION_PATH];
    const answers = await Promise.all(paths.map((path) => host.get(path)));
    expect(answers.map(({ status }) => status)).toEqual([302, 401, 401]);
  });

  it('takes the route out of a global throttler', async () => {
    const jwt = { guards: [visitorGuard], decorators: [SkipThrottle()] };
    const host = await boot({ options: { handshakes: { jwt } }, host: THROTTLED });
    expect(await statusesOf(host, '/docs-login', 3)).toEqual([302, 302, 302]);
  });

  it('gives the route another limit', async () => {
    const jwt = { guards: [visitorGuard], decorators: [Throttle({ default: { limit: 2, ttl: 60_000 } })] };
    const host = await boot({ options: { handshakes: { jwt } }, host: THROTTLED });
    expect(await statusesOf(host, '/docs-login', 3)).toEqual([302, 302, 429]);
  });

  it('runs guards of its decorators after those of the handshake, and keeps its path', async () => {
    const seen: unknown[] = [];
    const last: CanActivate = {
      canActivate: (context) => {
        seen.push(context.switchToHttp().getRequest<{ user?: unknown }>().user);
        return true;
      },
    };
    const jwt = { guards: [visitorGuard], decorators: [UseGuards(last), Controller('elsewhere')] };
    const host = await boot({ options: { handshakes: { jwt } } });
    await host.get('/docs-login').expect(302);
    await host.get('/elsewhere').expect(404);
    expect(seen).toEqual([ADA]);
  });

  it('keeps what an app says of the route to its OpenAPI document', async () => {
    const host = await boot({
      options: {
        handshakes: {
          jwt: { decorators: [ApiTags('Help')] },
          sharedSession: { decorators: [ApiExcludeController()] },
          oauth: { guards: [visitorGuard] },
        },
      },
    });
    const { paths } = SwaggerModule.createDocument(host.app, new DocumentBuilder().build());
    const tags = Object.fromEntries(Object.entries(paths).map(([path, { get }]) => [path, get?.tags]));
    expect(tags).toEqual({ '/docs-login': ['Help'], [OAUTH_PATH]: ['docs'] });
  });
});
