import { expect, it } from '@jest/globals';
import {
  Catch,
  Controller,
  Get,
  HttpException,
  Inject,
  Injectable,
  ValidationPipe,
  type ArgumentsHost,
  type CallHandler,
  type ExceptionFilter,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE, HttpAdapterHost } from '@nestjs/core';
import { map, type Observable } from 'rxjs';
import { describeOnEveryHost, mapperOf, type HostSetup } from '../../support/apps.support.js';
import { readArrival, verifyToken } from '../../support/docs-arrival.support.js';
import { bearer } from '../../support/sessions.support.js';

@Injectable()
class EnvelopeInterceptor implements NestInterceptor {
  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(map((data: unknown) => ({ data })));
  }
}

/** Whatever is thrown becomes the one shape that the app's clients know. */
@Catch()
class EverythingFilter implements ExceptionFilter {
  constructor(@Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    const status = exception instanceof HttpException ? exception.getStatus() : 500;
    this.adapterHost.httpAdapter.reply(host.switchToHttp().getResponse(), { problem: status }, status);
  }
}

@Controller('health')
class HealthController {
  @Get()
  check(): string {
    return 'ok';
  }
}

/** A host whose globals have an opinion on every request and every answer. */
const OPINIONATED = {
  controllers: [HealthController],
  providers: [
    {
      provide: APP_PIPE,
      useValue: new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }),
    },
    { provide: APP_INTERCEPTOR, useClass: EnvelopeInterceptor },
    { provide: APP_FILTER, useClass: EverythingFilter },
  ],
} satisfies HostSetup['host'];

describeOnEveryHost('docs login in an app with global pipes, interceptors and filters', ({ boot }) => {
  it('leaves the rest of the app to them', async () => {
    const host = await boot({ host: OPINIONATED });
    const healthy = await host.get('/health').expect(200);
    expect(healthy.body).toEqual({ data: 'ok' });
    const missing = await host.get('/nowhere').expect(404);
    expect(missing.body).toEqual({ problem: 404 });
  });

  it('answers with an empty redirect', async () => {
    const host = await boot({ host: OPINIONATED });
    const response = await host.get('/docs-login?redirect=/a&anchor=one', await bearer()).expect(302);
    const { page, token, anchor } = readArrival(response.get('location'));
    expect([page, anchor]).toEqual(['https://docs.acme.example/a', 'one']);
    expect(await verifyToken(token)).toMatchObject({ groups: ['admin', 'engineering'] });
    expect(response.text).toBe('');
  });

  it('ends the request once: nothing is logged of an answer sent twice', async () => {
    const host = await boot({ host: OPINIONATED });
    const linesAtStart = host.logs.lines.length;
    await host.get('/docs-login', await bearer()).expect(302);
    expect(host.logs.lines.slice(linesAtStart)).toEqual([expect.stringContaining('"login.succeeded"')]);
  });

  it('sends an anonymous visitor to the login page', async () => {
    const host = await boot({ host: OPINIONATED, options: { loginUrl: '/login' } });
    const response = await host.get('/docs-login?unknown=parameter').expect(302);
    expect(response.get('location')).toBe('/login?returnTo=%2Fdocs-login%3Flogin-attempt%3D1');
    expect(response.text).toBe('');
  });

  it('says by code what failed', async () => {
    const host = await boot({ host: OPINIONATED, options: { claimMapper: mapperOf(() => ({ role: 'x' })) } });
    const response = await host.get('/docs-login', await bearer()).expect(500);
    expect(response.body).toEqual({ statusCode: 500, code: 'invalid_user' });
  });
});
