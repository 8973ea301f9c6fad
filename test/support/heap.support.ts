import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/** Has the engine collect what is not in use any more. */
export const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes that are still in use when the rest is collected. */
export async function heapInUse(): Promise<number> {
  for (let round = 0; round < 3; round += 1) {
    await new Promise(setImmediate);
    collectGarbage();
  }
  return process.memoryUsage().heapUsed;
}
