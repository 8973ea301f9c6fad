import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { findMistakes, type DiscoveryOperation } from './discovery-facts.support.js';

/** A request as it came. */
export interface DiscoveryRequest {
  readonly operation: DiscoveryOperation | undefined;
  readonly domain: string;
  readonly authorization: string | undefined;
  readonly body: Record<string, unknown>;
  /** What breaks the published description of the API. */
  readonly mistakes: readonly string[];
  /** Whether the client hung up before the answer was whole. */
  isAbandoned: boolean;
}

/** What the server does instead of answering. */
export type DiscoveryFault = (response: ServerResponse, request: DiscoveryRequest) => void;

const ROUTE = /^\/discovery\/(v1\/search|v1\/page|v2\/assistant)\/([^/]+?)(?:\/message)?$/;
/** As the AI SDK streams an answer: server-sent events. */
export const ANSWER = ['{"type":"start"}', '{"type":"text-delta","id":"t","delta":"Use hooks."}', '[DONE]'];
export const RESULTS = [{ content: 'Hooks are calls.', path: 'hooks', metadata: { title: 'Hooks' } }];

/** Stands in for Mintlify's discovery API: checks each request, and misbehaves on command. */
export class DiscoveryServer {
  readonly requests: DiscoveryRequest[] = [];
  /** For all requests, until it is `undefined` again. */
  fault: DiscoveryFault | undefined;
  readonly #server: Server = createServer((request, response) => void this.#receive(request, response));

  static async start(): Promise<DiscoveryServer> {
    const server = new DiscoveryServer();
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  /** For the option `baseUrl`. */
  get baseUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/discovery`;
  }

  get last(): DiscoveryRequest {
    const last = this.requests.at(-1);
    if (last === undefined) throw new Error('There was no request.');
    return last;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, route, domain = ''] = ROUTE.exec(request.url ?? '') ?? [];
    const operation = route as DiscoveryOperation | undefined;
    // No connection outlives its answer: tests that count connections need not wait. But Node's `fetch` takes the part of an
    // answer for the whole where the connection was to be closed.
    response.shouldKeepAlive = operation === 'v2/assistant';
    const sent = await text(request);
    const body = JSON.parse(sent) as Record<string, unknown>;
    const received: DiscoveryRequest = {
      operation,
      domain,
      authorization: request.headers.authorization,
      body,
      mistakes: findMistakes(request, operation, body),
      isAbandoned: false,
    };
    this.requests.push(received);
    response.on('close', () => {
      received.isAbandoned = !response.writableFinished;
    });
    if (this.fault === undefined) answer(response, received);
    else this.fault(response, received);
  }
}

function answer(response: ServerResponse, { operation, body }: DiscoveryRequest): void {
  if (operation === 'v2/assistant') {
    response.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'X-Thread-Id': 'thread-1',
      'X-Thread-Key': 'thread-key-1',
      'X-Vercel-AI-UI-Message-Stream': 'v1',
      'Set-Cookie': 'mintlify=1',
    });
    for (const event of ANSWER) response.write(`data: ${event}\n\n`);
    response.end();
    return;
  }
  const content = operation === 'v1/page' ? { path: body['path'], content: 'Hooks are calls.' } : RESULTS;
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(content));
}
