import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

/** Seconds enough to unpack Chromium on a slow machine the first time. */
export const BROWSER_TIMEOUT_MS = 120_000;

/**
 * Starts a headless Chromium: the one inside a registry package, with the system libraries it needs, so that
 * the tests run on a machine with Node alone; or the one that `CHROMIUM_PATH` names.
 *
 * @param flags of Chromium's own, beside those that every test needs
 */
export async function launchChromium(flags: string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: await findChromium(),
    // The package's own flags would switch off web security, which these tests are about.
    args: ['--headless=shell', '--no-sandbox', '--disable-gpu', '--disable-background-networking', ...flags],
  });
}

/** The path of that Chromium. */
export async function findChromium(): Promise<string> {
  return process.env.CHROMIUM_PATH ?? unpackChromium();
}

async function unpackChromium(): Promise<string> {
  // The package unpacks the system libraries only where it believes it runs without any.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs22.x';
  const { default: packaged } = await import('@sparticuz/chromium');
  return packaged.executablePath();
}

declare global {
  interface Window {
    /** What a docs page tells its scripts (`spec/handshakes.md`, section 6). */
    mintlify?: { user?: Record<string, unknown> | null };
    /** The detail of the last `mintlify:user` event, where a test listens. */
    heard?: unknown;
  }
}
