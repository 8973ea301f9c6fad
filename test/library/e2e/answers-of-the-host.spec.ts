import { expect, it } from '@jest/globals';
import {
  Catch,
  Controller,
  HttpException,
  Inject,
  Injectable,
  Post,
  UnauthorizedException,
  type ArgumentsHost,
  type CanActivate,
  type ExceptionFilter,
  type ExecutionContext,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD, HttpAdapterHost } from '@nestjs/core';
import request from 'supertest';
import { describeOnEveryHost, type HostSetup } from '../../support/apps.support.js';
import { auditCollector } from '../../support/audit.support.js';
import { ADA, bearer } from '../../support/sessions.support.js';
import { until } from '../../support/until.support.js';
import { DOCS, OAUTH_PATH, SESSION_PATH } from '../../support/user-info.support.js';

const EVIL = 'https://evil.example';
const PATHS = [
  ['/docs-login', 'no-store', 'login.refused'],
  [SESSION_PATH, 'private, no-store', 'user_info.refused'],
  [OAUTH_PATH, 'private, no-store', 'user_info.refused'],
] as const;

/** A guard that does something to every request, as the app's own or as the handshakes' own. */
function guardedBy(act: (context: ExecutionContext) => boolean | Promise<boolean>) {
  @Injectable()
  class ActingGuard implements CanActivate {
    canActivate = act;
  }
  const own = { guards: [ActingGuard] };
  const setups: [string, Pick<HostSetup, 'options' | 'host'>][] = [
    ["the handshakes' own guard", { options: { handshakes: { jwt: own, sharedSession: own, oauth: own } } }],
    [
      'a guard of the whole app',
      {
        options: {
          handshakes: { jwt: { guards: [] }, sharedSession: { guards: [] }, oauth: { guards: [] } },
        },
        host: { providers: [{ provide: APP_GUARD, useClass: ActingGuard }] },
      },
    ],
  ];
  return setups;
}

/** An exception of the app's own, which its own filter turns into a redirect. */
class SecondFactorNeeded extends HttpException {
  constructor() {
    super('second factor', 302);
  }
}
class StepUpNeeded extends UnauthorizedException {}

@Catch(SecondFactorNeeded, StepUpNeeded)
class SecondFactorFilter implements ExceptionFilter {
  constructor(@Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost) {}

  catch(_exception: unknown, host: ArgumentsHost): void {
    const response: unknown = host.switchToHttp().getResponse();
    this.adapterHost.httpAdapter.setHeader(response, 'Location', '/second-factor');
    this.adapterHost.httpAdapter.reply(response, undefined, 302);
  }
}

const answerByItself = (context: ExecutionContext): boolean => {
  const response = context.switchToHttp().getResponse<{
    raw?: unknown;
    status(code: number): { send(body: string): void };
  }>();
  response.status(418).send('by the guard');
  return false;
};

describeOnEveryHost('what the host app answers by itself', ({ boot }) => {
  it.each(
    guardedBy(() => {
      throw new TypeError('canary');
    }),
  )('%s throws a plain error: our headers, no foreign CORS, one event', async (_, setup) => {
    const { auditSink, events } = auditCollector();
    const host = await boot({
      ...setup,
      options: { ...setup.options, auditSink },
      configure: (app) => app.enableCors({ origin: true, credentials: true }),
    });
    for (const [path, cacheControl, type] of PATHS) {
      const answer = await host.get(path, { Origin: DOCS });
      expect([answer.status, answer.get('cache-control'), answer.get('referrer-policy')]).toEqual([
        500,
        cacheControl,
        'no-referrer',
      ]);
      await until(() => events.length > 0);
      expect(events.splice(0)).toMatchObject([{ type, outcome: 'http_500' }]);
      if (path === '/docs-login') continue;
      expect(answer.get('access-control-allow-origin')).toBe(DOCS);
      const foreign = await host.get(path, { Origin: EVIL });
      expect(foreign.get('access-control-allow-origin')).toBeUndefined();
      expect(foreign.get('access-control-allow-credentials')).toBeUndefined();
      events.splice(0);
    }
  });

  const secondFactor = [SecondFactorNeeded, StepUpNeeded].flatMap((Needed) =>
    guardedBy(() => {
      throw new Needed();
    }).map(([name, setup]) => [Needed.name, name, setup] as const),
  );
  it.each(secondFactor)('its filter has its own exception: %s of %s', async (_, __, setup) => {
    const host = await boot({
      options: { ...setup.options, loginUrl: '/login' },
      host: {
        providers: [...(setup.host?.providers ?? []), { provide: APP_FILTER, useClass: SecondFactorFilter }],
      },
    });
    for (const [path, cacheControl] of PATHS) {
      const answer = await host.get(path);
      expect([answer.status, answer.get('location'), answer.get('cache-control')]).toEqual([
        302,
        '/second-factor',
        cacheControl,
      ]);
    }
  });

  it.each(guardedBy(answerByItself))(
    '%s has answered and says false: the answer stays, and nothing is logged of a second one',
    async (_, setup) => {
      const { auditSink, events } = auditCollector();
      const host = await boot({ ...setup, options: { ...setup.options, auditSink } });
      for (const [path, cacheControl, type] of PATHS) {
        const before = host.logs.lines.length;
        const answer = await host.get(path);
        expect([answer.status, answer.text, answer.get('cache-control')]).toEqual([
          418,
          'by the guard',
          cacheControl,
        ]);
        await until(() => events.length > 0);
        expect(events.splice(0)).toMatchObject([{ type, outcome: 'http_418' }]);
        expect(host.logs.lines.slice(before)).toEqual([]);
      }
    },
  );

  it.each(['post', 'put', 'delete', 'patch'] as const)(
    '404 of %s is kept by no cache, and recorded',
    async (method) => {
      const { auditSink, events } = auditCollector();
      const host = await boot({
        options: { auditSink, handshakes: { sharedSession: {}, oauth: { guards: [] } } },
      });
      for (const [path, cacheControl, type] of PATHS) {
        const answer = await request(`http://127.0.0.1:${host.port}`)[method](path);
        expect([answer.status, answer.get('cache-control'), answer.get('referrer-policy')]).toEqual([
          404,
          cacheControl,
          'no-referrer',
        ]);
        await until(() => events.length > 0);
        expect(events.splice(0)).toMatchObject([{ type, outcome: 'http_404' }]);
      }
    },
  );

  it("is left alone on the app's own route with another method, but for the headers", async () => {
    @Controller('docs-login')
    class OwnController {
      @Post()
      own(): string {
        return 'own';
      }
    }
    const { auditSink, events } = auditCollector();
    const host = await boot({ options: { auditSink }, host: { controllers: [OwnController] } });
    const answer = await request(`http://127.0.0.1:${host.port}`).post('/docs-login');
    expect([answer.status, answer.text, answer.get('cache-control')]).toEqual([201, 'own', 'no-store']);
    expect(events).toEqual([]);
  });

  it('a refusal of a known visitor goes to its own filter', async () => {
    @Catch(HttpException)
    class PlainFilter implements ExceptionFilter {
      constructor(@Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost) {}
      catch(exception: HttpException, host: ArgumentsHost): void {
        const status = exception.getStatus();
        this.adapterHost.httpAdapter.reply(host.switchToHttp().getResponse(), { plain: status }, status);
      }
    }
    const known: CanActivate = {
      canActivate: (context) => {
        context.switchToHttp().getRequest<{ user: unknown }>().user = ADA;
        return false;
      },
    };
    const host = await boot({
      options: { loginUrl: '/login', handshakes: { jwt: { guards: [known] } } },
      host: { providers: [{ provide: APP_FILTER, useClass: PlainFilter }] },
    });
    const answer = await host.get('/docs-login', await bearer()).expect(403);
    expect([answer.body, answer.get('cache-control')]).toEqual([{ plain: 403 }, 'no-store']);
  });
});
