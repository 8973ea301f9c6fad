import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { BROWSER_TIMEOUT_MS } from '../support/chromium.support.js';
import { useDemo } from '../support/demo.support.js';

const TOKEN_OR_CODE = /eyJ[\w-]{10,}|[?&#](?:code|state|access_token)=/;

/** The demo accounts and their names in the docs. */
const VISITORS = [
  { email: 'ada@acme.example', name: 'Ada Lovelace' },
  { email: 'grace@globex.example', name: 'Grace' },
  { email: 'peter@initech.example', name: 'Peter Gibbons' },
];

describe('the shared-session and OAuth docs of the reference backend', () => {
  const demo = useDemo();
  let backendUrl: string;
  let sessionDocsUrl: string;
  let oauthDocsUrl: string;
  let page: Page;

  beforeEach(() => {
    ({ backendUrl, sessionDocsUrl, oauthDocsUrl, page } = demo);
  });

  async function openDocs(url: string): Promise<void> {
    await page.goto(url);
    await page.waitForSelector('html[data-ready=true]');
  }

  async function fillLogin(email: string): Promise<void> {
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password').fill('docs-demo');
    await page.getByRole('button', { name: 'Log in' }).click();
  }

  const visitorName = () => page.getByTestId('visitor-name').textContent();

  /** The requests of the handshake, as listed in the panel. */
  async function requestsInPanel(): Promise<string[]> {
    await page.getByRole('button', { name: 'User data' }).click();
    return page.getByTestId('requests').getByRole('listitem').allTextContents();
  }

  it.each(VISITORS)(
    'identify $name by the session of the backend',
    async ({ email, name }) => {
      await openDocs(`${sessionDocsUrl}/quickstart`);
      await page.getByRole('link', { name: 'Log in' }).click();
      await fillLogin(email);
      await page.getByRole('link', { name: 'Shared session' }).click();
      await page.getByTestId('visitor-name').waitFor();
      expect(await visitorName()).toBe(name);
      const [latest, first] = await requestsInPanel();
      expect(latest).toContain(`200 GET ${backendUrl}/docs/user-info`);
      expect(first).toMatch(/401 .*The API found no session: log in first/);
    },
    BROWSER_TIMEOUT_MS,
  );

  it.each(VISITORS)(
    'identify $name by an access token, on the page and anchor where the login started',
    async ({ email, name }) => {
      await openDocs(`${oauthDocsUrl}/quickstart#step-one`);
      await page.getByRole('button', { name: 'Log in' }).click();
      await fillLogin(email);
      await page.getByTestId('visitor-name').waitFor();
      expect(await visitorName()).toBe(name);
      expect(page.url()).toBe(`${oauthDocsUrl}/quickstart#step-one`);
      const [info, token] = await requestsInPanel();
      expect(info).toContain(`200 GET ${backendUrl}/docs/oauth/user-info`);
      expect(token).toContain(`200 POST ${backendUrl}/oidc/token`);
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'leave no code or token in the URL, the history or the storage of the browser',
    async () => {
      await openDocs(`${oauthDocsUrl}/quickstart`);
      await page.getByRole('button', { name: 'Log in' }).click();
      await fillLogin('ada@acme.example');
      await page.getByTestId('visitor-name').waitFor();
      const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));
      expect(kept).toContain('Lovelace');
      expect(kept).not.toMatch(TOKEN_OR_CODE);
      expect(page.url()).not.toMatch(TOKEN_OR_CODE);
      await page.goBack();
      expect(page.url()).not.toMatch(TOKEN_OR_CODE);
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'do not ask a logged-in visitor again, and identify the visitor who is logged in now',
    async () => {
      await openDocs(`${oauthDocsUrl}/quickstart`);
      await page.getByRole('button', { name: 'Log in' }).click();
      await fillLogin('ada@acme.example');
      await page.getByTestId('visitor-name').waitFor();
      await page.getByRole('button', { name: 'Log out' }).click();
      await page.getByRole('button', { name: 'Log in' }).click();
      await page.getByTestId('visitor-name').waitFor();
      expect(await visitorName()).toBe('Ada Lovelace');

      await page.goto(backendUrl);
      await page.getByRole('button', { name: 'Log out' }).click();
      await page.getByRole('link', { name: 'Log in' }).click();
      await fillLogin('grace@globex.example');
      await openDocs(`${oauthDocsUrl}/quickstart`);
      await page.getByRole('button', { name: 'Log out' }).click();
      await page.getByRole('button', { name: 'Log in' }).click();
      await page.getByTestId('visitor-name').waitFor();
      expect(await visitorName()).toBe('Grace');
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'stay logged out in a tab after a logout there, though the session continues',
    async () => {
      await page.goto(`${backendUrl}/login`);
      await fillLogin('ada@acme.example');
      await openDocs(`${sessionDocsUrl}/quickstart`);
      expect(await visitorName()).toBe('Ada Lovelace');
      await page.getByRole('button', { name: 'Log out' }).click();
      await openDocs(`${sessionDocsUrl}/introduction`);
      expect(await page.getByTestId('visitor-name').count()).toBe(0);
    },
    BROWSER_TIMEOUT_MS,
  );
});
