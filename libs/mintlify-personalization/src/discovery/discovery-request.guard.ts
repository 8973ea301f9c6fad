import {
  HttpException,
  HttpStatus,
  Inject,
  Injectable,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { mergeVary } from '../http/cors/cors-headers.js';
import { readHeader, readOrigin, type HandshakeRequest } from '../http/handshake-request.js';
import { MintlifyPersonalizationError } from '../errors.js';
import { isSerializedOrigin } from '../options/docs-origins.js';
import { createOriginCheck } from '../options/page-origins.js';
import {
  DISCOVERY_LIMITS,
  DISCOVERY_ROUTES,
  type ResolvedDiscoveryLimits,
  type ResolvedDiscoveryRoutes,
} from './discovery-options.js';

const HEADERS = {
  'Cache-Control': 'no-store, no-transform',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
};
const CORS_HEADERS = {
  'Access-Control-Allow-Credentials': 'true',
  'Access-Control-Expose-Headers': 'Retry-After, X-Thread-Id, X-Thread-Key, X-Vercel-AI-UI-Message-Stream',
};
const PREFLIGHT_HEADERS = {
  Allow: 'OPTIONS, POST',
  'Access-Control-Allow-Methods': 'POST',
  'Access-Control-Allow-Headers': 'Authorization, Content-Type',
  'Access-Control-Max-Age': '600',
};

/**
 * Refuses what no page of the host app sends, before its guards run: the routes are called with the visitor's session. As
 * for views as another person, a request without an origin is refused too: a browser sends one with every `POST`.
 *
 * @internal
 */
@Injectable()
export class DiscoveryRequestGuard implements CanActivate {
  readonly #allows: ReturnType<typeof createOriginCheck>;
  readonly #maxBytes: number;

  constructor(
    @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
    @Inject(DISCOVERY_ROUTES) routes: ResolvedDiscoveryRoutes,
    @Inject(DISCOVERY_LIMITS) { maxRequestBytes }: ResolvedDiscoveryLimits,
  ) {
    this.#allows = createOriginCheck(routes.origins);
    this.#maxBytes = maxRequestBytes;
  }

  /** @throws MintlifyPersonalizationError `origin_not_allowed` @throws HttpException 403, 413, 415 */
  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    const request = http.getRequest<HandshakeRequest>();
    this.admit(request, http.getResponse());
    if (!/^application\/json *(?:;|$)/i.test(readHeader(request, 'content-type'))) {
      throw new HttpException(
        'Send the body as Content-Type: application/json.',
        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
      );
    }
    const destination = readHeader(request, 'sec-fetch-dest').toLowerCase();
    if (destination !== '' && destination !== 'empty') {
      throw new HttpException('POST is for scripts of your own pages.', HttpStatus.FORBIDDEN);
    }
    if (Number(readHeader(request, 'content-length')) <= this.#maxBytes) return true;
    throw new HttpException(
      `The body has no Content-Length, or more than ${this.#maxBytes} bytes.`,
      HttpStatus.PAYLOAD_TOO_LARGE,
    );
  }

  /** Checks where a request comes from, and sets the headers of its answer. */
  admit(request: HandshakeRequest, response: unknown, isPreflight = false): void {
    this.#setHeaders(response, HEADERS);
    this.#vary(response);
    const origin = readOrigin(request);
    if (!this.#isAllowed(origin)) throw originNotAllowed(origin);
    this.#setHeaders(response, {
      'Access-Control-Allow-Origin': origin,
      ...CORS_HEADERS,
      ...(isPreflight && PREFLIGHT_HEADERS),
    });
  }

  #isAllowed(origin: string | undefined): origin is string {
    try {
      return this.#allows(origin);
    } catch {
      return false;
    }
  }

  #vary(response: unknown): void {
    const { httpAdapter } = this.adapterHost;
    const present: unknown = httpAdapter.getHeader?.(response, 'Vary');
    const value = typeof present === 'string' ? mergeVary(present, 'Origin') : 'Origin';
    httpAdapter.setHeader(response, 'Vary', value);
  }

  #setHeaders(response: unknown, headers: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(headers)) {
      this.adapterHost.httpAdapter.setHeader(response, name, value);
    }
  }
}

function originNotAllowed(origin: string | undefined): MintlifyPersonalizationError {
  const isValid = origin !== undefined && isSerializedOrigin(origin);
  return new MintlifyPersonalizationError(
    'origin_not_allowed',
    `${isValid ? `Origin ${origin}` : 'A request without a valid Origin'} is not allowed to search the docs. If it is ` +
      'your page, add its origin to routes.origins of DocsDiscoveryModule.',
  );
}
