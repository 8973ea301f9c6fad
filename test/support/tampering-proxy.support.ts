import { once } from 'node:events';
import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An answer on its way back. */
export interface Passing {
  readonly request: IncomingMessage;
  readonly url: URL;
  /** The body of the request. */
  readonly sent: string;
  status: number;
  headers: OutgoingHttpHeaders;
  body: string;
}

/** Changes an answer. */
export type Tampering = (passing: Passing) => void;

/** What stands between a backend and its clients, and changes answers. */
export interface TamperingProxy {
  readonly origin: string;
  tamper: Tampering;
  close(): Promise<void>;
}

/** Starts a proxy that changes nothing until it is told to. */
export async function startTamperingProxy(port: number): Promise<TamperingProxy> {
  const proxy: Omit<TamperingProxy, 'origin' | 'close'> = { tamper: () => undefined };
  const server = createServer((request, response) => {
    void reply(request, response);
  });
  const reply = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, headers, body } = await pass(request, port, proxy.tamper);
    response.sendDate = false;
    response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : body);
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(proxy, {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  });
}

async function pass(request: IncomingMessage, port: number, tamper: Tampering): Promise<Passing> {
  const url = new URL(request.url ?? '', `http://127.0.0.1:${port}`);
  const { host: _, connection: __, ...headers } = request.headers;
  const body = Buffer.concat(await request.toArray());
  const answer = await fetch(url, {
    method: request.method ?? 'GET',
    headers: headers as Record<string, string>,
    redirect: 'manual',
    ...(body.length > 0 && { body }),
  });
  const { 'content-length': ___, connection: ____, ...passed } = Object.fromEntries(answer.headers);
  const sent = body.toString();
  const passing = { request, url, sent, status: answer.status, headers: passed, body: await answer.text() };
  tamper(passing);
  return passing;
}
