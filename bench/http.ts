import { Child } from './child-calls.js';
import type { LoadCalls } from './load.js';
import { interleave, type Contestant } from './rounds.js';
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

/** Requests per second on 32 connections, for each app that serves a route. Each app runs in its own process. */
export async function benchHttp(
  route: Served['route'],
  platform: Platform,
  rounds: number,
): Promise<Record<string, number | null>> {
  const load = new Child<LoadCalls>(new URL('load.js', import.meta.url));
  const servers = CONTESTANTS[route].map((contestant) => ({ contestant, server: startServer() }));
  try {
    const contestants = await Promise.all(
      servers.map(async ({ contestant, server }): Promise<[string, Contestant]> => {
        const origin = await server.call('listen', { platform, route, contestant });
        const demand = { url: `${origin}${TARGETS[route]}`, seconds: ROUND_SECONDS };
        return [contestant, () => load.call('requestsPerSecond', demand)];
      }),
    );
    return await interleave(Object.fromEntries(contestants), rounds);
  } finally {
    load.stop();
    for (const { server } of servers) server.stop();
  }
}

/** @param nodeOptions such as `--expose-gc` */
export function startServer(nodeOptions: readonly string[] = []): Child<ServerCalls> {
  return new Child<ServerCalls>(new URL('server.js', import.meta.url), nodeOptions);
}
