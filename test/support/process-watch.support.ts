import { until } from './until.support.js';

/** The process itself, from `test/faults/faults.environment.js`: the one that specs see is a copy that hears of nothing. */
const { realProcess } = globalThis as unknown as { realProcess: NodeJS.Process };

/** What was not handled since the last look. */
const unhandled: unknown[] = [];

/** Keeps every rejection and exception of this process that is not handled, until the function that it gives is called. */
export function watchProcess(): () => void {
  const keep = (error: unknown): void => void unhandled.push(error);
  realProcess.on('unhandledRejection', keep);
  realProcess.on('uncaughtException', keep);
  return () => {
    realProcess.off('unhandledRejection', keep);
    realProcess.off('uncaughtException', keep);
  };
}

/** What was not handled since the last call. Node says so a turn after the microtasks are done. */
export async function takeUnhandled(): Promise<unknown[]> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
  return unhandled.splice(0);
}

/** How many timers, sockets and other handles keep this process alive, by their kind. */
export function countResources(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const kind of realProcess.getActiveResourcesInfo()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

/** What there is more of than before, once all that is about to end has ended: nothing, unless something leaks. */
export async function findLeaks(before: ReadonlyMap<string, number>): Promise<string[]> {
  const leaks = (): string[] =>
    [...countResources()].flatMap(([kind, count]) =>
      Array.from({ length: Math.max(0, count - (before.get(kind) ?? 0)) }, () => kind),
    );
  await until(() => leaks().length === 0).catch(() => undefined);
  return leaks();
}
