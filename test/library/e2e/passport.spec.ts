import { afterEach, describe, expect, it } from '@jest/globals';
import {
  Injectable,
  Module,
  type CanActivate,
  type INestApplication,
  type OnModuleInit,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AuthGuard, PassportModule, PassportStrategy } from '@nestjs/passport';
import passport from 'passport';
import { Strategy } from 'passport-jwt';
import type { HandshakesOptions } from 'nestjs-mintlify-personalization';
import {
  createAdapter,
  DEFAULTS,
  importLibrary,
  mapperOf,
  type Platform,
  type Style,
} from '../../support/apps.support.js';
import { readArrival, verifyToken } from '../../support/docs-arrival.support.js';
import { ADA, createSession, SessionStrategy } from '../../support/sessions.support.js';

const WAYS = (['Express', 'Fastify'] as const).flatMap((platform) =>
  (['forRoot', 'forRootAsync'] as const).map((style) => ({ platform, style })),
);

const opened: INestApplication[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((app) => app.close()));
  // Strategies are kept for the whole process.
  passport.unuse('jwt');
});

/** An app without any strategy, unless its providers register one. */
async function start(
  platform: Platform,
  style: Style,
  handshakes: HandshakesOptions | undefined,
  providers: NonNullable<Parameters<typeof Module>[0]['providers']> = [],
  imports: NonNullable<Parameters<typeof Module>[0]['imports']> = [],
): Promise<INestApplication> {
  const library = importLibrary(style, {
    ...DEFAULTS,
    claimMapper: mapperOf(({ firstName }: { firstName: string }) => ({ content: { firstName } })),
    handshakes,
    imports,
  });
  @Module({ imports: [library], providers })
  class AppModule {}
  const options = { abortOnError: false, logger: false } as const;
  const app = await NestFactory.create(AppModule, createAdapter(platform), options);
  opened.push(app);
  await app.listen(0, '127.0.0.1');
  return app;
}

async function logIn(app: INestApplication): Promise<Response> {
  const { port } = app.getHttpServer().address() as { port: number };
  const headers = { authorization: `Bearer ${await createSession()}` };
  return fetch(`http://127.0.0.1:${port}/docs-login`, { redirect: 'manual', headers });
}

class OwnAuthGuard extends AuthGuard('jwt') {}
class OptionalAuthGuard extends AuthGuard('jwt') {
  override canActivate(): boolean {
    return true;
  }
}
const open: CanActivate = {
  canActivate: (context) => {
    context.switchToHttp().getRequest<{ user?: unknown }>().user = ADA;
    return true;
  },
};

describe.each(WAYS)('the passport strategy jwt ($platform, $style)', ({ platform, style }) => {
  it.each<[string, HandshakesOptions | undefined, string, string]>([
    ['the default guard', undefined, 'handshakes.jwt.guards', ', the default,'],
    [
      'the default guard of the shared session',
      { jwt: false, sharedSession: {} },
      'handshakes.sharedSession.guards',
      ', the default,',
    ],
    ["AuthGuard('jwt')", { jwt: { guards: [open, AuthGuard('jwt')] } }, 'handshakes.jwt.guards', ' but'],
    [
      "an instance of AuthGuard('jwt')",
      { jwt: { guards: [new (AuthGuard('jwt'))()] } },
      'handshakes.jwt.guards',
      ' but',
    ],
    [
      "a class that extends AuthGuard('jwt')",
      { oauth: { guards: [OwnAuthGuard] }, jwt: false },
      'handshakes.oauth.guards',
      ' but',
    ],
  ])('is missing for %s: that stops the start, with the fix', async (_, handshakes, option, note) => {
    const failure: unknown = await start(platform, style, handshakes).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'invalid_option',
      message:
        `${option} uses AuthGuard('jwt')${note === ' but' ? '' : note} but no passport strategy is named 'jwt'. ` +
        `Add a provider that extends PassportStrategy(Strategy, 'jwt'), or set ${option} to your own guards.`,
    });
  });

  it('is found when it is a provider', async () => {
    const answer = await logIn(await start(platform, style, undefined, [SessionStrategy]));
    const { token } = readArrival(answer.headers.get('location') ?? undefined);
    expect(await verifyToken(token)).toMatchObject({ content: { firstName: 'Ada' } });
  });

  it('is found when it is registered late, as one that first asks its issuer', async () => {
    @Injectable()
    class LateStrategy implements OnModuleInit {
      onModuleInit(): void {
        passport.use('jwt', new SessionStrategy());
      }
    }
    const answer = await logIn(await start(platform, style, undefined, [LateStrategy]));
    expect(answer.status).toBe(302);
  });

  it.each<[string, HandshakesOptions]>([
    ['a guard of another kind', { jwt: { guards: [open] } }],
    ['a guard that decides itself when to ask it', { jwt: { guards: [OptionalAuthGuard, open] } }],
    ['a guard of another strategy', { jwt: { guards: [open, AuthGuard('session')] } }],
    ['no guard', { jwt: { guards: [] } }],
    ['no handshake', { jwt: false }],
  ])('is not asked for by %s', async (_, handshakes) => {
    await expect(start(platform, style, handshakes)).resolves.toBeDefined();
  });

  it('is used with the settings of PassportModule among the imports', async () => {
    const settings = PassportModule.register({ property: 'account' });
    const handshakes: HandshakesOptions = {
      jwt: { principal: ({ account }: { account: unknown }) => account },
    };
    const answer = await logIn(await start(platform, style, handshakes, [SessionStrategy], [settings]));
    expect(answer.headers.get('location')).toMatch(/^https:\/\/docs\.acme\.example\/#/);
  });
});

it('is not asked for in an app without an HTTP server', async () => {
  const library = importLibrary('forRoot', { ...DEFAULTS, claimMapper: mapperOf(() => ({})) });
  @Module({ imports: [library] })
  class AppModule {}
  const context = await NestFactory.createApplicationContext(AppModule, {
    abortOnError: false,
    logger: false,
  });
  await expect(context.close()).resolves.toBeUndefined();
});

/** Registers nothing until it is instantiated. */
it('is read from the instance of passport that the guards use', () => {
  expect(PassportStrategy(Strategy, 'other').prototype).toHaveProperty('getPassportInstance');
  expect(Object.keys(Reflect.get(passport, '_strategies') as object)).not.toContain('other');
});
