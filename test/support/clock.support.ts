import type { Clock } from 'nestjs-mintlify-personalization';
import type { MonotonicClock } from '../../libs/mintlify-personalization/src/time/monotonic-clock.js';

/** 2030-01-01, half a second after midnight: a time that no whole second hides. */
export const NOW_MS = Date.UTC(2030, 0, 1) + 500;
export const NOW_SECONDS = Math.floor(NOW_MS / 1_000);

/** A clock that stands still until it is set. */
export class StoppedClock implements Clock {
  constructor(public nowMs: number = NOW_MS) {}

  now(): number {
    return this.nowMs;
  }
}

/** Time that passes when a test says so. It does not begin at 0: no running process does. */
export class HandMovedClock implements MonotonicClock {
  #nowMs = 1_000_000;

  now(): number {
    return this.#nowMs;
  }

  pass(seconds: number): void {
    this.#nowMs += seconds * 1_000;
  }
}

/** A promise that a test settles by hand. */
export class Held<T> {
  resolve!: (value: T) => void;
  reject!: (error: Error) => void;
  readonly promise = new Promise<T>((resolve, reject) => {
    this.resolve = resolve;
    this.reject = reject;
  });
}
