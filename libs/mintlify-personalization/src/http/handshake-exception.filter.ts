import { Catch, HttpException, HttpStatus, Inject, Logger, type ArgumentsHost } from '@nestjs/common';
import { BaseExceptionFilter, HttpAdapterHost } from '@nestjs/core';
import { MintlifyPersonalizationError, stackOf } from '../errors.js';
import type { Tenant } from '../tenancy/tenant.js';
import { TenantRegistry } from '../tenancy/tenant.registry.js';
import { isAnonymousRefusal } from './anonymous-refusal.js';
import { replyWithError } from './error.reply.js';
import type { HandshakeRequest } from './handshake-request.js';
import { HandshakeReporter } from './handshake.reporter.js';
import { replyWithRedirect } from './redirect.reply.js';
import { createLoginLocation } from './return-to.js';
import { findNavigationRefusal, RefusedNavigationException, setHandshakeHeaders } from './visitor.guard.js';

/**
 * Answers what goes wrong on a handshake's route: an anonymous visitor goes to `loginUrl`; the library's own
 * errors become a status and a code, with the details in the log.
 *
 * @internal
 */
@Catch(MintlifyPersonalizationError, HttpException)
export class HandshakeExceptionFilter extends BaseExceptionFilter {
  readonly #logger = new Logger('MintlifyPersonalization');
  readonly #tenants: TenantRegistry;
  readonly #adapterHost: HttpAdapterHost;
  readonly #reporter: HandshakeReporter;

  constructor(
    @Inject(HttpAdapterHost) adapterHost: HttpAdapterHost,
    @Inject(TenantRegistry) tenants: TenantRegistry,
    @Inject(HandshakeReporter) reporter: HandshakeReporter,
  ) {
    super();
    this.#adapterHost = adapterHost;
    this.#tenants = tenants;
    this.#reporter = reporter;
  }

  override catch(exception: MintlifyPersonalizationError | HttpException, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<HandshakeRequest>();
    // A guard of the whole app runs, and refuses, before the handshake's own guards do.
    setHandshakeHeaders(this.#adapterHost.httpAdapter, host.switchToHttp().getResponse());
    if (!isAnonymous(exception, request)) return this.#report(exception, host);
    const refusal = findNavigationRefusal(request);
    if (refusal !== undefined) return this.#refuse(refusal, host);
    const tenant = this.#tenants.findAnonymous(request);
    if (!(tenant instanceof Promise)) return this.#sendToLogin(tenant, exception, host);
    tenant
      .then((found) => this.#sendToLogin(found, exception, host))
      // The host app may have answered meanwhile, with a time-out of its own for one.
      .catch((error: unknown) => this.#logger.error('An answer could not be sent.', error));
  }

  /** @param tenant `undefined` where nobody knows it yet */
  #sendToLogin(
    tenant: Tenant | undefined,
    exception: MintlifyPersonalizationError | HttpException,
    host: ArgumentsHost,
  ): void {
    const { byDefault } = this.#tenants;
    // Any tenant's page may be meant: it is judged after the login, when the tenant is known.
    const site = tenant?.site ?? { ...byDefault.site, url: byDefault.site.origin, basePath: '' };
    const location = createLoginLocation(tenant ?? byDefault, site, host.switchToHttp().getRequest());
    if (location === undefined) {
      const unknown = unauthenticated(exception);
      this.#reporter.refuse('jwt', host.switchToHttp().getRequest(), unknown);
      // What a guard says with a 401 of its own may be more; Nest's 403 for `false` would say that somebody is known.
      const isForbidden =
        exception instanceof HttpException && (exception.getStatus() as HttpStatus) === HttpStatus.FORBIDDEN;
      return this.#report(isForbidden ? unknown : exception, host);
    }
    replyWithRedirect(this.#adapterHost, host.switchToHttp().getResponse(), location);
    this.#reporter.requireLogin('jwt', host.switchToHttp().getRequest(), tenant?.id);
  }

  #report(exception: MintlifyPersonalizationError | HttpException, host: ArgumentsHost): void {
    this.#reporter.refuse('jwt', host.switchToHttp().getRequest(), exception);
    if (exception instanceof RefusedNavigationException) this.#refuse(exception, host);
    else if (exception instanceof HttpException) super.catch(exception, host);
    else this.#answer(exception, host);
  }

  #refuse(refusal: RefusedNavigationException, host: ArgumentsHost): void {
    this.#reporter.refuse('jwt', host.switchToHttp().getRequest(), refusal);
    if (refusal.getStatus() === HttpStatus.METHOD_NOT_ALLOWED) {
      this.#adapterHost.httpAdapter.setHeader(host.switchToHttp().getResponse(), 'Allow', 'GET');
    }
    super.catch(refusal, host);
  }

  #answer(error: MintlifyPersonalizationError, host: ArgumentsHost): void {
    this.#log(error);
    replyWithError(this.#adapterHost, host.switchToHttp().getResponse(), error);
  }

  #log(error: MintlifyPersonalizationError): void {
    if (error.code === 'unauthenticated' || error.code === 'overloaded') return;
    // Where the request names the tenant, anybody can bring this about: one line, and no stack.
    if (error.code === 'unknown_tenant') this.#logger.warn(error.message);
    else this.#logger.error(error.message, stackOf(error));
  }
}

/** Whatever the guard called it. */
function unauthenticated(
  exception: MintlifyPersonalizationError | HttpException,
): MintlifyPersonalizationError {
  return exception instanceof MintlifyPersonalizationError
    ? exception
    : new MintlifyPersonalizationError('unauthenticated', 'There is no visitor.');
}

function isAnonymous(
  exception: MintlifyPersonalizationError | HttpException,
  request: HandshakeRequest,
): boolean {
  if (exception instanceof MintlifyPersonalizationError) return exception.code === 'unauthenticated';
  return !(exception instanceof RefusedNavigationException) && isAnonymousRefusal(exception, request);
}
