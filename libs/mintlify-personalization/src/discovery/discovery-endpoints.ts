import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HttpStatus, Inject, Injectable, Logger, NotFoundException } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { isOwnError, stackOf } from '../errors.js';
import { rawResponseOf, type HandshakeRequest } from '../http/handshake-request.js';
import { invalidOptionError } from '../options/invalid-option-error.js';
import { DISCOVERY_ROUTES, type ResolvedDiscoveryRoutes } from './discovery-options.js';
import { readPage } from './discovery-requests.js';
import type { DocsAnswer, DocsDiscoveryCall, DocsQuestion, DocsSearch } from './discovery-types.js';
import { DocsDiscoveryService } from './docs-discovery.service.js';

/** Fastify's reply, which is told that the answer is sent without it. */
interface FastifyReply {
  hijack(): unknown;
  getHeaders(): Record<string, number | string | string[] | undefined>;
}

/**
 * Serves the routes: reads bodies, and sends answers on Express and Fastify.
 *
 * @internal
 */
@Injectable()
export class DiscoveryEndpoints {
  readonly #logger = new Logger('MintlifyPersonalization');

  constructor(
    @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
    @Inject(DISCOVERY_ROUTES) private readonly routes: ResolvedDiscoveryRoutes,
    @Inject(DocsDiscoveryService) private readonly discovery: DocsDiscoveryService,
  ) {}

  async search(request: HandshakeRequest, response: unknown): Promise<void> {
    const results = await this.discovery.search(
      this.#principalOf(request),
      readBody(request) as DocsSearch,
      callOf(request, response),
    );
    this.#json(response, results);
  }

  async page(request: HandshakeRequest, response: unknown): Promise<void> {
    const { path } = readPage(readBody(request));
    const call = callOf(request, response);
    const page = await this.discovery.readPage(this.#principalOf(request), path as string, call);
    if (page === undefined) throw new NotFoundException('There is no such page.');
    this.#json(response, page);
  }

  async assistant(request: HandshakeRequest, response: unknown): Promise<void> {
    const answer = await this.discovery.ask(
      this.#principalOf(request),
      readBody(request) as DocsQuestion,
      callOf(request, response),
    );
    await this.#stream(response, answer);
  }

  #principalOf(request: HandshakeRequest): unknown {
    return this.routes.principal(request);
  }

  #json(response: unknown, content: object): void {
    const { httpAdapter } = this.adapterHost;
    if (httpAdapter.isHeadersSent(response)) return;
    httpAdapter.setHeader(response, 'Content-Type', 'application/json; charset=utf-8');
    httpAdapter.reply(response, JSON.stringify(content), HttpStatus.OK);
  }

  /** The connection is cut if the answer is, so that a page does not take a part for the whole. */
  async #stream(response: unknown, { contentType, headers, stream }: DocsAnswer): Promise<void> {
    const raw = takeOver(response);
    if (raw.headersSent || raw.destroyed) return stream.cancel();
    for (const [name, value] of Object.entries(headers)) raw.setHeader(name, value);
    raw.setHeader('Content-Type', contentType);
    // Or nginx would keep the answer until it is whole.
    raw.setHeader('X-Accel-Buffering', 'no');
    raw.statusCode = HttpStatus.OK;
    raw.flushHeaders();
    try {
      await pipeline(Readable.fromWeb(stream as Parameters<typeof Readable.fromWeb>[0]), raw);
    } catch (error) {
      if (isOwnError(error)) this.#logger.error(error.message, stackOf(error));
    }
  }
}

/** What the app's own body parser has parsed. */
function readBody({ body }: HandshakeRequest): unknown {
  if (body !== undefined && !(body instanceof Uint8Array)) return body;
  throw invalidOptionError(
    'routes',
    'needs a parser for JSON bodies, but this app parsed none',
    'Keep the one of Nest (bodyParser: false removes it), or add one for the paths of the routes.',
  );
}

/** Node's response, with the headers that Fastify has for it. */
function takeOver(response: unknown): ServerResponse {
  const raw = rawResponseOf(response);
  const { hijack } = response as Partial<FastifyReply>;
  if (hijack === undefined) return raw;
  const reply = response as FastifyReply;
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) raw.setHeader(name, value);
  }
  reply.hijack();
  return raw;
}

/** Aborted when the client leaves. */
function callOf(request: HandshakeRequest, response: unknown): DocsDiscoveryCall {
  const raw = rawResponseOf(response);
  const controller = new AbortController();
  if (raw.destroyed) controller.abort();
  else raw.once('close', () => controller.abort());
  return { request, signal: controller.signal };
}
