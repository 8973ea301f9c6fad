import { median } from 'simple-statistics';
import { startServer, TARGETS } from './http.js';
import type { Served } from './server.js';
import { Connections, type Outcome } from './soak/connections.js';
import { REQUEST_HEADERS } from './request-headers.js';

const CONNECTIONS = 8;
const REQUESTS_PER_ROUND = 1_000;

/** So few that their allocations fit into the young generation: no scavenge runs during a request. */
const REQUESTS_PER_BATCH = 100;

/** Requests before the first round, while code is compiled and caches fill. */
const WARM_UP_REQUESTS = 3_000;

/** The memory that one handled request leaves on the heap. */
export interface MemoryFigures {
  /** Bytes per request that only a major collection frees. */
  readonly keptBytes: number;
}

/**
 * The memory of a request on Fastify that a scavenge does not free. It stays until the next major collection, and makes
 * that one run sooner.
 *
 * A separate process serves the app with `--expose-gc`. Each round starts with a major collection and then sends batches of
 * requests. After each batch, the young generation is collected twice. The result of a round is the growth of the heap
 * since the first batch, divided by the requests since then. The result is the median of the rounds.
 *
 * @param count the number of rounds
 */
export async function benchMemory(route: Served['route'], count: number): Promise<MemoryFigures> {
  const server = startServer(['--expose-gc']);
  try {
    const origin = await server.call('listen', {
      platform: 'fastify',
      route,
      contestant: 'ours',
    });
    const connections = new Connections(origin, CONNECTIONS);
    await send(connections, route, WARM_UP_REQUESTS);
    const rounds: number[] = [];
    while (rounds.length < count) {
      await server.call('collectAll');
      await send(connections, route, REQUESTS_PER_BATCH);
      const before = await server.call('bytesAfterScavenge');
      let after = before;
      for (let sent = 0; sent < REQUESTS_PER_ROUND; sent += REQUESTS_PER_BATCH) {
        await send(connections, route, REQUESTS_PER_BATCH);
        after = await server.call('bytesAfterScavenge');
      }
      rounds.push((after - before) / REQUESTS_PER_ROUND);
    }
    await connections.close();
    return { keptBytes: Math.round(median(rounds)) };
  } finally {
    server.stop();
  }
}

/** Sends the given number of requests on all connections, and waits for the responses. */
async function send(connections: Connections, route: Served['route'], count: number): Promise<void> {
  let left = count;
  const ask = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      check(await new Promise<Outcome>((resolve) => connections.send(requestFor(route), resolve)));
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, ask));
}

function requestFor(route: Served['route']): { path: string; headers: Record<string, string> } {
  return { path: TARGETS[route], headers: { ...REQUEST_HEADERS } };
}

function check(outcome: Outcome): void {
  if ('status' in outcome && (outcome.status === 200 || outcome.status === 302)) return;
  throw new Error(`A request failed: ${'status' in outcome ? outcome.status : outcome.failure}.`);
}
