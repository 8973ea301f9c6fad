import type { Clock } from '../time/clock.js';

/**
 * Writes the time as ISO 8601, UTC, with milliseconds: once for all events of a millisecond, for it is what costs most of
 * them.
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

  /** The time now. */
  now(): string {
    const nowMs = this.#clock.now();
    if (nowMs === this.#lastMs) return this.#lastText;
    const date = new Date(nowMs);
    // A clock of the host app that tells no time must not keep an event back.
    if (Number.isNaN(date.getTime())) return new Date().toISOString();
    this.#lastMs = nowMs;
    return (this.#lastText = date.toISOString());
  }
}
