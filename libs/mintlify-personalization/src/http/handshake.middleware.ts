import type { IncomingMessage, ServerResponse } from 'node:http';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { MintlifyPersonalizationError, stackOf } from '../errors.js';
import { RESOLVED_HANDSHAKES, type ResolvedHandshakes } from '../options/handshakes.js';
import { HandshakeAdmission } from './handshake-admission.js';
import type { HandshakeRefusal } from './handshake.definition.js';
import type { HandshakeExchange } from './handshake-exchange.js';
import { HandshakeExchanges } from './handshake-exchanges.js';
import { HandshakeReplies } from './handshake-replies.js';
import type { HandshakeRequest } from './handshake-request.js';
import { HandshakeRoutes } from './handshake-routes.js';
import { listMounted } from './handshakes.js';
import { mergeVary } from './cors/cors-headers.js';
import { CorsPreflightHandler } from './cors/cors-preflight-handler.js';

type HttpAdapter = HttpAdapterHost['httpAdapter'];

/** The parts of Fastify that are needed here. */
interface Fastify {
  addHook(
    name: 'onRequest',
    hook: (request: HandshakeRequest, reply: unknown, done: () => void) => void,
  ): void;
  addHook(
    name: 'onSend',
    hook: (
      request: HandshakeRequest,
      reply: FastifyReply,
      payload: unknown,
      done: (error: null, payload: unknown) => void,
    ) => void | Promise<string>,
  ): void;
}
interface FastifyReply {
  readonly raw: ServerResponse;
  getHeader(name: string): number | string | string[] | undefined;
  header(name: string, value: string): unknown;
  code(status: number): unknown;
}

/**
 * Runs before everything else in the host app, only on the paths of the handshakes. It starts each handshake, and refuses
 * requests before the app does any work for them.
 *
 * @internal
 */
@Injectable()
export class HandshakeMiddleware implements OnModuleInit {
  readonly #logger = new Logger('MintlifyPersonalization');

  constructor(
    @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
    @Inject(HandshakeRoutes) private readonly routes: HandshakeRoutes,
    @Inject(HandshakeExchanges) private readonly exchanges: HandshakeExchanges,
    @Inject(HandshakeAdmission) private readonly admission: HandshakeAdmission,
    @Inject(HandshakeReplies) private readonly replies: HandshakeReplies,
    @Inject(CorsPreflightHandler) private readonly preflights: CorsPreflightHandler,
    @Inject(RESOLVED_HANDSHAKES) handshakes: ResolvedHandshakes,
  ) {
    if (!isSupported(adapterHost, handshakes)) return;
    // As soon as there is an adapter, so before the app can add its own middleware, for example by `enableCors()`.
    adapterHost.init$.subscribe(() => this.#install(adapterHost.httpAdapter));
  }

  /**
   * If the host app creates the Express or Fastify instance itself, its middleware may run before this one. The handshake
   * starts even before that, so that no session is created from an ignored header.
   */
  onModuleInit(): void {
    const server = this.#adapter?.getHttpServer() as NodeJS.EventEmitter | undefined;
    server?.prependListener?.('request', (request: IncomingMessage, response: ServerResponse) => {
      this.#open(request as HandshakeRequest, response);
    });
  }

  /** Nest has `null` if the app has no HTTP server: in a microservice or an application context. */
  get #adapter(): HttpAdapter | undefined {
    return (this.adapterHost.httpAdapter as HttpAdapter | null) ?? undefined;
  }

  #install(adapter: HttpAdapter | null | undefined): void {
    if (adapter === null || adapter === undefined) return;
    if (adapter.getType() === 'fastify') {
      // Hooks, since middleware would slow down every route of a Fastify app.
      const fastify = adapter.getInstance<Fastify>();
      fastify.addHook('onRequest', this.#enter);
      fastify.addHook('onSend', (request, reply, payload, done) => {
        const exchange = this.exchanges.of(request);
        if (exchange?.definition.cors === undefined) return done(null, payload);
        keepVary(reply);
        if (exchange.isPreflight && !exchange.isAdmitted) return this.preflights.correct(exchange, reply);
        return done(null, payload);
      });
    } else {
      adapter.use(this.#enter);
    }
  }

  readonly #enter = (request: HandshakeRequest, response: unknown, next: () => void): void => {
    const exchange = this.#open(request, response);
    if (exchange === undefined) return next();
    // The client has left: do no more work.
    if (exchange.isEnded) return;
    if (exchange.isPreflight && exchange.definition.cors !== undefined) {
      void this.preflights.answer(exchange, response);
    } else if (exchange.isHandshake) this.#admit(exchange, response, next);
    else next();
  };

  #open(request: HandshakeRequest, response: unknown): HandshakeExchange | undefined {
    const definition = this.routes.find(request.raw?.url ?? request.url, request.method);
    return definition && this.exchanges.open(definition, request, response);
  }

  #admit(exchange: HandshakeExchange, response: unknown, next: () => void): void {
    const refusal = this.admission.admit(exchange);
    if (refusal instanceof Promise) void this.#proceedLater(exchange, response, next, refusal);
    else this.#proceed(exchange, response, next, refusal);
  }

  async #proceedLater(
    exchange: HandshakeExchange,
    response: unknown,
    next: () => void,
    refusal: Promise<HandshakeRefusal | undefined>,
  ): Promise<void> {
    try {
      this.#proceed(exchange, response, next, await refusal);
    } catch (error) {
      this.#logger.error('A response could not be sent.', stackOf(error));
    }
  }

  #proceed(
    exchange: HandshakeExchange,
    response: unknown,
    next: () => void,
    refusal: HandshakeRefusal | undefined,
  ): void {
    if (refusal === undefined) next();
    else this.replies.refuse(exchange, response, refusal);
  }
}

/** NestJS 10 does not say when the adapter exists, so the library could not answer before the app's own middleware. */
function isSupported({ init$ }: Partial<HttpAdapterHost>, handshakes: ResolvedHandshakes): boolean {
  if (init$ !== undefined) return true;
  if (listMounted(handshakes).length === 0) return false;
  throw new MintlifyPersonalizationError(
    'invalid_option',
    'The routes of handshakes need NestJS 11 or 12, and this app has an older version. Upgrade NestJS, or set ' +
      'handshakes to { jwt: false } and use only the services, which work in NestJS 10.',
  );
}

/** Fastify would send its own `Vary` instead of the one that middleware set on Node's response. */
function keepVary(reply: FastifyReply): void {
  const below = reply.raw.getHeader('Vary');
  const own = reply.getHeader('Vary');
  if (below !== undefined && own !== undefined) reply.header('Vary', mergeVary(below, own));
}
