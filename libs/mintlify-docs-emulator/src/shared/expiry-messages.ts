const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

// The year 2286 in seconds. A larger number is probably in milliseconds.
const MAX_PLAUSIBLE_SECONDS = 10_000_000_000;

/**
 * Describes when a visitor's data expires.
 *
 * @param expiresAt seconds since the epoch, or absent.
 * @param nowMs the current time, in milliseconds since the epoch.
 * @example
 * describeExpiry(7200, 0); // 'in 2 hours'
 * describeExpiry(undefined, 0); // 'when this browser session ends, since there is no expiresAt'
 */
export function describeExpiry(expiresAt: number | undefined, nowMs: number): string {
  if (expiresAt === undefined) return 'when this browser session ends, since there is no expiresAt';
  if (expiresAt > MAX_PLAUSIBLE_SECONDS) {
    return 'in thousands of years: expiresAt looks like milliseconds, and it must be seconds';
  }
  const seconds = Math.round(expiresAt - nowMs / 1000);
  const [unit, length] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
  return new Intl.RelativeTimeFormat('en').format(Math.round(seconds / length), unit);
}
