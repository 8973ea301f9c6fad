import { expect, it } from '@jest/globals';
import {
  Catch,
  HttpException,
  Inject,
  Injectable,
  type ArgumentsHost,
  type CanActivate,
  type ExceptionFilter,
} from '@nestjs/common';
import { APP_FILTER, BaseExceptionFilter, HttpAdapterHost } from '@nestjs/core';
import { describeOnEveryHost, type HostSetup } from '../../support/apps.support.js';
import { bearer } from '../../support/sessions.support.js';
import {
  askEveryHandshake,
  EVERY_HANDSHAKE,
  everyHandshakeAnswered,
} from '../../support/handshake-answers.support.js';

/** Whatever is thrown becomes a page of the app's own, which a cache may keep. */
@Catch()
class PageFilter implements ExceptionFilter {
  constructor(@Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    const { httpAdapter } = this.adapterHost;
    const response: unknown = host.switchToHttp().getResponse();
    const status = exception instanceof HttpException ? exception.getStatus() : 500;
    httpAdapter.setHeader(response, 'X-Filter', 'page');
    httpAdapter.reply(response, { problem: status }, status);
  }
}

/** As the Nest documentation has it: for HTTP errors, and the rest to the base class. */
@Catch(HttpException)
class LoggingFilter extends BaseExceptionFilter {
  override catch(exception: HttpException, host: ArgumentsHost): void {
    const response: { setHeader?: unknown; header?: unknown } = host.switchToHttp().getResponse();
    this.applicationRef?.setHeader(response, 'X-Filter', 'logging');
    super.catch(exception, host);
  }
}

@Injectable()
class FailingGuard implements CanActivate {
  canActivate(): never {
    throw new TypeError('canary');
  }
}

const FILTERS: [string, string, Pick<HostSetup, 'host' | 'configure'>][] = [
  [
    'for everything',
    'page',
    { configure: (app) => app.useGlobalFilters(new PageFilter(app.get(HttpAdapterHost))) },
  ],
  [
    'for everything, as APP_FILTER',
    'page',
    { host: { providers: [{ provide: APP_FILTER, useClass: PageFilter }] } },
  ],
  [
    'for HTTP errors',
    'logging',
    { configure: (app) => app.useGlobalFilters(new LoggingFilter(app.get(HttpAdapterHost).httpAdapter)) },
  ],
];

describeOnEveryHost('global filters', ({ boot }) => {
  it.each(FILTERS)('%s: the handshakes answer as ever, and readably', async (_, mark, setup) => {
    const host = await boot({ ...setup, options: EVERY_HANDSHAKE });
    expect((await host.get('/nowhere').expect(404)).get('x-filter')).toBe(mark);
    expect(await askEveryHandshake(host)).toEqual(everyHandshakeAnswered());
  });

  it("has the errors of the app's own guards, and no cache keeps the answer", async () => {
    const host = await boot({
      options: { handshakes: { jwt: { guards: [FailingGuard] }, sharedSession: { guards: [FailingGuard] } } },
      host: { providers: [{ provide: APP_FILTER, useClass: PageFilter }] },
    });
    for (const [path, cacheControl] of [
      ['/docs-login', 'no-store'],
      ['/docs/user-info', 'private, no-store'],
    ] as const) {
      const answer = await host.get(path, await bearer());
      expect([answer.status, answer.body, answer.get('cache-control')]).toEqual([
        500,
        { problem: 500 },
        cacheControl,
      ]);
    }
  });
});
