import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readSettings } from '../../../src/config/read-settings.js';
import { StartError } from '../../../src/config/start-error.js';

describe('the settings of the reference backend', () => {
  it('have defaults', () => {
    expect(readSettings({})).toEqual({
      host: '127.0.0.1',
      port: 3000,
      docsPort: 3001,
      privateDocsPort: 3002,
      sessionDocsPort: 3003,
      oauthDocsPort: 3004,
      consolePort: 3005,
      consoleDocsPort: 3006,
      docsDirectory: resolve('docs'),
      sessionSecret: expect.any(String),
      tenantKeysSecret: expect.any(String),
      hasDemo: true,
      rateLimits: { loginsPerAddress: 300, loginsPerAccount: 120, docsPerVisitor: 600 },
      logFormat: 'text',
    });
  });

  it('treat an empty variable as not set', () => {
    expect(readSettings({ PORT: '', DOCS_URL: ' ', DATABASE_URL: '' })).toMatchObject({ port: 3000 });
  });

  it('generate new, different secrets at each start', () => {
    const [one, other] = [readSettings({}), readSettings({})];
    const secrets = [one.sessionSecret, one.tenantKeysSecret, other.sessionSecret, other.tenantKeysSecret];
    expect(new Set(secrets).size).toBe(4);
  });

  it('come from the environment', () => {
    const environment = {
      HOST: '0.0.0.0',
      PORT: '4000',
      SEED_DEMO: '1',
      DOCS_PORT: '0',
      PRIVATE_DOCS_PORT: '4002',
      PUBLIC_URL: 'https://app.foo.com/',
      DOCS_URL: 'https://docs.foo.com/base',
      DOCS_DIRECTORY: '/srv/docs',
      SESSION_DOCS_PORT: '4003',
      SESSION_DOCS_URL: 'https://docs.foo.com/session/',
      OAUTH_DOCS_PORT: '4004',
      OAUTH_DOCS_URL: 'http://localhost:4010',
      CONSOLE_PORT: '4005',
      CONSOLE_DOCS_PORT: '0',
      CONSOLE_URL: 'https://console.foo.com/',
      DATABASE_URL: 'postgres://localhost/acme',
      REDIS_URL: 'rediss://localhost:6379',
      SESSION_SECRET: 's'.repeat(32),
      MINTLIFY_PRIVATE_KEY: 'a key',
      PRIVATE_DOCS_URL: 'https://internal.foo.com/',
      PRIVATE_DOCS_KEY: 'another key',
      TENANT_KEYS_SECRET: 't'.repeat(32),
      LOGIN_LIMIT_PER_ADDRESS: '20',
      LOGIN_LIMIT_PER_ACCOUNT: '1',
      DOCS_LIMIT_PER_VISITOR: '1000000',
      TRUSTED_PROXIES: '10.0.0.0/8,192.168.1.7, fd00::/8 ,::1',
      LOG_FORMAT: 'json',
      METRICS_TOKEN: 'm'.repeat(32),
    };
    expect(readSettings(environment)).toEqual({
      host: '0.0.0.0',
      port: 4000,
      docsPort: 0,
      privateDocsPort: 4002,
      sessionDocsPort: 4003,
      sessionDocsUrl: 'https://docs.foo.com/session',
      oauthDocsPort: 4004,
      oauthDocsUrl: 'http://localhost:4010',
      consolePort: 4005,
      consoleDocsPort: 0,
      consoleUrl: 'https://console.foo.com',
      redisUrl: 'rediss://localhost:6379',
      publicUrl: 'https://app.foo.com',
      docsUrl: 'https://docs.foo.com/base',
      docsDirectory: '/srv/docs',
      databaseUrl: 'postgres://localhost/acme',
      hasDemo: true,
      sessionSecret: 's'.repeat(32),
      privateKey: 'a key',
      privateDocsUrl: 'https://internal.foo.com',
      privateDocsKey: 'another key',
      tenantKeysSecret: 't'.repeat(32),
      rateLimits: { loginsPerAddress: 20, loginsPerAccount: 1, docsPerVisitor: 1_000_000 },
      trustedProxies: ['10.0.0.0/8', '192.168.1.7', 'fd00::/8', '::1'],
      logFormat: 'json',
      metricsToken: 'm'.repeat(32),
    });
  });

  it.each([
    ['HOST', 'all of them'],
    ['HOST', '0.0.0.0:3000'],
    ['HOST', 'http://localhost'],
    ['HOST', '-'],
    ['SEED_DEMO', 'yes'],
    ['SEED_DEMO', 'true'],
    ['PORT', 'http'],
    ['PORT', '-1'],
    ['PORT', '65536'],
    ['PORT', '3e3'],
    ['PORT', '3000.5'],
    ['PORT', '3001'],
    ['PORT', '3002'],
    ['DOCS_PORT', '0x10'],
    ['DOCS_PORT', '3002'],
    ['PRIVATE_DOCS_PORT', '-1'],
    ['PRIVATE_DOCS_PORT', '3000'],
    ['PRIVATE_DOCS_URL', 'internal.foo.com'],
    ['PRIVATE_DOCS_URL', 'https://internal.foo.com'],
    ['PRIVATE_DOCS_URL', 'https://foo.com/internal'],
    ['PRIVATE_DOCS_URL', 'http://internal.foo.com'],
    ['DATABASE_URL', 'postgres://root:hunter2@localhost/acme'],
    ['TENANT_KEYS_SECRET', 'hunter2'],
    ['PUBLIC_URL', 'app.foo.com'],
    ['PUBLIC_URL', 'https://app.foo.com/base'],
    ['DOCS_URL', 'docs.foo.com'],
    ['DOCS_URL', 'https://docs.foo.com'],
    ['DATABASE_URL', 'mysql://root:hunter2@localhost/acme'],
    ['SESSION_SECRET', 'hunter2'],
    ['SESSION_DOCS_PORT', '3004'],
    ['OAUTH_DOCS_PORT', 'x'],
    ['CONSOLE_PORT', '3004'],
    ['CONSOLE_DOCS_PORT', '3000'],
    ['CONSOLE_URL', 'https://console.foo.com/app'],
    ['SESSION_DOCS_URL', 'docs.foo.com'],
    ['SESSION_DOCS_URL', 'http://docs.foo.com'],
    ['OAUTH_DOCS_URL', 'ftp://docs.foo.com'],
    ['OAUTH_DOCS_URL', 'http://docs.foo.com/base'],
    ['REDIS_URL', 'redis://root:hunter2@localhost:6379'],
    ['REDIS_URL', 'http://root:hunter2@localhost:6379'],
    ['LOGIN_LIMIT_PER_ADDRESS', '0'],
    ['LOGIN_LIMIT_PER_ACCOUNT', '-1'],
    ['LOGIN_LIMIT_PER_ACCOUNT', '1000001'],
    ['DOCS_LIMIT_PER_VISITOR', '1e3'],
    ['TRUSTED_PROXIES', 'true'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['TRUSTED_PROXIES', '10.0.0.0/8/8'],
    ['TRUSTED_PROXIES', '0.0.0.0/0'],
    ['TRUSTED_PROXIES', '10.0.0.1,'],
    ['LOG_FORMAT', 'xml'],
    ['METRICS_TOKEN', 'hunter2'],
  ])('reject %s=%s with one line that names it', (name, value) => {
    const read = () => readSettings({ [name]: value });
    expect(read).toThrow(StartError);
    expect(read).toThrow(new RegExp(`^(?!.*hunter2).*${name}.*$`));
  });

  it.each([
    [{}, true],
    [{ SEED_DEMO: '1' }, true],
    [{ SEED_DEMO: '0' }, false],
    [{ DATABASE_URL: 'postgres://localhost/acme' }, false],
    [{ DATABASE_URL: 'postgres://localhost/acme', SEED_DEMO: '0' }, false],
    [{ DATABASE_URL: 'postgres://localhost/acme', SEED_DEMO: '1' }, true],
  ])(
    'add the demo data to the in-memory database, and to a server only with SEED_DEMO: %j',
    (given, hasDemo) => {
      expect(readSettings({ TENANT_KEYS_SECRET: 't'.repeat(32), ...given }).hasDemo).toBe(hasDemo);
    },
  );

  it.each(['127.0.0.1', '0.0.0.0', '::', '::1', 'localhost', 'backend.internal'])('listen on %s', (host) => {
    expect(readSettings({ HOST: host }).host).toBe(host);
  });

  it('allow private docs on localhost over http', () => {
    const local = { PRIVATE_DOCS_URL: 'http://localhost:4002', PRIVATE_DOCS_KEY: 'a key' };
    expect(readSettings(local).privateDocsUrl).toBe('http://localhost:4002');
  });

  it('allow the same port for an emulator that is not started', () => {
    const hosted = { PORT: '3002', PRIVATE_DOCS_URL: 'https://internal.foo.com', PRIVATE_DOCS_KEY: 'a key' };
    expect(readSettings(hosted)).toMatchObject({ port: 3002, privateDocsPort: 3002 });
  });
});
