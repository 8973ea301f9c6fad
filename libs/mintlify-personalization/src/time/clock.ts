/**
 * Tells the time of day. Everything in this library that writes or compares a date asks this one place.
 */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

/**
 * The token of the {@link Clock}, for tests that must hold the time still.
 *
 * @example
 * ```ts
 * Test.createTestingModule({ imports: [AppModule] })
 *   .overrideProvider(CLOCK)
 *   .useValue({ now: () => Date.UTC(2030, 0, 1) });
 * ```
 */
export const CLOCK = Symbol('CLOCK');

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now() };
