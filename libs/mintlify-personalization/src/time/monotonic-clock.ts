/** Measures elapsed time, even if the wall clock is changed: for the age of cached values. */
export interface MonotonicClock {
  /** Milliseconds since an arbitrary moment. */
  now(): number;
}

/** @internal Injection token of the {@link MonotonicClock}, for tests that let time pass. */
export const MONOTONIC_CLOCK = Symbol('MONOTONIC_CLOCK');

/** The monotonic clock of the machine. */
export const monotonicClock: MonotonicClock = { now: () => performance.now() };
