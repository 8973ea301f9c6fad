import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { HttpStatus, Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { ApplicationConfig, HttpAdapterHost, ModulesContainer } from '@nestjs/core';
import { MintlifyPersonalizationError, stackOf } from '../errors.js';
import { RESOLVED_HANDSHAKES, type ResolvedHandshakes } from '../options/handshakes.js';
import { allowRequest, denyOrigins, setUserInfoHeaders } from './docs-cors.js';
import { DocsOriginGate, originNotAllowed } from './docs-origin.gate.js';
import { errorStatus, RETRY_AFTER_SECONDS } from './error-status.js';
import { readPath } from './handshake-request.js';
import { rawHeadersOf } from './response-headers.js';
import { OAUTH, SHARED_SESSION, type UserInfoHandshake } from './user-info-handshake.js';
import { findUserInfoPaths } from './user-info-paths.js';

type Next = () => void;

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
export class UserInfoDoor implements OnModuleInit {
  readonly #logger = new Logger('MintlifyPersonalization');
  readonly #adapterHost: HttpAdapterHost;
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
    this.#adapterHost = adapterHost;
    this.#config = config;
    this.#modules = modules;
    this.#handshakes = handshakes;
    this.#gate = gate;
    // Before the host app can add a middleware of its own, `enableCors()` for one.
    adapterHost.init$.subscribe(() => {
      // oxlint-disable-next-line typescript/no-unnecessary-condition -- there is none in an app without HTTP
      adapterHost.httpAdapter?.use(this.#enter);
    });
  }

  /** Where Nest puts the app's CORS before all middleware, as on Fastify, the door stands at the server itself. */
  onModuleInit(): void {
    const server = this.#adapterHost.httpAdapter?.getHttpServer() as Server | undefined;
    if (server === undefined) return;
    const listeners = server.listeners('request');
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      this.#enter(request, response, () => {
        for (const listener of listeners) listener.call(server, request, response);
      });
    });
  }

  readonly #enter = (request: IncomingMessage, response: ServerResponse, next: Next): void => {
    const handshake = this.#findHandshake(request);
    if (handshake === undefined) return next();
    delete request.headers[handshake.ignoredHeader];
    setUserInfoHeaders(rawHeadersOf(response));
    if (request.method !== 'OPTIONS') return next();
    void this.#answerPreflight(handshake, request, response);
  };

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
    response: ServerResponse,
  ): Promise<void> {
    const { origin } = request.headers;
    const headers = rawHeadersOf(response);
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
      response.statusCode = HttpStatus.NO_CONTENT;
      response.end();
    } catch (error) {
      this.#refuse(error, response);
    }
  }

  #refuse(error: unknown, response: ServerResponse): void {
    const isOurs = error instanceof MintlifyPersonalizationError;
    const statusCode = isOurs ? errorStatus(error.code) : HttpStatus.INTERNAL_SERVER_ERROR;
    if (isOurs && error.code === 'origin_not_allowed') this.#logger.warn(error.message);
    else this.#logger.error('A CORS preflight could not be answered.', stackOf(error));
    response.statusCode = statusCode;
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    if (statusCode === HttpStatus.SERVICE_UNAVAILABLE) {
      response.setHeader('Retry-After', String(RETRY_AFTER_SECONDS));
    }
    response.end(JSON.stringify({ statusCode, ...(isOurs && { code: error.code }) }));
  }
}

/** Routers differ in whether they decode a path before they match it. */
function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
