import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { interleave, type Contestant } from './rounds.js';

const ROUND_SECONDS = 2;
const CONTESTANTS = ['ceiling', 'seed', 'ours'] as const;

/** Requests a second, 32 connections, of a bare redirect, of a hand-written route, and of the library's. */
export async function benchHttp(
  adapter: 'express' | 'fastify',
  rounds: number,
): Promise<Record<string, number | null>> {
  const servers = await Promise.all(CONTESTANTS.map((name) => startServer(adapter, name)));
  try {
    const contestants = CONTESTANTS.map((name, index) => [name, loadOf(servers[index]?.url ?? '')] as const);
    return await interleave(Object.fromEntries(contestants), rounds);
  } finally {
    for (const { child } of servers) child.kill();
  }
}

async function startServer(
  adapter: string,
  contestant: string,
): Promise<{ child: ChildProcess; url: string }> {
  const child = fork(fileURLToPath(new URL('server.js', import.meta.url)), [adapter, contestant]);
  const [port] = (await once(child, 'message')) as [number];
  return { child, url: `http://127.0.0.1:${port}/docs-login?redirect=/quickstart` };
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
