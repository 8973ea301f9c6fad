import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { StartError } from '../config/start-error.js';

/** The error codes of Node for an address that this machine does not have, or a name that does not resolve. */
const HOST_CODES = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'ENOTFOUND', 'EAI_AGAIN']);

/** The port that a variable sets; 0 means any free port. */
export interface WantedPort {
  variable: string;
  port: number;
  /** The address to listen on. Default: all addresses of this machine. */
  host?: string;
}

/**
 * Checks that all ports are free before anything starts, and finds a free port for each 0.
 *
 * @returns the ports by variable
 * @throws {StartError} for the first port that cannot be used
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

/** Free ports are looked for here: below the ports that systems give to outgoing connections, which could take one. */
const FIRST_FREE_PORT = 20_000;
const LAST_FREE_PORT = 32_000;
const MAX_ATTEMPTS = 20;

async function hold(wanted: WantedPort): Promise<Server> {
  if (wanted.port !== 0) return listen(wanted);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await listen({ ...wanted, port: randomInt(FIRST_FREE_PORT, LAST_FREE_PORT) });
    } catch (error) {
      const isTaken = error instanceof StartError && isListenError(error.cause);
      if (!isTaken || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

async function listen({ variable, port, host }: WantedPort): Promise<Server> {
  const server = createServer().listen({ port, host });
  try {
    await once(server, 'listening');
    return server;
  } catch (error) {
    throw portError(variable, port, error, host);
  }
}

/** The error to show the operator if a port cannot be used. */
export function portError(variable: string, port: number, cause: unknown, host?: string): StartError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason';
  if (HOST_CODES.has(code)) {
    const message = `HOST is not an address of this machine (${code}). Set it to one, or unset HOST to use 127.0.0.1.`;
    if (host !== undefined) return new StartError(message, { cause });
  }
  const reason = code === 'EADDRINUSE' ? 'is already in use' : `cannot be used (${code})`;
  return new StartError(
    `Port ${port} ${reason}. Set ${variable} to another port, such as ${variable}=${port + 10}.`,
    { cause },
  );
}

/** Whether an error means that a port cannot be used. */
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
