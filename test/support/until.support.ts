/** So that a test whose condition never comes fails, and lets the next one run. */
const LIMIT_MS = 4_000;

/** Waits for something that comes over the network, such as a request that goes on in the background. */
export async function until(condition: () => boolean | Promise<boolean>, limitMs = LIMIT_MS): Promise<void> {
  const start = performance.now();
  while (!(await condition())) {
    if (performance.now() - start > limitMs) throw new Error(`This never came: ${String(condition)}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
