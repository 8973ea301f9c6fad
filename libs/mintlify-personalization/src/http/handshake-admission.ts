import { Inject, Injectable } from '@nestjs/common';
import { MintlifyPersonalizationError } from '../errors.js';
import type { Tenant } from '../tenancy/tenant.js';
import { ConcurrencyLimit } from './concurrency-limit.js';
import { OriginPolicy } from './cors/origin-policy.js';
import type { HandshakeRefusal } from './handshake.definition.js';
import type { HandshakeExchange } from './handshake-exchange.js';
import { rawRequestOf } from './handshake-request.js';

type Admission = HandshakeRefusal | undefined;

/**
 * Decides whether a request is accepted, before any guard of the host app runs. It first checks what costs nothing: the
 * headers and the known origins. Then it takes a place under the limit. Only then does it call the tenant source.
 *
 * @internal
 */
@Injectable()
export class HandshakeAdmission {
  constructor(
    @Inject(ConcurrencyLimit) private readonly limit: ConcurrencyLimit,
    @Inject(OriginPolicy) private readonly origins: OriginPolicy,
  ) {}

  /**
   * Checks a handshake or its preflight.
   *
   * @returns why it is refused, or `undefined`
   */
  admit(exchange: HandshakeExchange): Admission | Promise<Admission> {
    exchange.isAdmitted = true;
    const refusal = this.origins.checkRequest(exchange) ?? this.#refuse(exchange);
    if (refusal !== undefined) return refusal;
    return exchange.hasBody ? this.#awaitBody(exchange) : this.enter(exchange);
  }

  /**
   * Takes a place, if the request has none yet.
   *
   * @returns why it is refused, or `undefined`
   */
  enter(exchange: HandshakeExchange): Admission | Promise<Admission> {
    if (exchange.hasPlace) return undefined;
    if (!this.limit.enter()) return this.#full();
    exchange.hasPlace = true;
    return this.origins.confirmOrigin(exchange);
  }

  /**
   * Takes a place as soon as the body is there: clients that send it slowly, or never, must not hold one. If none is
   * free then, the guard refuses the request.
   */
  #awaitBody(exchange: HandshakeExchange): Admission {
    if (this.limit.isFull) return this.#full();
    rawRequestOf(exchange.request).once('end', () => {
      if (!exchange.isEnded) void this.enter(exchange);
    });
    return undefined;
  }

  #full(): MintlifyPersonalizationError {
    return overloaded('maxConcurrentHandshakes', this.limit.max);
  }

  /**
   * Takes a place of the visitor's tenant, as soon as it is known.
   *
   * @throws MintlifyPersonalizationError `overloaded` if the tenant has too many handshakes at once
   */
  enterTenant(exchange: HandshakeExchange, tenant: Tenant): void {
    exchange.tenant = tenant;
    const { max, maxEach } = this.limit;
    // If the visitor has left, the place would never be released.
    if (maxEach >= max || exchange.isEnded) return;
    const { id: tenantId } = tenant;
    if (!this.limit.enterFor(tenantId)) {
      throw overloaded('maxConcurrentHandshakesPerTenant', maxEach, tenantId);
    }
    exchange.hasTenantPlace = true;
  }

  /**
   * Takes a place of another tenant instead, for a visitor who goes to the docs of that one.
   *
   * @throws MintlifyPersonalizationError `overloaded`
   */
  changeTenant(exchange: HandshakeExchange, tenant: Tenant): void {
    if (exchange.hasTenantPlace) this.limit.leaveFor(exchange.tenant?.id);
    exchange.hasTenantPlace = false;
    this.enterTenant(exchange, tenant);
  }

  #refuse({ definition, request, isPreflight }: HandshakeExchange): HandshakeRefusal | undefined {
    return isPreflight ? undefined : definition.checkRequest(request);
  }
}

function overloaded(option: string, max: number, tenantId?: string): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError(
    'overloaded',
    `More than ${option} (${max}) requests at once. If the app can serve more, raise the option.`,
    { tenantId },
  );
}
