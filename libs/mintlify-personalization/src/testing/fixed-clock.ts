import type { Clock } from '../time/clock.js';

/**
 * A clock that stands still until it is set: for `overrideProvider(CLOCK)`, and for `verifyDocsToken` and `toIdentify`,
 * which must see the same time as the library.
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
   * @param at a date, a text that `Date` reads, or milliseconds since the epoch. Default: the time at which it is made
   * @throws TypeError for what is no date
   */
  constructor(at: Date | string | number = Date.now()) {
    this.#nowMs = readTime(at);
  }

  /** Milliseconds since the epoch: always the same. */
  now(): number {
    return this.#nowMs;
  }

  /**
   * Sets it to another time.
   *
   * @throws TypeError for what is no date
   */
  set(at: Date | string | number): void {
    this.#nowMs = readTime(at);
  }

  /**
   * Sets it forward.
   *
   * @param seconds may be a fraction; a negative number sets it back
   * @throws TypeError for what is no number
   */
  advanceSeconds(seconds: number): void {
    this.#nowMs = readTime(this.#nowMs + seconds * 1_000);
  }
}

function readTime(at: Date | string | number): number {
  const milliseconds = new Date(at).getTime();
  if (Number.isNaN(milliseconds)) {
    throw new TypeError(
      "FixedClock needs a date: a Date, a text such as '2030-01-01T00:00:00Z', or milliseconds.",
    );
  }
  return milliseconds;
}
