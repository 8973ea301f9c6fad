import { Child } from './child-calls.js';
import type { LoadCalls } from './load.js';
import { interleave, median, type Contestant } from './rounds.js';
import type { Platform, Served, ServerCalls } from './server.js';

const ROUND_SECONDS = 2;

/** The request for each route. */
export const TARGETS: Readonly<Record<Served['route'], string>> = {
  login: '/docs-login?redirect=/quickstart',
  userInfo: '/docs/user-info',
};

/** The apps that serve each route: see `contestants/`. */
const CONTESTANTS: Readonly<Record<Served['route'], readonly string[]>> = {
  login: ['ceiling', 'seed', 'peer', 'ours'],
  userInfo: ['seed', 'peer', 'ours'],
};

/** What one route costs, for each app that serves it. */
export interface HttpFigures {
  /** Requests per second on 32 connections. On few cores, the client's share of the CPU is in it. */
  readonly rates: Readonly<Record<string, number | null>>;
  /** Microseconds of CPU of the server's process per request: all threads, user and system. */
  readonly cpuMicroseconds: Readonly<Record<string, number | null>>;
}

/** Compares the apps that serve a route. Each runs in its own process. */
export async function benchHttp(
  route: Served['route'],
  platform: Platform,
  rounds: number,
): Promise<HttpFigures> {
  const load = new Child<LoadCalls>(new URL('load.js', import.meta.url));
  const servers = CONTESTANTS[route].map((contestant) => ({ contestant, server: startServer() }));
  const cpu = new Map<string, number[]>();
  try {
    const contestants = await Promise.all(
      servers.map(async ({ contestant, server }): Promise<[string, Contestant]> => {
        const origin = await server.call('listen', { platform, route, contestant });
        const demand = { url: `${origin}${TARGETS[route]}`, seconds: ROUND_SECONDS };
        const run = async (): Promise<number> => {
          const before = await server.call('cpuMicroseconds');
          const perSecond = await load.call('requestsPerSecond', demand);
          const used = (await server.call('cpuMicroseconds')) - before;
          cpu.set(contestant, [...(cpu.get(contestant) ?? []), used / (perSecond * ROUND_SECONDS)]);
          return perSecond;
        };
        return [contestant, run];
      }),
    );
    const rates = await interleave(Object.fromEntries(contestants), rounds);
    // Without the first round, which is a warm-up.
    const cpuMicroseconds = [...cpu].map(([name, values]) => [name, median(values.slice(1))]);
    return { rates, cpuMicroseconds: Object.fromEntries(cpuMicroseconds) };
  } finally {
    load.stop();
    for (const { server } of servers) server.stop();
  }
}

/** @param nodeOptions such as `--expose-gc` */
export function startServer(nodeOptions: readonly string[] = []): Child<ServerCalls> {
  return new Child<ServerCalls>(new URL('server.js', import.meta.url), nodeOptions);
}
