import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { StartError } from '../config/start-error.js';

/** What Node says of an address that is not this machine's, or of a name without one. */
const HOST_CODES = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'ENOTFOUND', 'EAI_AGAIN']);

/** A port that a variable asks for; 0 is any free one. */
export interface WantedPort {
  variable: string;
  port: number;
  /** The address to listen at. Default: all of this machine. */
  host?: string;
}

/**
 * Makes sure that all ports are free, before anything starts, and finds a free one for each 0.
 *
 * @returns the ports by their variables
 * @throws {StartError} for the first that cannot be had
 */
export async function reservePorts(wanted: WantedPort[]): Promise<ReadonlyMap<string, number>> {
  const servers: Server[] = [];
  const ports = new Map<string, number>();
  try {
    for (const each of wanted) {
      const server = await hold(each);
      servers.push(server);
      ports.set(each.variable, portOf(server));
    }
    return ports;
  } finally {
    await Promise.all(servers.map(release));
  }
}

async function hold({ variable, port, host }: WantedPort): Promise<Server> {
  const server = createServer().listen({ port, host });
  try {
    await once(server, 'listening');
    return server;
  } catch (error) {
    throw portError(variable, port, error, host);
  }
}

/** What to tell the operator when a port cannot be had. */
export function portError(variable: string, port: number, cause: unknown, host?: string): StartError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason';
  if (HOST_CODES.has(code)) {
    const message = `HOST is no address of this machine (${code}). Give one that it has, or unset HOST for 127.0.0.1.`;
    if (host !== undefined) return new StartError(message, { cause });
  }
  const trouble = code === 'EADDRINUSE' ? 'is taken' : `cannot be used (${code})`;
  return new StartError(
    `Port ${port} ${trouble}. Set ${variable} to another one, such as ${variable}=${port + 10}.`,
    { cause },
  );
}

/** Whether an error says that a port cannot be had. */
export function isListenError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['EADDRINUSE', 'EACCES'].includes(String(error.code));
}

function portOf(server: Server): number {
  const address: string | AddressInfo | null = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function release(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}
