import { setImmediate as nextTurn } from 'node:timers/promises';

/** Turns of the event loop after an answer in which what belongs to it ends: `close` events, timers, microtasks. */
const TURNS = 5;

/** Looks at the heap of this process, which has to run with `--expose-gc`. */
export class HeapProbe {
  /** Frees all that can be freed. */
  async collectAll(): Promise<void> {
    await settle();
    collect('major');
    collect('major');
  }

  /**
   * Bytes in use after two scavenges. The first one frees the young generation but for what something still refers to,
   * the second one what was only held by that.
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
