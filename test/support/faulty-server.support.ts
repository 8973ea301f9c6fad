import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What a service over HTTP may do instead of answering. */
export type TransportFault = 'hang' | 'stall' | 'reset' | 'garbage';

/** A request as it came. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Whether the client has hung up on it before there was an answer. */
  isAbandoned: boolean;
}

export interface ServiceReply {
  readonly status: number;
  readonly body: string;
  readonly headers?: Record<string, string>;
}

/** A server on this machine that keeps what it is asked, and can be told to misbehave. */
export abstract class FaultyServer<Fault extends string> {
  readonly requests: ReceivedRequest[] = [];
  /** For the next requests, one each; `undefined` is none. */
  nextFaults: (Fault | TransportFault | undefined)[] = [];
  /** For all requests after those. */
  fault: Fault | TransportFault | undefined;
  readonly #server: Server;
  #port = 0;

  constructor() {
    this.#server = createServer((request, response) => {
      void this.#receive(request, response);
    });
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Also those of clients that still wait. Connections are refused until it listens again, at the same port. */
  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  protected abstract answer(request: ReceivedRequest, fault: Fault | undefined): ServiceReply;

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '', headers } = request;
    const body = await text(request);
    const received: ReceivedRequest = { method, path, headers, body, isAbandoned: false };
    this.requests.push(received);
    response.on('close', () => {
      received.isAbandoned = !response.writableFinished;
    });
    this.#serve(received, response, this.nextFaults.length > 0 ? this.nextFaults.shift() : this.fault);
  }

  #serve(
    request: ReceivedRequest,
    response: ServerResponse,
    fault: Fault | TransportFault | undefined,
  ): void {
    switch (fault) {
      case 'hang':
        return;
      case 'stall':
        response.writeHead(200, { 'content-length': 1_000 }).write('{');
        return;
      case 'reset':
        response.socket?.resetAndDestroy();
        return;
      case 'garbage':
        // Repeats what was sent, as a proxy's page of an error may.
        response.end(`<html>${request.body} ${JSON.stringify(request.headers)}`);
        return;
      case undefined:
      default: {
        const { status, headers, body } = this.answer(request, fault);
        response.writeHead(status, headers).end(body);
      }
    }
  }
}
