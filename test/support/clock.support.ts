import type { Clock } from 'nestjs-mintlify-personalization';

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
