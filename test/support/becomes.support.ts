import { expect } from '@jest/globals';

/** Longer than a page takes to follow a click while everything else runs beside it. */
const LIMIT_MS = 15_000;

/**
 * Reads until it equals what is expected: a page follows a click a moment after it, so a single reading would depend on time.
 *
 * @param expected - As of `toEqual`: `expect.stringContaining('…')` too.
 */
export async function becomes(read: () => Promise<unknown>, expected: unknown): Promise<void> {
  const start = performance.now();
  for (;;) {
    try {
      expect(await read()).toEqual(expected);
      return;
    } catch (error) {
      if (performance.now() - start > LIMIT_MS) throw error;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}
