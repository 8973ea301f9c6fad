/** @internal The year 5138 in seconds since the epoch, 1973 in milliseconds: larger values must be milliseconds. */
export const MAX_EXPIRY_SECONDS = 99_999_999_999;

/**
 * Finds what is wrong with an `expiresAt`.
 *
 * Milliseconds are a common mistake (`spec/handshakes.md`, section 1): the docs would keep the data for 50,000 years.
 *
 * @internal
 * @param nowSeconds seconds since the epoch
 */
export function findExpiryMistake(
  expiresAt: unknown,
  nowSeconds: number,
  maxExpiresInDays: number,
): string | undefined {
  if (typeof expiresAt !== 'number' || !Number.isFinite(expiresAt)) {
    return 'must be a number: seconds since the epoch, for example Math.floor(Date.now() / 1000) + 3600.';
  }
  if (expiresAt > MAX_EXPIRY_SECONDS) {
    return 'looks like milliseconds, but must be seconds since the epoch. Divide it by 1000 and round it down.';
  }
  if (!Number.isInteger(expiresAt)) return 'must be whole seconds. Round it down with Math.floor().';
  if (expiresAt <= nowSeconds)
    return 'is in the past. Set the time at which the docs should delete the user.';
  if (expiresAt > nowSeconds + maxExpiresInDays * 86_400) {
    return `is more than ${maxExpiresInDays} days ahead. Set an earlier time.`;
  }
  return undefined;
}
