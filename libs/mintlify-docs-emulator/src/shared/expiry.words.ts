const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

// The year 2286 in seconds; the same digits in milliseconds are a day of 1970 to 2286.
const LATEST_PLAUSIBLE_SECONDS = 10_000_000_000;

/**
 * Says in words when a visitor's data expires.
 *
 * @param expiresAt seconds since the epoch, or absent.
 * @param nowMs the present, in milliseconds since the epoch.
 * @example
 * expiryWords(7200, 0); // 'in 2 hours'
 * expiryWords(undefined, 0); // 'when this browser session ends, since there is no expiresAt'
 */
export function expiryWords(expiresAt: number | undefined, nowMs: number): string {
  if (expiresAt === undefined) return 'when this browser session ends, since there is no expiresAt';
  if (expiresAt > LATEST_PLAUSIBLE_SECONDS) {
    return 'in thousands of years: expiresAt looks like milliseconds, and it must be seconds';
  }
  const seconds = Math.round(expiresAt - nowMs / 1000);
  const [unit, length] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
  return new Intl.RelativeTimeFormat('en').format(Math.round(seconds / length), unit);
}
