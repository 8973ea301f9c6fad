import { Inject, Injectable } from '@nestjs/common';
import { MintlifyPersonalizationError } from '../errors.js';
import { ConcurrencyLimit } from './concurrency-limit.js';
import type { HandshakeRefusal } from './handshake.definition.js';
import type { HandshakeExchange } from './handshake-exchange.js';
import { DocsOriginPolicy } from './user-info/docs-origin-policy.js';

type Admission = HandshakeRefusal | undefined;

/**
 * Decides, before any guard of the host app runs, whether a request is looked at. First comes what costs nothing: its
 * own headers and the origins that are known. Then a place under the limit. Only then are others asked.
 *
 * @internal
 */
@Injectable()
export class HandshakeAdmission {
  constructor(
    @Inject(ConcurrencyLimit) private readonly limit: ConcurrencyLimit,
    @Inject(DocsOriginPolicy) private readonly origins: DocsOriginPolicy,
  ) {}

  /**
   * Looks at a handshake, or at a preflight of one.
   *
   * @returns why it is refused
   */
  admit(exchange: HandshakeExchange): Admission | Promise<Admission> {
    exchange.isAdmitted = true;
    const refusal = this.#refuse(exchange) ?? this.origins.checkRequest(exchange);
    if (refusal !== undefined) return refusal;
    if (!this.limit.enter()) return overloaded('maxConcurrentHandshakes', this.limit.max);
    exchange.hasPlace = true;
    return this.origins.confirmOrigin(exchange);
  }

  /** @throws MintlifyPersonalizationError `overloaded` where the tenant has too many handshakes at once */
  enterTenant(exchange: HandshakeExchange): void {
    const { max, maxPerTenant } = this.limit;
    if (maxPerTenant >= max) return;
    const tenantId = exchange.tenant?.id;
    if (!this.limit.enterTenant(tenantId)) {
      throw overloaded('maxConcurrentHandshakesPerTenant', maxPerTenant, tenantId);
    }
    exchange.hasTenantPlace = true;
  }

  #refuse({ definition, request, isPreflight }: HandshakeExchange): HandshakeRefusal | undefined {
    return isPreflight ? undefined : definition.checkRequest(request);
  }
}

function overloaded(option: string, max: number, tenantId?: string): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError(
    'overloaded',
    `More than ${option} (${max}) requests at once. If the app can serve more, allow more.`,
    { tenantId },
  );
}
