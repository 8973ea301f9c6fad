import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { BackendProcess } from '../../support/backend-process.support.js';
import { ecPair, pkcs8 } from '../../support/keys.support.js';
import { START_TIMEOUT_MS } from './backend-fixture.js';

const publicDocsKey = pkcs8(ecPair());

describe('starting the reference backend', () => {
  const runs: BackendProcess[] = [];

  function start(environment: Record<string, string> = {}): BackendProcess {
    const run = new BackendProcess(environment);
    runs.push(run);
    return run;
  }

  afterEach(() => {
    for (const { child } of runs.splice(0)) child.kill('SIGKILL');
  });

  it(
    'prints all URLs and accounts and no warnings, serves all, and stops cleanly on SIGTERM',
    async () => {
      const run = start();
      const [, ...urls] = await run.says(
        /Backend +(\S+)\nDocs +(\S+)\nPrivate docs +(\S+)\nSession docs +(\S+)\nOAuth docs +(\S+)\nAcme Console +(\S+)\nConsole docs +(\S+)\n[^]*Ctrl-C/,
      );
      const [backendUrl = '', docsUrl = '', privateDocsUrl = '', sessionDocsUrl = '', oauthDocsUrl = ''] =
        urls;
      const [consoleUrl = '', consoleDocsUrl = ''] = urls.slice(5);
      expect(run.output).toMatch(/ada@acme\.example +Acme +docs\n/);
      expect(run.output).toMatch(/grace@globex\.example +Globex +docs\n/);
      expect(run.output).toMatch(/peter@initech\.example +Initech +private docs\n/);
      expect(run.output).toContain('docs-demo');

      const home = await (await fetch(backendUrl)).text();
      expect(home).toContain(`href="${docsUrl}"`);
      expect(home).toContain(`href="${privateDocsUrl}"`);
      expect(home).toContain(`href="${sessionDocsUrl}"`);
      expect(home).toContain(`href="${oauthDocsUrl}"`);
      expect(home).toContain(`href="${consoleUrl}"`);
      expect(await (await fetch(docsUrl)).text()).toMatch(/<title>[^<]*nestjs-mintlify-personalization/);
      expect(await (await fetch(privateDocsUrl)).text()).toMatch(/<title>[^<]*Initech internal docs/);
      expect(await (await fetch(sessionDocsUrl)).text()).toMatch(/<title>[^<]*nestjs-mintlify/);
      expect(await (await fetch(oauthDocsUrl)).text()).toMatch(/<title>[^<]*nestjs-mintlify/);

      expect(await (await fetch(consoleDocsUrl)).text()).toMatch(/<title>[^<]*nestjs-mintlify/);
      expect(await (await fetch(`${consoleUrl}/docs-login`)).text()).toContain('<title>Acme Console');
      expect(await (await fetch(`${consoleUrl}/settings.json`)).json()).toEqual({
        backendUrl,
        docsUrl: consoleDocsUrl,
      });

      run.child.kill('SIGTERM');
      expect(await run.ends()).toBe(0);
      expect(run.errors).toBe('');
    },
    START_TIMEOUT_MS,
  );

  /** The status at another loopback address, which answers if the backend listens on all addresses of Linux. */
  async function statusAtOtherAddress(run: BackendProcess): Promise<number | undefined> {
    const [, port] = await run.says(/Backend +http:\/\/localhost:(\d+)\n[^]*Ctrl-C/);
    const answer = await fetch(`http://127.0.0.2:${port}/login`).catch(() => undefined);
    const own = await fetch(`http://127.0.0.1:${port}/login`);
    expect(own.status).toBe(200);
    return answer?.status;
  }

  it(
    'listens on loopback only',
    async () => {
      expect(await statusAtOtherAddress(start())).toBeUndefined();
    },
    START_TIMEOUT_MS,
  );

  it(
    'listens on HOST, and reaches itself there to load the keys of its tokens',
    async () => {
      expect(await statusAtOtherAddress(start({ HOST: '0.0.0.0' }))).toBe(200);
    },
    START_TIMEOUT_MS,
  );

  it(
    'has and prints no demo accounts with SEED_DEMO=0',
    async () => {
      const run = start({ SEED_DEMO: '0' });
      const [, backendUrl = ''] = await run.says(/Backend +(\S+)\n[^]*Ctrl-C/);
      expect(run.output).not.toMatch(/ada@acme|docs-demo/);
      const body = new URLSearchParams({ email: 'ada@acme.example', password: 'docs-demo' });
      const login = await fetch(`${backendUrl}/login`, { method: 'POST', body, redirect: 'manual' });
      expect(login.status).toBe(401);
    },
    START_TIMEOUT_MS,
  );

  it(
    'starts no emulator for hosted docs, and does not need its port',
    async () => {
      const other = createServer().listen(0);
      await once(other, 'listening');
      const { port } = other.address() as AddressInfo;
      try {
        const run = start({
          DOCS_URL: 'https://docs.foo.com',
          DOCS_PORT: String(port),
          MINTLIFY_PRIVATE_KEY: publicDocsKey,
          PRIVATE_DOCS_URL: 'https://internal.foo.com',
          PRIVATE_DOCS_PORT: String(port),
          PRIVATE_DOCS_KEY: pkcs8(generateKeyPairSync('ed25519')),
        });
        await run.says(
          /\nDocs +https:\/\/docs\.foo\.com\nPrivate docs +https:\/\/internal\.foo\.com\n[^]*Ctrl-C/,
        );
        run.child.kill('SIGTERM');
        expect(await run.ends()).toBe(0);
      } finally {
        other.close();
      }
    },
    START_TIMEOUT_MS,
  );

  it(
    'stops when npm gets the signal: no shell in between swallows it',
    async () => {
      const { PATH = '', HOME = '' } = process.env;
      // Without `prestart`, since the build exists already.
      const run = new BackendProcess({ PATH, HOME }, ['npm', 'start', '--ignore-scripts']);
      runs.push(run);
      const [, backendUrl = ''] = await run.says(/Backend +(\S+)\n[^]*Ctrl-C/);
      run.child.kill('SIGTERM');
      expect(await run.ends()).toBe(0);
      await expect(fetch(backendUrl)).rejects.toThrow('fetch failed');
    },
    START_TIMEOUT_MS,
  );

  it(
    'stops cleanly on Ctrl-C, even during the start',
    async () => {
      const run = start();
      await run.says(/starting/);
      run.child.kill('SIGINT');
      expect(await run.ends()).toBe(0);
      expect(run.errors).toBe('');
    },
    START_TIMEOUT_MS,
  );
});
