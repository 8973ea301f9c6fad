import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startDocsEmulator } from 'mintlify-docs-emulator';
import type { DocsEmulator } from 'mintlify-docs-emulator';
import { answerLibraryFile } from '../../../libs/mintlify-docs-emulator/src/http/library-endpoint.js';
import { ensureClientBundle } from './client-bundle-helper.js';

describe('the files of packages that pages need', () => {
  it.each([
    ['katex/katex.min.css', 'text/css; charset=utf-8', /KaTeX_Main/],
    ['katex/fonts/KaTeX_Main-Regular.woff2', 'font/woff2', /^wOF2/],
    ['mermaid/mermaid.tiny.js', 'text/javascript; charset=utf-8', /globalThis\["mermaid"\]/],
  ])('have %s, which browsers may keep', async (path, type, content) => {
    const { status, type: found, body, headers } = await answerLibraryFile(path);
    expect([status, found]).toEqual([200, type]);
    expect(Buffer.from(body).toString('latin1')).toMatch(content);
    expect(headers).toEqual({ 'cache-control': 'public, max-age=3600' });
  });

  it.each([
    'katex/katex.mjs.map',
    'katex/README.md',
    'katex/../package.json',
    'katex/fonts/../../package.json',
    'katex/fonts/../katex.min.css',
    'katex/none.css',
    'katex//katex.min.css',
    '/katex.min.css',
    'jose/index.js',
    'constructor/index.js',
    '',
  ])('have no %j', async (path) => {
    expect((await answerLibraryFile(path)).status).toBe(404);
  });
});

describe('an emulator', () => {
  let emulator: DocsEmulator | undefined;
  beforeAll(ensureClientBundle, 60_000);
  afterEach(async () => {
    await emulator?.close();
    emulator = undefined;
  });

  it('gives them below the base path', async () => {
    emulator = await startDocsEmulator({ port: 0, basePath: '/docs', visitors: { anonymous: null } });
    const { status } = await fetch(`${emulator.url}/_emulator/libraries/katex/katex.min.css`);
    expect(status).toBe(200);
    expect((await fetch(`${emulator.url}/_emulator/libraries/katex/%2e%2e/package.json`)).status).toBe(404);
  });

  it('gives them to anonymous readers of private docs, as it does its own scripts', async () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    emulator = await startDocsEmulator({
      port: 0,
      mode: 'authentication',
      publicKeys: [publicKey],
      loginUrl: 'http://localhost:3000/docs-login',
    });
    const answer = await fetch(`${emulator.url}/_emulator/libraries/mermaid/mermaid.tiny.js`);
    expect([answer.status, answer.redirected]).toEqual([200, false]);
  });
});
