import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startDocsEmulator } from 'mintlify-docs-emulator';
import type { DocsEmulator } from 'mintlify-docs-emulator';
import request from 'supertest';
import { ensureClientBundle } from '../../emulator/unit/client-bundle-helper.js';
import { logIn, START_TIMEOUT_MS, startBackend } from './backend-fixture.js';
import type { Backend } from './backend-fixture.js';
import { newDocsKeyPair } from '../../../src/tenants/docs-key-pair.js';

const ACCESS = { domain: 'acme-cloud', apiKey: 'mint_dsc_key-of-this-test' };

describe('the search of the docs on the front page', () => {
  let emulator: DocsEmulator;
  let backend: Backend;

  beforeAll(async () => {
    await ensureClientBundle();
    emulator = await startDocsEmulator({ port: 0, visitors: { anonymous: null }, discovery: ACCESS });
    const discovery = { ...ACCESS, baseUrl: `http://localhost:${emulator.port}/discovery` };
    const siteOf = async (mode: 'personalization' | 'authentication', url: string) => ({
      url,
      signingKey: (await newDocsKeyPair(mode)).privateKey,
      hasTenantKeys: true,
    });
    backend = await startBackend({
      docsSites: {
        personalization: { ...(await siteOf('personalization', emulator.url)), discovery },
        authentication: await siteOf('authentication', 'http://localhost:3002'),
      },
    });
  }, START_TIMEOUT_MS);

  afterAll(async () => {
    await backend.app.close();
    await emulator.close();
  });

  it('finds pages for a visitor who is logged in, and is there only if the docs can be searched', async () => {
    const cookie = await logIn(backend, 'ada@acme.example');
    const search = (headers: Record<string, string>) =>
      request(backend.server).post('/docs/search').set(headers).send({ query: 'quickstart' });
    const own = { Host: 'localhost:3000', Origin: 'http://localhost:3000' };
    const found = await search({ ...own, Cookie: cookie }).expect(200);
    expect((found.body as { path: string }[])[0]?.path).toMatch(/^quickstart/);
    await search(own).expect(401);
    await search({ Origin: 'https://evil.example', Cookie: cookie }).expect(403);
    const home = await request(backend.server).get('/').set('Cookie', cookie).expect(200);
    expect(home.text).toContain('id="docs-search"');
    const peters = await logIn(backend, 'peter@initech.example');
    expect((await request(backend.server).get('/').set('Cookie', peters)).text).not.toContain('docs-search');
  });
});
