import { setImmediate as nextTurn } from 'node:timers/promises';

/** Turns of the event loop that a finished request may still need: for `close` events, timers and microtasks. */
const TURNS = 5;

/** Measures the heap of this process, which needs `--expose-gc`. */
export class HeapProbe {
  /** Runs a full garbage collection. */
  async collectAll(): Promise<void> {
    await settle();
    collect('major');
    collect('major');
  }

  /**
   * Bytes in use after two scavenges. The first frees the unreferenced objects of the young generation, the second frees
   * what only those referred to.
   */
  async bytesAfterScavenge(): Promise<number> {
    await settle();
    collect('minor');
    collect('minor');
    return process.memoryUsage().heapUsed;
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) await nextTurn();
}

function collect(type: 'major' | 'minor'): void {
  if (globalThis.gc === undefined) throw new Error('Start this process with --expose-gc.');
  globalThis.gc({ type });
}
