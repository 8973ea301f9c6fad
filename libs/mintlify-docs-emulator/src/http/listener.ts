import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { isRecord } from '../shared/type-guards.js';

/** Servers that listen on one port. */
export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

/** Creates the request listener, once the port is known. */
export type ListenerAt = (port: number) => RequestListener;

const LOOPBACK = ['127.0.0.1', '::1'];
const ATTEMPTS = 5;

/**
 * Listens for HTTP requests. The host `localhost` listens on both loopback addresses, because browsers may try
 * either. Without IPv6, it listens on IPv4 alone.
 *
 * @param listenerAt creates the request listener for a port; called once, before the first request.
 * @param port 0 picks a free one.
 * @throws Error with `code: 'EADDRINUSE'` and a one-line message when the port is in use; Node's own error otherwise.
 * @example
 * const listener = await listen((port) => createHandler(port), 'localhost', 3001);
 */
export async function listen(listenerAt: ListenerAt, host: string, port: number): Promise<Listener> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await listenOnAll(listenerAt, host === 'localhost' ? LOOPBACK : [host], port);
    } catch (error) {
      // A port that is free on one loopback address may be in use on the other.
      if (port === 0 && codeOf(error) === 'EADDRINUSE' && attempt < ATTEMPTS) continue;
      throw describeError(error, host, port);
    }
  }
}

async function listenOnAll(
  listenerAt: ListenerAt,
  hosts: readonly string[],
  port: number,
): Promise<Listener> {
  const servers: Server[] = [];
  let chosen = port;
  let listener: RequestListener | undefined;
  const answerOn = (server: Server): void => {
    chosen = portOf(server) ?? chosen;
    listener ??= listenerAt(chosen);
    server.on('request', listener);
  };
  try {
    for (const host of hosts) {
      const server = await listenOn(answerOn, host, chosen).catch((error: unknown) => {
        if (host === '::1' && isWithoutIpv6(error)) return undefined;
        throw error;
      });
      if (!server) continue;
      servers.push(server);
    }
  } catch (error) {
    await closeAll(servers);
    throw error;
  }
  return { port: chosen, close: () => closeAll(servers) };
}

function listenOn(answerOn: (server: Server) => void, host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    // No connection is accepted before this callback ends.
    server.listen({ host, port }, () => {
      server.off('error', reject);
      answerOn(server);
      resolve(server);
    });
  });
}

function portOf(server: Server): number | undefined {
  const address = server.address();
  return typeof address === 'object' ? address?.port : undefined;
}

async function closeAll(servers: readonly Server[]): Promise<void> {
  await Promise.all(
    servers.map(
      (server) =>
        new Promise<void>((resolve) => {
          // Closing twice is allowed.
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    ),
  );
}

function describeError(error: unknown, host: string, port: number): unknown {
  if (codeOf(error) !== 'EADDRINUSE') return error;
  const message = `Port ${port} on ${host} is in use. Stop the process that uses it, or choose another port for the docs emulator.`;
  return Object.assign(new Error(message, { cause: error }), { code: 'EADDRINUSE', port });
}

function isWithoutIpv6(error: unknown): boolean {
  return ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(codeOf(error) ?? '');
}

function codeOf(error: unknown): string | undefined {
  return isRecord(error) && typeof error.code === 'string' ? error.code : undefined;
}
