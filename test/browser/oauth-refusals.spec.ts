import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { startDocsEmulator, type DocsEmulator, type OAuthHandshake } from 'mintlify-docs-emulator';
import { CLOCK, MintlifyPersonalizationModule } from 'nestjs-mintlify-personalization';
import type { Page } from 'playwright-core';
import { reservePorts } from '../../src/start/reserve-ports.js';
import { mapperOf } from '../support/apps.support.js';
import { BROWSER_TIMEOUT_MS } from '../support/chromium.support.js';
import { useDemo } from '../support/demo.support.js';

/** The token checks of an API that differ from those of the reference backend. */
interface ApiSettings {
  audience?: string;
  docsUrl?: string;
  /** How many seconds its clock is ahead. */
  aheadSeconds?: number;
}

describe('an OAuth login to docs on a base path', () => {
  let docsUrl: string;
  let docsPort: number;
  let docs: DocsEmulator | undefined;
  const apis: INestApplication[] = [];

  const demo = useDemo(async () => {
    docsPort = (await reservePorts([{ variable: 'DOCS', port: 0 }])).get('DOCS') ?? 0;
    docsUrl = `http://localhost:${docsPort}/docs`;
    return { OAUTH_DOCS_URL: docsUrl };
  });
  let backendUrl: string;
  let page: Page;

  beforeEach(() => {
    ({ backendUrl, page } = demo);
  });

  afterEach(async () => {
    await docs?.close();
    docs = undefined;
    for (const api of apis.splice(0)) await api.close();
  });

  async function startDocs(changes: Partial<OAuthHandshake> = {}): Promise<void> {
    docs = await startDocsEmulator({
      port: docsPort,
      basePath: '/docs',
      handshake: {
        type: 'oauth',
        authorizationUrl: `${backendUrl}/oidc/auth`,
        clientId: 'acme-docs',
        scopes: ['docs.user-info'],
        tokenUrl: `${backendUrl}/oidc/token`,
        infoApiUrl: `${backendUrl}/docs/oauth/user-info`,
        ...changes,
      },
    });
  }

  /** Another API that accepts tokens of the reference backend's OAuth server. */
  async function startApi({
    audience,
    docsUrl: allowed = docsUrl,
    aheadSeconds = 0,
  }: ApiSettings): Promise<string> {
    const library = MintlifyPersonalizationModule.forRoot({
      docsUrl: allowed,
      claimMapper: mapperOf(() => ({ content: { firstName: 'Ada' } })),
      handshakes: { jwt: false, oauth: {} },
      accessTokens: {
        issuer: `${backendUrl}/oidc`,
        audience: audience ?? `${backendUrl}/docs/oauth/user-info`,
        jwksUri: `${backendUrl}/oidc/jwks`,
      },
    });
    const module = await Test.createTestingModule({ imports: [library] })
      .overrideProvider(CLOCK)
      .useValue({ now: () => Date.now() + aheadSeconds * 1_000 })
      .compile();
    const app = module.createNestApplication(new ExpressAdapter(), { logger: false });
    apis.push(app);
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as { port: number };
    return `http://127.0.0.1:${port}/docs/oauth/user-info`;
  }

  async function open(url: string): Promise<void> {
    await page.goto(url);
    await page.waitForSelector('html[data-ready=true]');
  }

  /** Starts a login on a page of the docs, and returns the state of the authorization request. */
  async function begin(): Promise<string> {
    await open(`${docsUrl}/quickstart#step-one`);
    const request = page.waitForRequest((sent) => sent.url().startsWith(`${backendUrl}/oidc/auth?`));
    await page.getByRole('button', { name: 'Log in' }).click();
    return new URL((await request).url()).searchParams.get('state') ?? '';
  }

  async function logIn(): Promise<void> {
    await page.getByLabel('Email').fill('ada@acme.example');
    await page.getByLabel('Password').fill('docs-demo');
    await page.getByRole('button', { name: 'Log in' }).click();
  }

  const failure = () => page.getByRole('alert').textContent();

  /** The latest request of the handshake, as listed in the panel of the docs. */
  async function latestRequest(): Promise<string | null> {
    await page.getByRole('link', { name: 'Back to the docs' }).click();
    await page.waitForSelector('html[data-ready=true]');
    expect(await page.getByTestId('visitor-name').count()).toBe(0);
    await page.getByRole('button', { name: 'User data' }).click();
    return page.getByTestId('requests').getByRole('listitem').first().textContent();
  }

  it(
    'returns to the page and anchor where it started',
    async () => {
      await startDocs({ infoApiUrl: await startApi({}) });
      await begin();
      await logIn();
      await page.getByTestId('visitor-name').waitFor();
      expect(await page.getByTestId('visitor-name').textContent()).toBe('Ada');
      expect(page.url()).toBe(`${docsUrl}/quickstart#step-one`);
    },
    BROWSER_TIMEOUT_MS,
  );

  it.each<[string, Partial<OAuthHandshake>, ApiSettings | undefined, RegExp, string]>([
    ['an expired token', {}, { aheadSeconds: 3_600 }, /rejected the access token.*invalid_token/, '401 GET'],
    [
      'a token for another API',
      {},
      { audience: 'https://other.example' },
      /rejected the access token.*invalid_token/,
      '401 GET',
    ],
    [
      'a token without the scope',
      { scopes: ['openid'] },
      undefined,
      /lacks a scope that the API requires/,
      '403 GET',
    ],
    [
      'an API that allows only other docs',
      {},
      { docsUrl: 'https://docs.foo.com' },
      /The browser blocked the response \(CORS\)/,
      'no response GET',
    ],
    [
      'an API that is down',
      { infoApiUrl: 'http://127.0.0.1:9/' },
      undefined,
      /could not reach http:\/\/127\.0\.0\.1:9/,
      'no response GET',
    ],
    [
      'a token endpoint that does not answer',
      { tokenUrl: 'http://127.0.0.1:9/' },
      undefined,
      /could not reach http:\/\/127\.0\.0\.1:9/,
      'no response POST',
    ],
  ])(
    'with %s reports it on the page and in the panel',
    async (_, changes, api, message, request) => {
      await startDocs({ ...changes, ...(api && { infoApiUrl: await startApi(api) }) });
      await begin();
      await logIn();
      await page.waitForSelector('html[data-ready=true]');
      expect(page.url()).toBe(`${docsUrl}/mintlify-oauth-callback`);
      expect(await failure()).toMatch(message);
      expect(await page.content()).not.toMatch(/eyJ[\w-]{10,}/);
      const latest = await latestRequest();
      expect(latest).toMatch(message);
      expect(latest).toContain(request);
    },
    BROWSER_TIMEOUT_MS,
  );

  it.each<[string, (state: string) => Record<string, string>, RegExp]>([
    ['is canceled', (state) => ({ error: 'access_denied', state }), /canceled or denied/],
    [
      'is refused with another error',
      (state) => ({ error: 'invalid_scope', state }),
      /refused the login: invalid_scope/,
    ],
    [
      'is refused with an invalid error code',
      (state) => ({ error: '<b>no</b>', state }),
      /invalid error code/,
    ],
    [
      'comes back with another state',
      () => ({ code: 'x', state: 'other' }),
      /does not belong to the login of this tab/,
    ],
    ['comes back without a state', () => ({ code: 'x' }), /does not belong to the login/],
    [
      'comes back from another server',
      (state) => ({ code: 'x', state, iss: 'https://evil.example' }),
      /does not belong to the login/,
    ],
    ['comes back with an unknown code', (state) => ({ code: 'x', state }), /refused the code: invalid_grant/],
  ])(
    'that %s reports it, and its response can be used only once',
    async (_, answer, message) => {
      await startDocs();
      const state = await begin();
      const callback = `${docsUrl}/mintlify-oauth-callback?${new URLSearchParams(answer(state))}`;
      await open(callback);
      expect(await failure()).toMatch(message);
      expect(page.url()).toBe(`${docsUrl}/mintlify-oauth-callback`);
      await open(callback);
      expect(await failure()).toMatch(
        /No login is in progress in this tab, or this response was used already/,
      );
    },
    BROWSER_TIMEOUT_MS,
  );
});
