import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { SAMPLE_DIRECTORY } from 'mintlify-docs-emulator';
import { BackendProcess } from './backend-process.support.js';
import { BROWSER_TIMEOUT_MS, launchChromium } from './chromium.support.js';

/** What `npm start` brings, and Chromium before it: one for a suite, with a new visitor in each test. */
export interface Demo {
  backend: BackendProcess;
  browser: Browser;
  context: BrowserContext;
  page: Page;
  backendUrl: string;
  docsUrl: string;
  privateDocsUrl: string;
  sessionDocsUrl: string;
  oauthDocsUrl: string;
  consoleUrl: string;
  consoleDocsUrl: string;
}

/**
 * Starts and stops a demo around the tests of a suite. What it gives is filled in before each of them.
 *
 * The public docs are the emulator's sample, whose pages these suites know, unless the environment says otherwise.
 *
 * @param environment of the backend, made before it starts.
 */
export function useDemo(
  environment: () => Record<string, string> | Promise<Record<string, string>> = () => ({}),
): Demo {
  const demo = {} as Demo;

  beforeAll(async () => {
    demo.backend = new BackendProcess({ DOCS_DIRECTORY: SAMPLE_DIRECTORY, ...(await environment()) });
    const [, ...urls] = await demo.backend.says(
      /Backend +(\S+)\nDocs +(\S+)\nPrivate docs +(\S+)\nSession docs +(\S+)\nOAuth docs +(\S+)\nAcme Console +(\S+)\nConsole docs +(\S+)\n[^]*Ctrl-C/,
    );
    [
      demo.backendUrl = '',
      demo.docsUrl = '',
      demo.privateDocsUrl = '',
      demo.sessionDocsUrl = '',
      demo.oauthDocsUrl = '',
      demo.consoleUrl = '',
      demo.consoleDocsUrl = '',
    ] = urls;
    demo.browser = await launchChromium();
  }, BROWSER_TIMEOUT_MS);

  afterAll(async () => {
    await demo.browser?.close();
    demo.backend?.child.kill('SIGTERM');
    await demo.backend?.ends();
  }, BROWSER_TIMEOUT_MS);

  beforeEach(async () => {
    demo.context = await demo.browser.newContext();
    demo.page = await demo.context.newPage();
  });

  afterEach(async () => {
    await demo.context.close();
  });

  return demo;
}
