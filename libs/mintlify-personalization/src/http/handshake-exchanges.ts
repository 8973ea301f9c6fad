import type { IncomingMessage, ServerResponse } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import onHeaders from 'on-headers';
import { MONOTONIC_CLOCK, type MonotonicClock } from '../time/monotonic-clock.js';
import { ConcurrencyLimit } from './concurrency-limit.js';
import { HandshakeAudit } from './handshake-audit.js';
import type { HandshakeDefinition } from './handshake.definition.js';
import { HandshakeExchange } from './handshake-exchange.js';
import { rawRequestOf, rawResponseOf, type HandshakeRequest } from './handshake-request.js';
import { DocsOriginPolicy } from './user-info/docs-origin-policy.js';

/** A request, in which each import of the module may have an exchange of its own. */
type Holder = IncomingMessage & { [slot: symbol]: HandshakeExchange | undefined };

/**
 * Begins each handshake once, and ends it once. What must hold for every answer hangs on the response here, so it holds
 * whoever answers: the headers are set right before they are sent, and at the end the place is given back and one event
 * is recorded.
 *
 * @internal
 */
@Injectable()
export class HandshakeExchanges {
  /**
   * Where each request has its exchange. Not a `WeakMap`: its entries, and the requests with them, would stay until the
   * next major collection.
   */
  readonly #slot = Symbol('handshake');

  constructor(
    @Inject(HandshakeAudit) private readonly audit: HandshakeAudit,
    @Inject(ConcurrencyLimit) private readonly limit: ConcurrencyLimit,
    @Inject(DocsOriginPolicy) private readonly origins: DocsOriginPolicy,
    @Inject(MONOTONIC_CLOCK) private readonly clock: MonotonicClock,
  ) {}

  /** Begins the handshake of a request; if it has begun, gives that. */
  open(definition: HandshakeDefinition, request: HandshakeRequest, response: unknown): HandshakeExchange {
    const holder = rawRequestOf(request) as Holder;
    const known = holder[this.#slot];
    if (known !== undefined) {
      known.request = request;
      return known;
    }
    const exchange = new HandshakeExchange(definition, request, rawResponseOf(response), this.clock.now());
    holder[this.#slot] = exchange;
    if (definition.ignoredHeader !== undefined) delete holder.headers[definition.ignoredHeader];
    this.#follow(exchange, exchange.response);
    return exchange;
  }

  /** The handshake of a request that has begun. */
  of(request: HandshakeRequest): HandshakeExchange | undefined {
    return (rawRequestOf(request) as Holder)[this.#slot];
  }

  #follow(exchange: HandshakeExchange, response: ServerResponse): void {
    // The client may have left while something of the host app's ran first: `close` is over, and will not come again.
    if (response.destroyed || response.closed) return this.#end(exchange, false);
    onHeaders(response, () => this.#setHeaders(exchange));
    // Some serverless adapters never emit `close`, and a client that leaves never lets `finish` come.
    response.on('finish', () => this.#end(exchange, true));
    response.on('close', () => this.#end(exchange, false));
  }

  #setHeaders(exchange: HandshakeExchange): void {
    const { definition, response } = exchange;
    for (const name in definition.headers) response.setHeader(name, definition.headers[name] as string);
    if (definition.cors !== undefined) this.origins.applyHeaders(exchange, definition.cors);
  }

  /** @param isDelivered whether the whole answer was handed on */
  #end(exchange: HandshakeExchange, isDelivered: boolean): void {
    if (exchange.isEnded) return;
    exchange.isEnded = true;
    if (exchange.hasPlace) this.limit.leave();
    if (exchange.hasTenantPlace) this.limit.leaveTenant(exchange.tenant?.id);
    if (!exchange.isPreflight) this.audit.record(exchange, isDelivered);
  }
}
