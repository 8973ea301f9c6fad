import { fileURLToPath } from 'node:url';
import { DEMO_RATE_LIMITS } from './backend-config.js';
import type { LogFormat, RateLimits } from './backend-config.js';
import { StartError } from './start-error.js';
import {
  newSecret,
  readChoice,
  readHost,
  readLimit,
  readLocalOrSecureOrigin,
  readNetworks,
  readOrigin,
  readPort,
  readSecret,
  readSwitch,
  readUrl,
} from './setting-readers.js';

/** The environment, read and checked. A port of 0 asks for any free one. */
export interface Settings {
  /** The address of this machine at which the backend listens. */
  host: string;
  port: number;
  docsPort: number;
  privateDocsPort: number;
  sessionDocsPort: number;
  oauthDocsPort: number;
  publicUrl?: string;
  /** The folder that the emulators of the public docs show. */
  docsDirectory: string;
  docsUrl?: string;
  privateDocsUrl?: string;
  sessionDocsUrl?: string;
  oauthDocsUrl?: string;
  databaseUrl?: string;
  /** Whether the demo tenants and accounts are to be in the database. */
  hasDemo: boolean;
  redisUrl?: string;
  sessionSecret: string;
  tenantKeysSecret: string;
  /** The key of the public docs, as the environment gave it; the library reads it and says what is wrong with it. */
  privateKey?: string;
  /** The key of the private docs, likewise. */
  privateDocsKey?: string;
  rateLimits: RateLimits;
  trustedProxies?: string[];
  logFormat: LogFormat;
  metricsToken?: string;
}

/** The library's manual, which is a Mintlify docs site itself; as far away from `src` as from `dist`. */
const MANUAL_DIRECTORY = fileURLToPath(new URL('../../docs', import.meta.url));
/** This machine alone: the password of the demo accounts is public. */
const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_PORT = 3_000;
const DEFAULT_DOCS_PORT = 3_001;
const DEFAULT_PRIVATE_DOCS_PORT = 3_002;
const DEFAULT_SESSION_DOCS_PORT = 3_003;
const DEFAULT_OAUTH_DOCS_PORT = 3_004;

/**
 * Reads the settings from environment variables. One that is empty counts as not set.
 *
 * @throws {StartError} one line that names the variable and says how to fix it, without its value where that is secret
 */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const read = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const databaseUrl = readUrl(
    'DATABASE_URL',
    read('DATABASE_URL'),
    ['postgres:', 'postgresql:'],
    'postgres://user:password@localhost:5432/acme',
  );
  const redisUrl = readUrl(
    'REDIS_URL',
    read('REDIS_URL'),
    ['redis:', 'rediss:'],
    'redis://user:password@localhost:6379',
  );
  const settings = {
    host: readHost('HOST', read('HOST'), DEFAULT_HOST),
    port: readPort('PORT', read('PORT'), DEFAULT_PORT),
    docsPort: readPort('DOCS_PORT', read('DOCS_PORT'), DEFAULT_DOCS_PORT),
    privateDocsPort: readPort('PRIVATE_DOCS_PORT', read('PRIVATE_DOCS_PORT'), DEFAULT_PRIVATE_DOCS_PORT),
    sessionDocsPort: readPort('SESSION_DOCS_PORT', read('SESSION_DOCS_PORT'), DEFAULT_SESSION_DOCS_PORT),
    oauthDocsPort: readPort('OAUTH_DOCS_PORT', read('OAUTH_DOCS_PORT'), DEFAULT_OAUTH_DOCS_PORT),
    docsDirectory: read('DOCS_DIRECTORY') ?? MANUAL_DIRECTORY,
    publicUrl: readOrigin('PUBLIC_URL', read('PUBLIC_URL'), 'https://app.foo.com'),
    docsUrl: readUrl('DOCS_URL', read('DOCS_URL'), ['https:', 'http:'], 'https://docs.foo.com'),
    privateDocsUrl: readLocalOrSecureOrigin(
      'PRIVATE_DOCS_URL',
      read('PRIVATE_DOCS_URL'),
      'https://internal.foo.com',
    ),
    sessionDocsUrl: readDocsUrl('SESSION_DOCS_URL', read('SESSION_DOCS_URL')),
    oauthDocsUrl: readDocsUrl('OAUTH_DOCS_URL', read('OAUTH_DOCS_URL')),
    databaseUrl,
    // A database that is kept is none of a demo, unless it is said to be.
    hasDemo: readSwitch('SEED_DEMO', read('SEED_DEMO'), databaseUrl === undefined),
    redisUrl,
    sessionSecret: readSessionSecret(read('SESSION_SECRET'), redisUrl),
    tenantKeysSecret: readTenantKeysSecret(read('TENANT_KEYS_SECRET'), databaseUrl),
    privateKey: read('MINTLIFY_PRIVATE_KEY'),
    privateDocsKey: read('PRIVATE_DOCS_KEY'),
    rateLimits: readRateLimits(read),
    trustedProxies: readNetworks('TRUSTED_PROXIES', read('TRUSTED_PROXIES')),
    logFormat: readChoice('LOG_FORMAT', read('LOG_FORMAT'), ['text', 'json']),
    metricsToken: readSecret('METRICS_TOKEN', read('METRICS_TOKEN')),
  };
  checkKey('DOCS_URL', settings.docsUrl, 'MINTLIFY_PRIVATE_KEY', settings.privateKey);
  checkKey('PRIVATE_DOCS_URL', settings.privateDocsUrl, 'PRIVATE_DOCS_KEY', settings.privateDocsKey);
  checkPorts(settings);
  return settings;
}

function readRateLimits(read: (name: string) => string | undefined): RateLimits {
  const readOne = (name: string, fallback: number) => readLimit(name, read(name), fallback);
  return {
    loginsPerAddress: readOne('LOGIN_LIMIT_PER_ADDRESS', DEMO_RATE_LIMITS.loginsPerAddress),
    loginsPerAccount: readOne('LOGIN_LIMIT_PER_ACCOUNT', DEMO_RATE_LIMITS.loginsPerAccount),
    docsPerVisitor: readOne('DOCS_LIMIT_PER_VISITOR', DEMO_RATE_LIMITS.docsPerVisitor),
  };
}

/** Docs that ask by themselves: an address without a slash at its end, over https unless they are on this machine. */
function readDocsUrl(name: string, value: string | undefined): string | undefined {
  const url = readUrl(name, value, ['https:', 'http:'], 'https://docs.foo.com');
  if (url === undefined) return undefined;
  readLocalOrSecureOrigin(name, new URL(url).origin, 'https://docs.foo.com');
  return url.replace(/\/+$/, '');
}

/** A code in Redis is redeemed by another process, which must have the same keys. */
function readSessionSecret(value: string | undefined, redisUrl: string | undefined): string {
  const secret = readSecret('SESSION_SECRET', value);
  if (secret !== undefined) return secret;
  if (redisUrl === undefined) return newSecret();
  throw new StartError(
    'REDIS_URL is set and SESSION_SECRET is not: processes that share a Redis server sign with the same secret. Make ' +
      'one with: openssl rand -base64 32',
  );
}

/** Keys in memory may die with their secret; those on a server must be readable after the next start. */
function readTenantKeysSecret(value: string | undefined, databaseUrl: string | undefined): string {
  const secret = readSecret('TENANT_KEYS_SECRET', value);
  if (secret !== undefined) return secret;
  if (databaseUrl === undefined) return newSecret();
  throw new StartError(
    'DATABASE_URL is set and TENANT_KEYS_SECRET is not: the signing keys in that database are encrypted with it, at ' +
      'every start with the same. Make one with: openssl rand -base64 32',
  );
}

function checkKey(urlName: string, url: string | undefined, keyName: string, key: string | undefined): void {
  if (url === undefined || key !== undefined) return;
  throw new StartError(
    `${urlName} is set and ${keyName} is not: that docs site cannot know a key made up here. Set ${keyName} to the ` +
      `key its dashboard generated, or unset ${urlName} for the docs emulator.`,
  );
}

function checkPorts(settings: Settings): void {
  const { port } = settings;
  const ports = new Map([[port, 'PORT']]);
  const emulators = [
    { name: 'DOCS_PORT', port: settings.docsPort, url: settings.docsUrl },
    { name: 'PRIVATE_DOCS_PORT', port: settings.privateDocsPort, url: settings.privateDocsUrl },
    { name: 'SESSION_DOCS_PORT', port: settings.sessionDocsPort, url: settings.sessionDocsUrl },
    { name: 'OAUTH_DOCS_PORT', port: settings.oauthDocsPort, url: settings.oauthDocsUrl },
  ];
  for (const { name, port, url } of emulators) {
    if (url !== undefined || port === 0) continue;
    const other = ports.get(port);
    if (other !== undefined) {
      throw new StartError(`${other} and ${name} are both ${port}. Give each a port of its own.`);
    }
    ports.set(port, name);
  }
}
