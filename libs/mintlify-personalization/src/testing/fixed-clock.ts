import type { Clock } from '../time/clock.js';

/**
 * A clock that only changes when you set it: for `overrideProvider(CLOCK)`, and for `verifyDocsToken` and `toIdentify`,
 * which need the same time as the library.
 *
 * @example
 * ```ts
 * const clock = new FixedClock('2030-01-01T00:00:00Z');
 * Test.createTestingModule({ imports: [AppModule] }).overrideProvider(CLOCK).useValue(clock);
 * clock.advanceSeconds(11); // a token from before has expired
 * ```
 */
export class FixedClock implements Clock {
  #nowMs: number;

  /**
   * @param at a date, a string that `Date` can parse, or milliseconds since the epoch. Default: the current time
   * @throws TypeError if it is not a date
   */
  constructor(at: Date | string | number = Date.now()) {
    this.#nowMs = readTime(at);
  }

  /** Milliseconds since the epoch. */
  now(): number {
    return this.#nowMs;
  }

  /**
   * Sets another time.
   *
   * @throws TypeError if it is not a date
   */
  set(at: Date | string | number): void {
    this.#nowMs = readTime(at);
  }

  /**
   * Moves the clock forward.
   *
   * @param seconds may be a fraction; a negative number moves it back
   * @throws TypeError if it is not a number
   */
  advanceSeconds(seconds: number): void {
    this.#nowMs = readTime(this.#nowMs + seconds * 1_000);
  }
}

function readTime(at: Date | string | number): number {
  const milliseconds = new Date(at).getTime();
  if (Number.isNaN(milliseconds)) {
    throw new TypeError(
      "FixedClock needs a date: a Date, a string such as '2030-01-01T00:00:00Z', or milliseconds.",
    );
  }
  return milliseconds;
}
