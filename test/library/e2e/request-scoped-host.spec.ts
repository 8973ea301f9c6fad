import { expect, it } from '@jest/globals';
import {
  Catch,
  HttpException,
  Inject,
  Injectable,
  Module,
  Scope,
  type ArgumentsHost,
  type CallHandler,
  type CanActivate,
  type ExecutionContext,
  type MiddlewareConsumer,
  type NestInterceptor,
  type NestMiddleware,
  type NestModule,
  type PipeTransform,
  type Type,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, BaseExceptionFilter, REQUEST } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { ClaimMapperFor, type ClaimMapper, type MintlifyUser } from 'nestjs-mintlify-personalization';
import type { Observable } from 'rxjs';
import { describeOnEveryHost, type HostSetup } from '../../support/apps.support.js';
import { readArrival, verifyToken } from '../../support/docs-arrival.support.js';
import {
  askEveryHandshake,
  EVERY_HANDSHAKE,
  everyHandshakeAnswered,
} from '../../support/handshake-answers.support.js';
import { ADA, bearer, type Visitor } from '../../support/sessions.support.js';
import { PlainTokenGuard } from '../../support/user-info.support.js';

/** One of each kind of thing that a host app has, each made anew for each request. */
@Injectable({ scope: Scope.REQUEST })
class Unit {
  constructor(@Inject(REQUEST) readonly request: object) {}
}

@Injectable({ scope: Scope.REQUEST })
class EveryGuard implements CanActivate {
  constructor(@Inject(Unit) private readonly unit: Unit) {}

  canActivate(): boolean {
    return typeof this.unit.request === 'object';
  }
}

@Injectable({ scope: Scope.REQUEST })
class EveryInterceptor implements NestInterceptor {
  constructor(@Inject(Unit) readonly unit: Unit) {}

  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle();
  }
}

@Injectable({ scope: Scope.REQUEST })
class EveryPipe implements PipeTransform {
  constructor(@Inject(Unit) readonly unit: Unit) {}

  transform(value: unknown): unknown {
    return value;
  }
}

@Injectable({ scope: Scope.REQUEST })
@Catch(HttpException)
class EveryFilter extends BaseExceptionFilter {
  override catch(exception: HttpException, host: ArgumentsHost): void {
    super.catch(exception, host);
  }
}

@Injectable({ scope: Scope.REQUEST })
class EveryMiddleware implements NestMiddleware {
  constructor(@Inject(Unit) readonly unit: Unit) {}

  use(_request: unknown, _response: unknown, next: () => void): void {
    next();
  }
}

/** After the guard that knows the visitor. */
@Injectable({ scope: Scope.REQUEST })
class ActiveGuard extends EveryGuard {}

@Injectable({ scope: Scope.REQUEST })
@ClaimMapperFor()
class RequestClaimMapper implements ClaimMapper<Visitor> {
  constructor(@Inject(REQUEST) private readonly request: { user: Visitor }) {}

  async map({ id, firstName, roles }: Visitor): Promise<MintlifyUser> {
    // A turn in which others come.
    await new Promise(setImmediate);
    if (id === 'broken') throw new Error(firstName);
    return { groups: roles, content: { firstName: this.request.user.firstName } };
  }
}

const scoped = (provide: string, useClass: Type) => ({ provide, useClass, scope: Scope.REQUEST });

@Module({ providers: [Unit], exports: [Unit] })
class UnitModule {}

@Module({
  imports: [UnitModule],
  providers: [
    RequestClaimMapper,
    scoped(APP_GUARD, EveryGuard),
    scoped(APP_INTERCEPTOR, EveryInterceptor),
    scoped(APP_PIPE, EveryPipe),
    scoped(APP_FILTER, EveryFilter),
  ],
})
class ScopedModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(EveryMiddleware).forRoutes('*path');
  }
}

const SCOPED: HostSetup = {
  host: { imports: [ScopedModule] },
  options: {
    ...EVERY_HANDSHAKE,
    claimMapper: undefined,
    imports: [UnitModule],
    handshakes: {
      jwt: { guards: [AuthGuard('jwt'), ActiveGuard] },
      sharedSession: { guards: [AuthGuard('jwt'), ActiveGuard] },
      oauth: { guards: [PlainTokenGuard, ActiveGuard] },
    },
  },
};

describeOnEveryHost('an app in which everything is request-scoped', ({ boot }) => {
  it('has handshakes that answer as ever', async () => {
    const host = await boot(SCOPED);
    expect(await askEveryHandshake(host)).toEqual(everyHandshakeAnswered());
  });

  it('mixes no two requests', async () => {
    const host = await boot(SCOPED);
    const names = ['Ada', 'Grace', 'Peter', 'Edsger'];
    const contents = await Promise.all(
      names.map(async (firstName) => {
        const response = await host.get('/docs-login', await bearer({ ...ADA, firstName }));
        return (await verifyToken(readArrival(response.get('location')).token))['content'];
      }),
    );
    expect(contents).toEqual(names.map((firstName) => ({ firstName })));
  });
});
