import { LATENCY_BOUNDS_MS, latencyCounter } from './activity-counters.js';
import type { ActivityCount, ActivityCounter } from './activity-counters.js';

/** How many hours the page shows. */
export const ACTIVITY_HOURS = 3;

const STEP_MS = 5 * 60_000;
const STEPS = (ACTIVITY_HOURS * 3_600_000) / STEP_MS;

/** The activity of a tenant within five minutes. */
export interface ActivityStep extends Record<ActivityCounter, number> {
  begin: Date;
  /** Median latency of the successful logins and lookups; `undefined` if there were none. */
  medianMs: number | undefined;
  /** 95th percentile of the same latencies. */
  p95Ms: number | undefined;
}

/** The start of the first step; the last step is the one that contains `now`. */
export function firstStep(now: Date): Date {
  const last = Math.floor(now.getTime() / STEP_MS) * STEP_MS;
  return new Date(last - (STEPS - 1) * STEP_MS);
}

/** The steps of the last hours, oldest first, with zeros where nothing happened. */
export function activitySteps(counts: readonly ActivityCount[], now: Date): ActivityStep[] {
  const begin = firstStep(now).getTime();
  const totals = Array.from({ length: STEPS }, () => new Map<string, number>());
  for (const { minute, name, count } of counts) {
    const total = totals[Math.floor((minute.getTime() - begin) / STEP_MS)];
    total?.set(name, (total.get(name) ?? 0) + count);
  }
  return totals.map((total, index) => ({
    logins: total.get('logins') ?? 0,
    lookups: total.get('lookups') ?? 0,
    refusals: total.get('refusals') ?? 0,
    begin: new Date(begin + index * STEP_MS),
    medianMs: quantile(total, 0.5),
    p95Ms: quantile(total, 0.95),
  }));
}

/** Interpolates linearly within a histogram bucket, as Prometheus does; in the open last bucket, gives its lower bound. */
function quantile(total: ReadonlyMap<string, number>, share: number): number | undefined {
  const counts = LATENCY_BOUNDS_MS.map((bound) => total.get(latencyCounter(bound)) ?? 0);
  const rank = share * counts.reduce((sum, count) => sum + count, 0);
  if (rank === 0) return undefined;
  let below = 0;
  let lower = 0;
  for (const [index, upper] of LATENCY_BOUNDS_MS.entries()) {
    const count = counts[index] ?? 0;
    if (below + count >= rank && count > 0) {
      return upper === Infinity ? lower : lower + ((upper - lower) * (rank - below)) / count;
    }
    below += count;
    lower = upper;
  }
  return lower;
}
