import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import { startDocsEmulator } from 'mintlify-docs-emulator';
import type { DocsEmulator } from 'mintlify-docs-emulator';
import type { Browser, Page } from 'playwright-core';
import { BROWSER_TIMEOUT_MS, launchChromium } from '../support/chromium.support.js';

const site = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const otherKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const secret = new TextEncoder().encode('a secret of thirty-two characters');

const nowSeconds = (): number => Math.floor(Date.now() / 1_000);
const claims = () => ({
  expiresAt: nowSeconds() + 3_600,
  groups: ['engineering'],
  content: { firstName: 'Ada', lastName: 'Lovelace' },
});

const token = (algorithm: string, key: Parameters<SignJWT['sign']>[0], exp = nowSeconds() + 10) =>
  new SignJWT(claims()).setProtectedHeader({ alg: algorithm }).setExpirationTime(exp).sign(key);

const bad: [what: string, token: () => string | Promise<string>, message: RegExp][] = [
  ['expired', () => token('ES256', site.privateKey, nowSeconds() - 5), /expired/i],
  [
    'valid for too long',
    () => token('ES256', site.privateKey, nowSeconds() + 3_600),
    /too far in the future/i,
  ],
  [
    'signed with another key',
    () => token('ES256', otherKeys.privateKey),
    /not signed with a key of this docs site/i,
  ],
  ['of another algorithm', () => token('HS256', secret), /algorithm is HS256/i],
  [
    'without exp',
    () => new SignJWT(claims()).setProtectedHeader({ alg: 'ES256' }).sign(site.privateKey),
    /exp/,
  ],
  ['not a token', () => 'eyJub3Q.eyJhIjoi.dG9rZW4', /token/i],
];

describe('a token that the docs reject', () => {
  let emulator: DocsEmulator;
  let browser: Browser;

  beforeAll(async () => {
    emulator = await startDocsEmulator({
      port: 0,
      publicKeys: [site.publicKey],
      loginUrl: 'http://localhost:9/docs-login',
    });
    browser = await launchChromium();
  }, BROWSER_TIMEOUT_MS);

  afterAll(async () => {
    await browser?.close();
    await emulator?.close();
  });

  async function arrive(fragment: string, before?: string): Promise<Page> {
    const page = await browser.newPage();
    if (before !== undefined) await visit(page, before);
    // Another path, so that the page is reloaded instead of only changing its fragment.
    await visit(page, fragment, '/quickstart');
    return page;
  }

  async function visit(page: Page, fragment: string, path = '/introduction'): Promise<void> {
    await page.goto(`${emulator.url}${path}#${fragment}`);
    await page.waitForSelector('html[data-ready=true]');
  }

  it.each(bad)(
    '%s: shows an error and no user and leaves the visitor anonymous',
    async (_what, create, message) => {
      const page = await arrive(`jwt=${await create()}&anchor=step-one`);
      expect(await page.getByRole('alert').textContent()).toMatch(message);
      expect(await page.getByRole('link', { name: 'Log in' }).count()).toBe(1);
      expect(await page.getByTestId('visitor-name').count()).toBe(0);
      expect(await page.evaluate(() => window.mintlify?.user ?? null)).toBeNull();
      expect(page.url()).toBe(`${emulator.url}/quickstart#step-one`);
      await page.close();
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'ends an existing session',
    async () => {
      const page = await arrive(
        await token('ES256', otherKeys.privateKey),
        await token('ES256', site.privateKey),
      );
      expect(await page.getByTestId('visitor-name').count()).toBe(0);
      await page.close();
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'is distinguished from a valid one, in both forms of the fragment',
    async () => {
      for (const form of [(jwt: string) => jwt, (jwt: string) => `jwt=${jwt}&anchor=step-one`]) {
        const page = await arrive(form(await token('ES256', site.privateKey)));
        expect(await page.getByRole('alert').count()).toBe(0);
        expect(await page.getByTestId('visitor-name').textContent()).toBe('Ada Lovelace');
        expect(page.url()).not.toContain('eyJ');
        await page.close();
      }
    },
    BROWSER_TIMEOUT_MS,
  );
});
