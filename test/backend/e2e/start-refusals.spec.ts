import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { BackendProcess } from '../../support/backend-process.support.js';
import { ecPair, pkcs8 } from '../../support/keys.support.js';
import { START_TIMEOUT_MS } from './backend-fixture.js';

const publicDocsKey = pkcs8(ecPair());

describe('the reference backend does not start, and', () => {
  const runs: BackendProcess[] = [];

  function start(environment: Record<string, string>): BackendProcess {
    const run = new BackendProcess(environment);
    runs.push(run);
    return run;
  }

  afterEach(() => {
    for (const { child } of runs.splice(0)) child.kill('SIGKILL');
  });

  it.each([
    'PORT',
    'DOCS_PORT',
    'PRIVATE_DOCS_PORT',
    'SESSION_DOCS_PORT',
    'OAUTH_DOCS_PORT',
    'CONSOLE_PORT',
    'CONSOLE_DOCS_PORT',
  ])(
    'says in one line that the port of %s is in use, and starts nothing',
    async (variable) => {
      const other = createServer().listen(0);
      await once(other, 'listening');
      const { port } = other.address() as AddressInfo;
      try {
        const run = start({ [variable]: String(port) });
        expect(await run.ends()).toBe(1);
        expect(run.errors).toMatch(
          new RegExp(`^Port ${port} is already in use\\. Set ${variable} to another port.*\\n$`),
        );
        expect(run.output).not.toContain('http');
      } finally {
        other.close();
      }
    },
    START_TIMEOUT_MS,
  );

  it.each([
    [
      'an address that this machine does not have',
      { HOST: '192.0.2.1' },
      /^HOST is not an address of this machine \(EADDRNOTAVAIL\).*\n$/,
    ],
    ['a wrong setting', { PORT: 'http' }, /^PORT is not a port.*\n$/],
    [
      'hosted docs without a key',
      { DOCS_URL: 'https://docs.foo.com' },
      /^DOCS_URL .*MINTLIFY_PRIVATE_KEY.*\n$/,
    ],
    [
      'hosted private docs without a key',
      { PRIVATE_DOCS_URL: 'https://internal.foo.com' },
      /^PRIVATE_DOCS_URL .*PRIVATE_DOCS_KEY.*\n$/,
    ],
    [
      'an invalid key',
      { MINTLIFY_PRIVATE_KEY: 'hunter2' },
      /^(?!.*hunter2)MINTLIFY_PRIVATE_KEY cannot be used: signingKey .*\n$/,
    ],
    [
      'a key for public docs used for the private docs',
      { PRIVATE_DOCS_KEY: publicDocsKey },
      /^PRIVATE_DOCS_KEY cannot be used: signingKey .*Ed25519.*\n$/,
    ],
    [
      'a database without TENANT_KEYS_SECRET',
      { DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:1/x' },
      /^(?!.*hunter2)DATABASE_URL .*TENANT_KEYS_SECRET.*\n$/,
    ],
    [
      'a Redis server without SESSION_SECRET',
      { REDIS_URL: 'redis://u:hunter2@127.0.0.1:1' },
      /^(?!.*hunter2)REDIS_URL .*SESSION_SECRET.*\n$/,
    ],
    [
      'a Redis server that does not answer',
      { REDIS_URL: 'redis://u:hunter2@127.0.0.1:1', SESSION_SECRET: 's'.repeat(32) },
      /^(?!.*hunter2)The Redis server .*REDIS_URL.*\n$/,
    ],
    [
      'a database that does not answer',
      { DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:1/x', TENANT_KEYS_SECRET: 's'.repeat(32) },
      /^(?!.*hunter2)The database .*DATABASE_URL.*\n$/,
    ],
  ])(
    'reports %s in one line',
    async (_case, environment: Record<string, string>, line) => {
      const run = start(environment);
      expect(await run.ends()).toBe(1);
      expect(run.errors).toMatch(line);
    },
    START_TIMEOUT_MS,
  );
});
