import { Inject, Injectable } from '@nestjs/common';
import { MintlifyPersonalizationError } from '../../errors.js';
import { isSerializedOrigin } from '../../options/docs-origins.js';
import type { Tenant } from '../../tenancy/tenant.js';
import { TenantRegistry } from '../../tenancy/tenant.registry.js';
import type { CorsRules } from '../handshake.definition.js';
import type { HandshakeExchange } from '../handshake-exchange.js';
import { readHeader } from '../handshake-request.js';
import { setCorsHeaders } from './cors-headers.js';

type Refusal = MintlifyPersonalizationError | undefined;

/**
 * Decides which pages may ask who their visitor is: by their origin, compared byte for byte.
 *
 * Before the tenant is known, a page of any docs may read what goes wrong. The user itself is for the origins of its own
 * tenant.
 *
 * @internal
 */
@Injectable()
export class DocsOriginPolicy {
  constructor(@Inject(TenantRegistry) private readonly tenants: TenantRegistry) {}

  /**
   * Looks at the origin of a request, by what is known without asking.
   *
   * @returns `origin_not_allowed` for an origin that is certainly not one of the docs
   */
  checkRequest(exchange: HandshakeExchange): Refusal {
    const origin = readOrigin(exchange);
    if (origin === undefined || exchange.definition.cors === undefined) return undefined;
    const isKnown = this.tenants.peekOrigin(origin);
    if (isKnown === false) return originNotAllowed(origin);
    if (isKnown) exchange.allowedOrigin = origin;
    return undefined;
  }

  /**
   * Asks the tenant source about an origin that {@link checkRequest} could not tell.
   *
   * @returns `origin_not_allowed` for one that is not one of the docs; for a preflight, what went wrong
   */
  confirmOrigin(exchange: HandshakeExchange): Refusal | Promise<Refusal> {
    const origin = readOrigin(exchange);
    if (origin === undefined || exchange.definition.cors === undefined) return undefined;
    if (exchange.allowedOrigin !== undefined) return undefined;
    const asked = this.#ask(origin);
    return asked instanceof Promise
      ? asked.then(
          (isKnown) => this.#decide(exchange, origin, isKnown),
          (error: MintlifyPersonalizationError) => this.#fail(exchange, error),
        )
      : this.#decide(exchange, origin, asked);
  }

  /**
   * Looks at a request whose tenant is known now, before the mapper is called.
   *
   * @throws MintlifyPersonalizationError `origin_not_allowed` for an origin that is not one of the tenant's docs
   */
  checkTenant(exchange: HandshakeExchange, { id, docsOrigins }: Tenant): void {
    const origin = readOrigin(exchange);
    if (origin === undefined) return;
    const isAllowed = docsOrigins.has(origin);
    exchange.allowedOrigin = isAllowed ? origin : undefined;
    if (!isAllowed) throw originNotAllowed(origin, id);
  }

  /** Sets the CORS headers of an answer right before it is sent, in place of those that the host app has set. */
  applyHeaders(exchange: HandshakeExchange, rules: CorsRules): void {
    // A preflight that the host app answered before it could be looked at.
    if (!exchange.isAdmitted) this.checkRequest(exchange);
    setCorsHeaders(exchange.response, rules, exchange);
  }

  #ask(origin: string): boolean | undefined | Promise<boolean> {
    try {
      return this.tenants.knowsOrigin(origin);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  #decide(exchange: HandshakeExchange, origin: string, isKnown: boolean | undefined): Refusal {
    if (isKnown) exchange.allowedOrigin = origin;
    // Where only the tenant itself knows its origins, it decides later. A preflight has no tenant.
    const isRefused = exchange.isPreflight ? isKnown !== true : isKnown === false;
    return isRefused ? originNotAllowed(origin) : undefined;
  }

  /** A source that fails on a request says nothing: the tenant's own origins decide. */
  #fail({ isPreflight }: HandshakeExchange, error: MintlifyPersonalizationError): Refusal {
    return isPreflight ? error : undefined;
  }
}

/** Node joins several `Origin` headers into one text, which is no origin then. */
function readOrigin({ request }: HandshakeExchange): string | undefined {
  return request.headers['origin'] === undefined ? undefined : readHeader(request, 'origin');
}

/** @internal Names the origin where it looks like one: for the log, where it tells what to add. */
export function originNotAllowed(origin?: string, tenantId?: string): MintlifyPersonalizationError {
  const what =
    origin !== undefined && isSerializedOrigin(origin) ? `Origin ${origin}` : 'A page of unknown origin';
  return new MintlifyPersonalizationError(
    'origin_not_allowed',
    `${what} is not allowed to call the user-info API. If it is one of your docs, set docsUrl or additionalDocsOrigins.`,
    { tenantId },
  );
}
