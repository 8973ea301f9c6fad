import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 1;
const NANOSECONDS = 1_000_000;

/** The state of the idle server process, and its figures since the last sample. */
export interface ServerSample {
  /** Measured after a forced collection. */
  readonly heapBytes: number;
  /** The handles that keep the process alive, counted by type. */
  readonly handles: Readonly<Record<string, number>>;
  readonly eventLoopDelayP99Ms: number;
  /** Unanswered requests now, and their maximum. */
  readonly inFlight: number;
  readonly maxInFlight: number;
  /** Since the start. */
  readonly auditEvents: number;
}

/** Takes samples of this process, which needs `--expose-gc`. */
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
    // Read first: a forced collection blocks the event loop, which is not the fault of a request.
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
  // Objects with finalizers or weak references need more than one collection.
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
