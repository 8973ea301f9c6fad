/**
 * Tells the current time. Everything in this library that writes or compares a date uses it.
 */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

/**
 * Injection token of the {@link Clock}: override it in tests that need a fixed time.
 *
 * @example
 * ```ts
 * Test.createTestingModule({ imports: [AppModule] })
 *   .overrideProvider(CLOCK)
 *   .useValue({ now: () => Date.UTC(2030, 0, 1) });
 * ```
 */
export const CLOCK = Symbol('CLOCK');

/** The clock of the machine. */
export const systemClock: Clock = { now: () => Date.now() };
