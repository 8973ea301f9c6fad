import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { interleave, type Contestant } from './rounds.js';

const ROUND_SECONDS = 2;

/** The routes that are measured: by whom they can be served, and what is asked of them. */
const ROUTES = {
  login: { contestants: ['ceiling', 'seed', 'ours'], target: '/docs-login?redirect=/quickstart' },
  'user-info': { contestants: ['seed', 'ours'], target: '/docs/user-info' },
} as const;

/** Requests a second, 32 connections: of a bare redirect, of a route written by hand, and of the library's. */
export async function benchHttp(
  route: keyof typeof ROUTES,
  adapter: 'express' | 'fastify',
  rounds: number,
): Promise<Record<string, number | null>> {
  const { contestants: names, target } = ROUTES[route];
  const servers = await Promise.all(names.map((name) => startServer(adapter, `${route} ${name}`, target)));
  try {
    const contestants = names.map((name, index) => [name, loadOf(servers[index]?.url ?? '')] as const);
    return await interleave(Object.fromEntries(contestants), rounds);
  } finally {
    for (const { child } of servers) child.kill();
  }
}

async function startServer(
  adapter: string,
  contestant: string,
  target: string,
): Promise<{ child: ChildProcess; url: string }> {
  const child = fork(fileURLToPath(new URL('server.js', import.meta.url)), [adapter, contestant]);
  const [port] = (await once(child, 'message')) as [number];
  return { child, url: `http://127.0.0.1:${port}${target}` };
}

function loadOf(url: string): Contestant {
  return async () => {
    const child = fork(fileURLToPath(new URL('load.js', import.meta.url)), [url, String(ROUND_SECONDS)]);
    const [result] = (await once(child, 'message')) as [number | string];
    child.kill();
    if (typeof result === 'string') throw new Error(`${url}: ${result}`);
    return result;
  };
}
