import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { BackendProcess } from '../../support/backend-process.support.js';
import { START_TIMEOUT_MS } from './backend.fixture.js';

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
    'prints both addresses and the accounts, serves both, and stops cleanly on SIGTERM',
    async () => {
      const run = start();
      const [, backendUrl = '', docsUrl = ''] = await run.says(/Backend +(\S+)\nDocs +(\S+)\n[^]*Ctrl-C/);
      expect(run.output).toContain('ada@acme.example');
      expect(run.output).toContain('grace@globex.example');
      expect(run.output).toContain('docs-demo');

      expect(await (await fetch(backendUrl)).text()).toContain(`href="${docsUrl}"`);
      expect(await (await fetch(docsUrl)).text()).toContain('<html');

      run.child.kill('SIGTERM');
      expect(await run.ends()).toBe(0);
      expect(run.errors).toBe('');
    },
    START_TIMEOUT_MS,
  );

  it(
    'stops when npm is told to stop: no shell in between swallows the signal',
    async () => {
      const { PATH = '', HOME = '' } = process.env;
      // Without `prestart`: the build is there.
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
    'stops cleanly on Ctrl-C, also while it still starts',
    async () => {
      const run = start();
      await run.says(/starting/);
      run.child.kill('SIGINT');
      expect(await run.ends()).toBe(0);
      expect(run.errors).toBe('');
    },
    START_TIMEOUT_MS,
  );

  it.each(['PORT', 'DOCS_PORT'])(
    'says in one line that the port of %s is taken, and starts nothing',
    async (variable) => {
      const other = createServer().listen(0);
      await once(other, 'listening');
      const { port } = other.address() as AddressInfo;
      try {
        const run = start({ [variable]: String(port) });
        expect(await run.ends()).toBe(1);
        expect(run.errors).toMatch(
          new RegExp(`^Port ${port} is taken\\. Set ${variable} to another one.*\\n$`),
        );
        expect(run.output).not.toContain('http');
      } finally {
        other.close();
      }
    },
    START_TIMEOUT_MS,
  );

  it.each([
    ['a wrong setting', { PORT: 'http' }, /^PORT is no port.*\n$/],
    [
      'a docs site that knows no key',
      { DOCS_URL: 'https://docs.foo.com' },
      /^DOCS_URL .*MINTLIFY_PRIVATE_KEY.*\n$/,
    ],
    ['a key that is none', { MINTLIFY_PRIVATE_KEY: 'hunter2' }, /^(?!.*hunter2)signingKey .*\n$/],
    [
      'a database that is away',
      { DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:1/x' },
      /^(?!.*hunter2).*DATABASE_URL.*\n$/,
    ],
  ])(
    'says in one line what is wrong about %s',
    async (_case, environment: Record<string, string>, line) => {
      const run = start(environment);
      expect(await run.ends()).toBe(1);
      expect(run.errors).toMatch(line);
    },
    START_TIMEOUT_MS,
  );
});
