import type { IncomingMessage, ServerResponse } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { MONOTONIC_CLOCK, type MonotonicClock } from '../time/monotonic-clock.js';
import { ConcurrencyLimit } from './concurrency-limit.js';
import { OriginPolicy } from './cors/origin-policy.js';
import { HandshakeAudit } from './handshake-audit.js';
import type { HandshakeDefinition } from './handshake.definition.js';
import { HandshakeExchange } from './handshake-exchange.js';
import { rawRequestOf, rawResponseOf, removeHeader, type HandshakeRequest } from './handshake-request.js';
import { beforeHead, type ResponseHead } from './response-head.js';

/** A request, on which each import of the module may store its own exchange. */
type Holder = IncomingMessage & { [slot: symbol]: HandshakeExchange | undefined };

/**
 * Starts and ends each handshake exactly once. It listens to the response, so it works for every response, also for those
 * of the host app: it sets the headers just before they are sent, and at the end it releases the place and records one
 * event.
 *
 * @internal
 */
@Injectable()
export class HandshakeExchanges {
  /**
   * The property of a request with its exchange. Not a `WeakMap`, which would keep the requests until the next major
   * garbage collection.
   */
  readonly #slot = Symbol('handshake');

  constructor(
    @Inject(HandshakeAudit) private readonly audit: HandshakeAudit,
    @Inject(ConcurrencyLimit) private readonly limit: ConcurrencyLimit,
    @Inject(OriginPolicy) private readonly origins: OriginPolicy,
    @Inject(MONOTONIC_CLOCK) private readonly clock: MonotonicClock,
  ) {}

  /** Starts the handshake of a request, or returns the one that has been started. */
  open(definition: HandshakeDefinition, request: HandshakeRequest, response: unknown): HandshakeExchange {
    const holder = rawRequestOf(request) as Holder;
    const known = holder[this.#slot];
    if (known !== undefined) {
      known.request = request;
      return known;
    }
    const exchange = new HandshakeExchange(definition, request, rawResponseOf(response), this.clock.now());
    holder[this.#slot] = exchange;
    if (definition.ignoredHeader !== undefined) removeHeader(holder, definition.ignoredHeader);
    this.#follow(exchange, exchange.response);
    return exchange;
  }

  /** The handshake of a request, if it has been started. */
  of(request: HandshakeRequest): HandshakeExchange | undefined {
    return (rawRequestOf(request) as Holder)[this.#slot];
  }

  #follow(exchange: HandshakeExchange, response: ServerResponse): void {
    // The client may have left while code of the host app ran first: `close` was already emitted.
    if (response.destroyed || response.closed) return this.#end(exchange, false);
    beforeHead(response, (head) => this.#setHeaders(exchange, head));
    // Some serverless adapters never emit `close`; if the client leaves, `finish` is never emitted.
    response.on('finish', () => this.#end(exchange, true));
    response.on('close', () => this.#end(exchange, false));
  }

  #setHeaders(exchange: HandshakeExchange, head: ResponseHead): void {
    const { headers } = exchange.definition;
    for (const name in headers) head.setHeader(name, headers[name] as string);
    this.origins.applyHeaders(exchange, head);
  }

  /** @param isDelivered whether the whole response was sent */
  #end(exchange: HandshakeExchange, isDelivered: boolean): void {
    if (exchange.isEnded) return;
    exchange.isEnded = true;
    if (exchange.hasPlace) this.limit.leave();
    if (exchange.hasTenantPlace) this.limit.leaveFor(exchange.tenant?.id);
    if (!exchange.isPreflight) this.audit.record(exchange, isDelivered);
  }
}
