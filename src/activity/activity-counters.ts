/** What is counted in each minute, besides the latencies of {@link LATENCY_BOUNDS_MS}. */
export const ACTIVITY_COUNTERS = ['logins', 'lookups', 'refusals'] as const;

/** `logins`: tokens for the docs. `lookups`: user-info requests by the docs. `refusals`: either of them, refused. */
export type ActivityCounter = (typeof ACTIVITY_COUNTERS)[number];

/** The upper bounds of the latency histogram, in milliseconds. */
export const LATENCY_BOUNDS_MS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, Infinity] as const;

/** How often something happened for a tenant within one minute. */
export interface ActivityCount {
  tenantId: string;
  /** The start of the minute. */
  minute: Date;
  /** An {@link ActivityCounter}, or the {@link latencyCounter} of a bound. */
  name: string;
  count: number;
}

/** The name of the histogram bucket up to `boundMs`. */
export function latencyCounter(boundMs: number): string {
  return `latency_${boundMs}`;
}
