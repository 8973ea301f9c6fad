/** What is counted in each minute, beside the times of {@link LATENCY_BOUNDS_MS}. */
export const ACTIVITY_COUNTERS = ['logins', 'lookups', 'refusals'] as const;

/** `logins`: tokens for the docs. `lookups`: docs that asked who the visitor is. `refusals`: of both. */
export type ActivityCounter = (typeof ACTIVITY_COUNTERS)[number];

/** How the time of what was served is counted: up to each of these milliseconds, and beyond the last. */
export const LATENCY_BOUNDS_MS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, Infinity] as const;

/** How often something happened at a tenant within one minute. */
export interface ActivityCount {
  tenantId: string;
  /** The start of the minute. */
  minute: Date;
  /** An {@link ActivityCounter}, or {@link latencyCounter} of a bound. */
  name: string;
  count: number;
}

/** The name under which what took up to `boundMs` is counted. */
export function latencyCounter(boundMs: number): string {
  return `latency_${boundMs}`;
}
