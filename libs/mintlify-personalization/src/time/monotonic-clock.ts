/** Tells how much time has passed, whatever is done to the time of day: for ages of what is cached. */
export interface MonotonicClock {
  /** Milliseconds since some moment in the past. */
  now(): number;
}

/** @internal The token of the {@link MonotonicClock}, for tests that let time pass. */
export const MONOTONIC_CLOCK = Symbol('MONOTONIC_CLOCK');

/** The machine's own. */
export const monotonicClock: MonotonicClock = { now: () => performance.now() };
