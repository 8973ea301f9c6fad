import { expect, it } from '@jest/globals';
import {
  ClassSerializerInterceptor,
  Controller,
  Get,
  Inject,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { APP_INTERCEPTOR, HttpAdapterHost, Reflector } from '@nestjs/core';
import { map, tap, timeout, type Observable } from 'rxjs';
import { describeOnEveryHost, type HostSetup } from '../../support/apps.support.js';
import {
  askEveryHandshake,
  EVERY_HANDSHAKE,
  everyHandshakeAnswered,
} from '../../support/handshake-answers.support.js';

@Injectable()
class EnvelopeInterceptor implements NestInterceptor {
  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(map((data: unknown) => ({ data, envelope: true })));
  }
}

@Injectable()
class TimeoutInterceptor implements NestInterceptor {
  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(timeout(60_000));
  }
}

/** For an app whose answers are public: it lets every cache and every origin have them. */
@Injectable()
class PublicAnswersInterceptor implements NestInterceptor {
  constructor(@Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { httpAdapter } = this.adapterHost;
    const response: unknown = context.switchToHttp().getResponse();
    httpAdapter.setHeader(response, 'Cache-Control', 'public, max-age=3600');
    httpAdapter.setHeader(response, 'Referrer-Policy', 'unsafe-url');
    httpAdapter.setHeader(response, 'Vary', 'Accept-Encoding');
    httpAdapter.setHeader(response, 'Access-Control-Allow-Origin', '*');
    httpAdapter.setHeader(response, 'Access-Control-Allow-Private-Network', 'true');
    return next.handle();
  }
}

@Controller('hello')
class HelloController {
  @Get()
  hello(): object {
    return { hello: 'world' };
  }
}

const asProvider = (useClass: new (...dependencies: never[]) => NestInterceptor): HostSetup['host'] => ({
  providers: [{ provide: APP_INTERCEPTOR, useClass }],
});

const INTERCEPTORS: [string, Pick<HostSetup, 'host' | 'configure'>][] = [
  ['one that wraps answers', { configure: (app) => app.useGlobalInterceptors(new EnvelopeInterceptor()) }],
  ['one that wraps answers, as APP_INTERCEPTOR', { host: asProvider(EnvelopeInterceptor) }],
  ['one with a time-out', { host: asProvider(TimeoutInterceptor) }],
  [
    "Nest's serializer",
    { configure: (app) => app.useGlobalInterceptors(new ClassSerializerInterceptor(app.get(Reflector))) },
  ],
  ['one that makes every answer public', { host: asProvider(PublicAnswersInterceptor) }],
];

describeOnEveryHost('global interceptors', ({ boot }) => {
  it.each(INTERCEPTORS)('%s: the handshakes answer as ever', async (_, setup) => {
    const host = await boot({ ...setup, options: EVERY_HANDSHAKE });
    expect(await askEveryHandshake(host)).toEqual(everyHandshakeAnswered());
    expect(host.logs.text).not.toMatch(/headers? (?:after|already)|already been sent/i);
  });

  it('run for other routes, and see nothing of who the visitor is', async () => {
    const seen: unknown[] = [];
    const watch: NestInterceptor = {
      intercept: (_, next) => next.handle().pipe(tap((data) => seen.push(data))),
    };
    const host = await boot({
      options: EVERY_HANDSHAKE,
      host: { controllers: [HelloController] },
      configure: (app) => app.useGlobalInterceptors(watch),
    });
    await host.get('/hello').expect(200);
    expect(seen.splice(0)).toEqual([{ hello: 'world' }]);
    await askEveryHandshake(host);
    expect([...new Set(seen)]).toEqual([undefined]);
  });
});
