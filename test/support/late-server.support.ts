import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from '@jest/globals';

/** Answers a request, at once or later. */
type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

/** A server whose address is known before what it serves: an OAuth server needs its own URL to be made. */
export interface LateServer {
  readonly url: string;
  serve(listener: Listener): void;
}

/** Listens at a free port of this machine until the test ends. */
export async function startLateServer(): Promise<LateServer> {
  let serve: Listener = (_, response) => response.writeHead(503).end();
  const server = createServer((request, response) => void serve(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  started.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve: (listener) => (serve = listener),
  };
}

const started: (() => void)[] = [];

afterEach(() => {
  for (const close of started.splice(0)) close();
});
