import type { IncomingMessage, ServerResponse } from 'node:http';
import { HttpStatus, Inject, Injectable, Logger } from '@nestjs/common';
import { ApplicationConfig, HttpAdapterHost, ModulesContainer } from '@nestjs/core';
import { MintlifyPersonalizationError, stackOf } from '../errors.js';
import { RESOLVED_HANDSHAKES, type ResolvedHandshakes } from '../options/handshakes.js';
import { allowRequest, denyOrigins, setUserInfoHeaders } from './docs-cors.js';
import { DocsOriginGate, originNotAllowed } from './docs-origin.gate.js';
import { errorStatus, RETRY_AFTER_SECONDS } from './error-status.js';
import { readPath } from './handshake-request.js';
import { headersOf, rawHeadersOf, type ResponseHeaders } from './response-headers.js';
import { OAUTH, SHARED_SESSION, type UserInfoHandshake } from './user-info-handshake.js';
import { findUserInfoPaths } from './user-info-paths.js';

type HttpAdapter = HttpAdapterHost['httpAdapter'];
type Done = (error: Error | null, payload?: unknown) => void;

/** What of Fastify is needed here. */
interface Fastify {
  addHook(
    name: 'onRequest',
    hook: (request: FastifyRequest, reply: FastifyReply, done: () => void) => void,
  ): void;
  addHook(
    name: 'onSend',
    hook: (
      request: FastifyRequest,
      reply: FastifyReply,
      payload: unknown,
      done: Done,
    ) => void | Promise<unknown>,
  ): void;
}
interface FastifyRequest {
  readonly raw: IncomingMessage;
}
interface FastifyReply {
  code(statusCode: number): { send(payload: string): void };
}

interface PreflightAnswer {
  readonly statusCode: HttpStatus;
  readonly body: string;
}

/** Where Nest's `RouterModule` notes the path of a module, with the id of the app after it. */
const MODULE_PATH = '__module_path__';

/**
 * Stands before everything else in the host app, on the paths of the user-info routes alone. It answers preflights,
 * which carry no principal and must reach no guard, and which the app's own CORS settings would answer otherwise; and
 * it takes the header away that the handshake must not look at.
 *
 * @internal
 */
@Injectable()
export class UserInfoDoor {
  readonly #logger = new Logger('MintlifyPersonalization');
  readonly #config: ApplicationConfig;
  readonly #modules: ModulesContainer;
  readonly #handshakes: ResolvedHandshakes;
  readonly #gate: DocsOriginGate;
  #routes: { handshake: UserInfoHandshake; isPath: (path: string) => boolean }[] | undefined;

  constructor(
    @Inject(HttpAdapterHost) adapterHost: HttpAdapterHost,
    @Inject(ApplicationConfig) config: ApplicationConfig,
    @Inject(ModulesContainer) modules: ModulesContainer,
    @Inject(RESOLVED_HANDSHAKES) handshakes: ResolvedHandshakes,
    @Inject(DocsOriginGate) gate: DocsOriginGate,
  ) {
    this.#config = config;
    this.#modules = modules;
    this.#handshakes = handshakes;
    this.#gate = gate;
    // At once, or when a test makes the app: before the app can add a middleware of its own, such as `enableCors()`.
    adapterHost.init$.subscribe(() => this.#install(adapterHost.httpAdapter));
  }

  #install(adapter: HttpAdapter | undefined): void {
    // There is none in an app without HTTP.
    if (adapter === undefined) return;
    if (adapter.getType() === 'fastify') this.#installHooks(adapter);
    else adapter.use(this.#enter);
  }

  readonly #enter = (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    const handshake = this.#findHandshake(request);
    if (handshake === undefined) return next();
    delete request.headers[handshake.ignoredHeader];
    setUserInfoHeaders(rawHeadersOf(response));
    if (request.method === 'OPTIONS') void this.#reply(handshake, request, response);
    else next();
  };

  async #reply(
    handshake: UserInfoHandshake,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { statusCode, body } = await this.#answerPreflight(handshake, request, rawHeadersOf(response));
    response.statusCode = statusCode;
    response.end(body);
  }

  /**
   * Hooks, since a middleware would cost every route of a Fastify app dear. The app's own CORS comes before them all:
   * what it answers is corrected before it is sent.
   */
  #installHooks(adapter: HttpAdapter): void {
    const fastify = adapter.getInstance<Fastify>();
    fastify.addHook('onRequest', ({ raw }, reply, done) => {
      const handshake = this.#findHandshake(raw);
      if (handshake !== undefined) delete raw.headers[handshake.ignoredHeader];
      // No route is there to answer it; what is sent here passes the next hook.
      if (handshake !== undefined && raw.method === 'OPTIONS') reply.code(HttpStatus.NO_CONTENT).send('');
      else done();
    });
    fastify.addHook('onSend', ({ raw }, reply, payload, done) => {
      const handshake = raw.method === 'OPTIONS' ? this.#findHandshake(raw) : undefined;
      return handshake === undefined
        ? done(null, payload)
        : this.#correct(handshake, raw, reply, headersOf(adapter, reply));
    });
  }

  async #correct(
    handshake: UserInfoHandshake,
    request: IncomingMessage,
    reply: FastifyReply,
    headers: ResponseHeaders,
  ): Promise<string> {
    setUserInfoHeaders(headers);
    const { statusCode, body } = await this.#answerPreflight(handshake, request, headers);
    reply.code(statusCode);
    return body;
  }

  #findHandshake(request: IncomingMessage): UserInfoHandshake | undefined {
    const path = decode(readPath({ url: request.url ?? '/' }));
    this.#routes ??= this.#findRoutes();
    return this.#routes.find(({ isPath }) => isPath(path))?.handshake;
  }

  /** Once the app is composed: prefix and versioning are set after this is made. */
  #findRoutes() {
    const modulePath = this.#readModulePath();
    return [SHARED_SESSION, OAUTH].flatMap((handshake) => {
      const mounted = this.#handshakes[handshake.name];
      if (mounted === false) return [];
      return findUserInfoPaths(mounted, this.#config, modulePath).map((isPath) => ({ handshake, isPath }));
    });
  }

  #readModulePath(): string {
    const own = [...this.#modules.values()].find(
      ({ providers }) => providers.get(UserInfoDoor)?.instance === this,
    );
    if (own === undefined) return '';
    const keys = [MODULE_PATH + this.#modules.applicationId, MODULE_PATH];
    const paths = keys.map((key) => Reflect.getMetadata(key, own.metatype) as string | undefined);
    return paths.find((path) => path !== undefined) ?? '';
  }

  async #answerPreflight(
    handshake: UserInfoHandshake,
    request: IncomingMessage,
    headers: ResponseHeaders,
  ): Promise<PreflightAnswer> {
    const { origin } = request.headers;
    denyOrigins(headers);
    headers.set(
      'Vary',
      `${headers.get('Vary')}, Access-Control-Request-Method, Access-Control-Request-Headers`,
    );
    headers.set('Allow', 'GET');
    try {
      if (origin !== undefined) {
        if ((await this.#gate.knows(origin)) !== true) throw originNotAllowed(origin);
        allowRequest(headers, origin, handshake);
      }
      return { statusCode: HttpStatus.NO_CONTENT, body: '' };
    } catch (error) {
      return this.#refuse(error, headers);
    }
  }

  #refuse(error: unknown, headers: ResponseHeaders): PreflightAnswer {
    const code = error instanceof MintlifyPersonalizationError ? error.code : undefined;
    const statusCode = code === undefined ? HttpStatus.INTERNAL_SERVER_ERROR : errorStatus(code);
    if (code === 'origin_not_allowed') this.#logger.warn((error as Error).message);
    else this.#logger.error('A CORS preflight could not be answered.', stackOf(error));
    headers.set('Content-Type', 'application/json; charset=utf-8');
    if (statusCode === HttpStatus.SERVICE_UNAVAILABLE) {
      headers.set('Retry-After', String(RETRY_AFTER_SECONDS));
    }
    return { statusCode, body: JSON.stringify({ statusCode, code }) };
  }
}

/** Routers differ in whether they decode a path before they match it. */
function decode(path: string): string {
  try {
    return path.includes('%') ? decodeURIComponent(path) : path;
  } catch {
    return path;
  }
}
