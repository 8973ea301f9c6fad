import type { Clock } from '../time/clock.js';

/**
 * Formats the time as ISO 8601, UTC, with milliseconds. Formatting is the most expensive part of an event, so it is done
 * once per millisecond.
 *
 * @internal
 */
export class IsoTimestamp {
  readonly #clock: Clock;
  #lastMs = Number.NaN;
  #lastText = '';

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The current time. */
  now(): string {
    const nowMs = this.#clock.now();
    if (nowMs === this.#lastMs) return this.#lastText;
    const date = new Date(nowMs);
    // If the host app's clock returns no valid time, the event must still be recorded.
    if (Number.isNaN(date.getTime())) return new Date().toISOString();
    this.#lastMs = nowMs;
    return (this.#lastText = date.toISOString());
  }
}
