import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 1;
const NANOSECONDS = 1_000_000;

/** The state of the server process while it has nothing to do, and what happened since it was last asked. */
export interface ServerSample {
  /** After a forced collection. */
  readonly heapBytes: number;
  /** What keeps the process alive, counted by kind. */
  readonly handles: Readonly<Record<string, number>>;
  readonly eventLoopDelayP99Ms: number;
  /** Requests without an answer now, and the most there were at once. */
  readonly inFlight: number;
  readonly maxInFlight: number;
  /** Since the start. */
  readonly auditEvents: number;
}

/** Looks at this process; `--expose-gc` is needed. */
export class ServerProbe {
  readonly #delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  #inFlight = 0;
  #maxInFlight = 0;

  constructor(
    server: Server,
    private readonly countAuditEvents: () => number,
  ) {
    this.#delay.enable();
    server.on('request', (_request: IncomingMessage, response: ServerResponse) => {
      this.#inFlight += 1;
      this.#maxInFlight = Math.max(this.#maxInFlight, this.#inFlight);
      response.once('close', () => (this.#inFlight -= 1));
    });
  }

  async sample(): Promise<ServerSample> {
    // Its figures are read first: a forced collection holds the loop up, and is no request's doing.
    const eventLoopDelayP99Ms = Math.max(0, this.#delay.percentile(99) / NANOSECONDS - RESOLUTION_MS);
    const maxInFlight = this.#maxInFlight;
    const heapBytes = await heapAfterCollection();
    this.#delay.reset();
    this.#maxInFlight = this.#inFlight;
    return {
      heapBytes,
      handles: countByName(process.getActiveResourcesInfo()),
      eventLoopDelayP99Ms,
      inFlight: this.#inFlight,
      maxInFlight,
      auditEvents: this.countAuditEvents(),
    };
  }
}

async function heapAfterCollection(): Promise<number> {
  if (globalThis.gc === undefined) throw new Error('Start node with --expose-gc.');
  // What has a finalizer, or a weak reference to it, needs more than one.
  for (let round = 0; round < 3; round += 1) {
    await new Promise(setImmediate);
    globalThis.gc();
  }
  return process.memoryUsage().heapUsed;
}

function countByName(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
