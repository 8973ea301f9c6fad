import { beforeEach, describe, expect, it } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import type { BackendProcess } from '../support/backend-process.support.js';
import { BROWSER_TIMEOUT_MS } from '../support/chromium.support.js';
import { becomes } from '../support/becomes.support.js';
import { useDemo } from '../support/demo.support.js';

describe('visitors of three tenants of one backend', () => {
  const demo = useDemo();
  let backendUrl: string;
  let docsUrl: string;
  let privateDocsUrl: string;
  let page: Page;
  let context: BrowserContext;
  let backend: BackendProcess;

  beforeEach(() => {
    ({ backendUrl, docsUrl, privateDocsUrl, page, context, backend } = demo);
  });

  const visitorName = () => page.getByTestId('visitor-name').textContent();
  const article = () => page.getByRole('article').textContent();
  const pagesListed = () =>
    page.getByRole('navigation', { name: 'Pages' }).getByRole('link').allTextContents();

  /** Opens the docs and waits until the last page after all redirects is rendered. */
  async function openDocs(url: string): Promise<void> {
    await page.goto(url);
    await page.waitForSelector('html[data-ready=true]');
  }

  async function fillLogin(email: string): Promise<void> {
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password').fill('docs-demo');
    await page.getByRole('button', { name: 'Log in' }).click();
  }

  async function logInFromDocs(url: string, email: string): Promise<void> {
    await openDocs(url);
    await page.getByRole('link', { name: 'Log in' }).click();
    await fillLogin(email);
    await page.getByTestId('visitor-name').waitFor();
  }

  async function openSettings(email: string): Promise<string> {
    await page.goto(`${backendUrl}/login`);
    await fillLogin(email);
    await page.getByRole('link', { name: 'Docs settings' }).click();
    return kid();
  }

  const kid = async (): Promise<string> => (await page.getByTestId('kid').textContent()) ?? '';

  it(
    'shows Ada of Acme and Grace of Globex the same docs with different pages and content',
    async () => {
      await logInFromDocs(`${docsUrl}/quickstart#step-one`, 'ada@acme.example');
      expect(page.url()).toBe(`${docsUrl}/quickstart#step-one`);
      expect(await visitorName()).toBe('Ada Lovelace');
      expect(await article()).toContain('to the project of Acme');
      expect(await article()).toContain('Your enterprise plan');
      expect(await pagesListed()).toEqual(expect.arrayContaining(['Runbooks', 'Administration']));
      expect(await pagesListed()).not.toContain('Dashboards');

      await context.clearCookies();
      await page.getByRole('button', { name: 'Log out' }).click();
      await logInFromDocs(`${docsUrl}/quickstart#step-one`, 'grace@globex.example');
      expect(page.url()).toBe(`${docsUrl}/quickstart#step-one`);
      expect(await visitorName()).toBe('Grace');
      expect(await article()).toContain('to the project of Globex');
      expect(await article()).toContain('Your starter plan');
      expect(await pagesListed()).toContain('Dashboards');
      expect(await pagesListed()).not.toContain('Runbooks');
      await page.getByRole('button', { name: 'User data' }).click();
      const user = JSON.parse((await page.getByTestId('user-json').textContent()) ?? '');
      expect(user.apiPlaygroundInputs).toEqual({
        header: { 'X-Acme-Key': expect.stringMatching(/^acme_[0-9a-f]{16}_[0-9a-f]{40}$/) },
        server: { port: new URL(backendUrl).port },
      });
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'sends Peter of Initech from the private docs through the login and the callback back to the anchor',
    async () => {
      const ways: string[] = [];
      page.on('framenavigated', (frame) => ways.push(frame.url().split('#')[0] ?? ''));
      await page.goto(`${privateDocsUrl}/quickstart#step-one`);
      await page.getByLabel('Email').waitFor();
      await fillLogin('peter@initech.example');
      await page.getByTestId('visitor-name').waitFor();
      expect(page.url()).toBe(`${privateDocsUrl}/quickstart#step-one`);
      expect(ways).toContain(`${privateDocsUrl}/login/jwt-callback?redirect=%2Fquickstart%23step-one`);
      expect(await visitorName()).toBe('Peter Gibbons');
      expect(await article()).toContain('Hello Peter! This page files a report for Initech.');
      expect(await pagesListed()).toEqual(['Introduction', 'Quickstart', 'Escalations']);
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'sends Ada from the private docs of Initech to her own docs, and shows her nothing private',
    async () => {
      await page.goto(`${privateDocsUrl}/quickstart#step-one`);
      await page.getByLabel('Email').waitFor();
      await fillLogin('ada@acme.example');
      await page.getByTestId('visitor-name').waitFor();
      expect(page.url()).toBe(`${docsUrl}/quickstart#step-one`);
      expect(await article()).toContain('Hello Ada!');
      const answer = await page.request.get(`${privateDocsUrl}/quickstart`, { maxRedirects: 0 });
      expect(answer.status()).toBe(302);
    },
    BROWSER_TIMEOUT_MS,
  );

  it.each([
    ['ada@acme.example', 'Ada Lovelace', () => docsUrl],
    ['peter@initech.example', 'Peter Gibbons', () => privateDocsUrl],
  ])(
    'sends %s from the front page to the docs, also after two key rotations',
    async (email, name, docs) => {
      const kids = [await openSettings(email)];
      for (let rotation = 1; rotation <= 2; rotation += 1) {
        await page.getByRole('button', { name: 'Rotate the key' }).click();
        expect(await page.getByRole('status').textContent()).toContain('The key was rotated');
        kids.push(await kid());
        expect(await page.getByText(/^Accepted until/).count()).toBe(rotation);

        await page.getByRole('link', { name: 'Back' }).click();
        await page.getByRole('link', { name: /^Open the docs as/ }).click();
        await page.getByTestId('visitor-name').waitFor();
        expect(await visitorName()).toBe(name);
        expect(new URL(page.url()).origin).toBe(docs());
        await page.goto(`${backendUrl}/admin/docs`);
      }
      expect(new Set(kids).size).toBe(3);
      expect(await page.getByRole('status').count()).toBe(0);
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'shows Ada the docs as Alan sees them, with a banner and without a key, and records who and why',
    async () => {
      await page.goto(`${backendUrl}/login`);
      await fillLogin('ada@acme.example');
      await page.getByRole('link', { name: 'Members' }).click();
      const alan = page.locator('section', { hasText: 'Alan Turing' });
      await alan.getByLabel('Reason').fill('Ticket 7: no runbooks');
      await page.getByRole('button', { name: 'View docs as Alan Turing' }).click();
      await page.getByTestId('visitor-name').waitFor();
      expect(new URL(page.url()).origin).toBe(docsUrl);
      await page.goto(`${docsUrl}/introduction`);
      await page.getByText('You see these docs as Alan does, until').waitFor();
      await becomes(pagesListed, expect.not.arrayContaining(['Administration']));
      await page.getByRole('button', { name: 'User data' }).click();
      const user = JSON.parse((await page.getByTestId('user-json').textContent()) ?? '');
      expect(user).toMatchObject({
        groups: ['viewer'],
        content: { viewingAs: { until: expect.any(String) } },
      });
      expect(user).not.toHaveProperty('apiPlaygroundInputs');
      expect(JSON.stringify(user)).not.toMatch(/acme_[0-9a-f]{16}_/);
      const events = backend.output.split('\n').filter((line) => line.includes('view_as.started'));
      const event = JSON.parse(/\{.*\}/.exec(events.at(-1) ?? '')?.[0] ?? '{}');
      expect(event).toMatchObject({
        actor: expect.stringMatching(/^[\w-]{22}$/),
        subject: expect.stringMatching(/^[\w-]{22}$/),
        reason: 'Ticket 7: no runbooks',
      });
      expect(event.actor).not.toBe(event.subject);
    },
    BROWSER_TIMEOUT_MS,
  );

  it(
    'has no scripts and no CSP violations on any page',
    async () => {
      const troubles: string[] = [];
      page.on('console', (message) => troubles.push(message.text()));
      page.on('pageerror', (error) => troubles.push(error.message));
      await page.goto(backendUrl);
      await openSettings('grace@globex.example');
      await page.getByRole('button', { name: 'Rotate the key' }).click();
      await page.getByRole('status').waitFor();
      await page.goto(backendUrl);
      expect(troubles).toEqual([]);
      expect(backend.output + backend.errors).not.toMatch(/eyJ|PRIVATE|"d"/);
    },
    BROWSER_TIMEOUT_MS,
  );
});
