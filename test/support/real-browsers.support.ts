import { existsSync } from 'node:fs';
import { launch } from 'puppeteer-core';
import type { Browser } from 'puppeteer-core';
import { findChromium } from './chromium.support.js';

/** Where Debian and Ubuntu install Firefox. */
const FIREFOX_PATHS = ['/usr/bin/firefox-esr', '/usr/bin/firefox'];

/** Starts the Firefox of this machine, or the one that `FIREFOX_PATH` names, headless, by WebDriver BiDi. */
export async function launchFirefox(): Promise<Browser> {
  return launch({ browser: 'firefox', executablePath: findFirefox(), headless: true });
}

/** Starts a headless Chromium with the same driver, for tests that run in both. */
export async function launchSameInChromium(): Promise<Browser> {
  return launch({
    browser: 'chrome',
    executablePath: await findChromium(),
    headless: 'shell',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}

function findFirefox(): string {
  const path = process.env.FIREFOX_PATH ?? FIREFOX_PATHS.find((each) => existsSync(each));
  if (path !== undefined) return path;
  throw new Error(
    'Firefox is not installed. Install it with "apt-get install firefox-esr", or set FIREFOX_PATH.',
  );
}
