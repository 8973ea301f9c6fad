import { LATENCY_BOUNDS_MS, latencyCounter } from './activity-counters.js';
import type { ActivityCount, ActivityCounter } from './activity-counters.js';

/** How far back the page looks. */
export const ACTIVITY_HOURS = 3;

const STEP_MS = 5 * 60_000;
const STEPS = (ACTIVITY_HOURS * 3_600_000) / STEP_MS;

/** What happened at a tenant within five minutes. */
export interface ActivityStep extends Record<ActivityCounter, number> {
  begin: Date;
  /** Milliseconds under which half of what was served lay, and 95 of 100; `undefined` where nothing was. */
  medianMs: number | undefined;
  p95Ms: number | undefined;
}

/** When the steps begin that end with the one that `now` is in. */
export function firstStep(now: Date): Date {
  const last = Math.floor(now.getTime() / STEP_MS) * STEP_MS;
  return new Date(last - (STEPS - 1) * STEP_MS);
}

/** The steps of the last hours, the youngest last, with zeros where nothing happened. */
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

/** Between the bounds of the histogram on a straight line, as Prometheus does; beyond the last, that bound. */
function quantile(total: ReadonlyMap<string, number>, share: number): number | undefined {
  const counts = LATENCY_BOUNDS_MS.map((bound) => total.get(latencyCounter(bound)) ?? 0);
  const wanted = share * counts.reduce((sum, count) => sum + count, 0);
  if (wanted === 0) return undefined;
  let below = 0;
  let lower = 0;
  for (const [index, upper] of LATENCY_BOUNDS_MS.entries()) {
    const count = counts[index] ?? 0;
    if (below + count >= wanted && count > 0) {
      return upper === Infinity ? lower : lower + ((upper - lower) * (wanted - below)) / count;
    }
    below += count;
    lower = upper;
  }
  return lower;
}
