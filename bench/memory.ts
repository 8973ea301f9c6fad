import { median } from 'simple-statistics';
import { startServer, TARGETS } from './http.js';
import type { Served } from './server.js';
import { Connections, type Outcome } from './soak/connections.js';
import { REQUEST_HEADERS } from './request-headers.js';

const CONNECTIONS = 8;
const REQUESTS_PER_ROUND = 1_000;

/** Few enough that the young generation holds all that they allocate: no scavenge happens while one is on its way. */
const REQUESTS_PER_BATCH = 100;

/** Before the first round: code is compiled, caches fill. */
const WARM_UP_REQUESTS = 3_000;

/** What one handled request leaves on the heap. */
export interface MemoryFigures {
  /** Bytes for each request that only a major collection frees. */
  readonly keptBytes: number;
}

/**
 * What a request leaves behind that a scavenge does not free, on Fastify. Whatever it is stays until the next major
 * collection, and makes that one come sooner.
 *
 * A process of its own serves the app, with `--expose-gc`. Each round begins with a major collection. Then requests come
 * in batches; after each batch, when all answers have arrived, the young generation is collected twice. The heap's growth
 * since the first batch, by the requests since then, is the figure of the round. The median of the rounds counts.
 *
 * @param count how many rounds
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

/** Sends as many requests as said, on all connections, and waits for their answers. */
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
