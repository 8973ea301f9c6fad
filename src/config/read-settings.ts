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

/** The settings of the environment, validated. A port of 0 means any free port. */
export interface Settings {
  /** The address that the backend listens on. */
  host: string;
  port: number;
  docsPort: number;
  privateDocsPort: number;
  sessionDocsPort: number;
  oauthDocsPort: number;
  consolePort: number;
  consoleDocsPort: number;
  publicUrl?: string;
  /** The folder that the emulators of the public docs show. */
  docsDirectory: string;
  docsUrl?: string;
  privateDocsUrl?: string;
  sessionDocsUrl?: string;
  oauthDocsUrl?: string;
  consoleUrl?: string;
  databaseUrl?: string;
  /** Whether the database gets the demo tenants and accounts. */
  hasDemo: boolean;
  redisUrl?: string;
  sessionSecret: string;
  tenantKeysSecret: string;
  /** The key of the public docs, unparsed: the library parses it and reports mistakes. */
  privateKey?: string;
  /** The key of the private docs, unparsed as well. */
  privateDocsKey?: string;
  rateLimits: RateLimits;
  trustedProxies?: string[];
  logFormat: LogFormat;
  metricsToken?: string;
  scalarSecret?: string;
}

/** The library's manual, itself a Mintlify docs site. The relative path is the same from `src` and `dist`. */
const MANUAL_DIRECTORY = fileURLToPath(new URL('../../docs', import.meta.url));
/** Only this machine, since the password of the demo accounts is public. */
const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_PORT = 3_000;
const DEFAULT_DOCS_PORT = 3_001;
const DEFAULT_PRIVATE_DOCS_PORT = 3_002;
const DEFAULT_SESSION_DOCS_PORT = 3_003;
const DEFAULT_OAUTH_DOCS_PORT = 3_004;
const DEFAULT_CONSOLE_PORT = 3_005;
const DEFAULT_CONSOLE_DOCS_PORT = 3_006;

/**
 * Reads the settings from environment variables. An empty variable counts as not set.
 *
 * @throws {StartError} in one line, with the name of the variable and how to fix it, but without its value if that is secret
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
    consolePort: readPort('CONSOLE_PORT', read('CONSOLE_PORT'), DEFAULT_CONSOLE_PORT),
    consoleDocsPort: readPort('CONSOLE_DOCS_PORT', read('CONSOLE_DOCS_PORT'), DEFAULT_CONSOLE_DOCS_PORT),
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
    consoleUrl: readOrigin('CONSOLE_URL', read('CONSOLE_URL'), 'https://console.foo.com'),
    databaseUrl,
    // A persistent database gets no demo data by default.
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
    scalarSecret: readSecret('SCALAR_USER_INFO_SECRET', read('SCALAR_USER_INFO_SECRET')),
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

/** Reads the URL of docs that call the user-info API: without a trailing slash, and https unless on localhost. */
function readDocsUrl(name: string, value: string | undefined): string | undefined {
  const url = readUrl(name, value, ['https:', 'http:'], 'https://docs.foo.com');
  if (url === undefined) return undefined;
  readLocalOrSecureOrigin(name, new URL(url).origin, 'https://docs.foo.com');
  return url.replace(/\/+$/, '');
}

/** Processes that share Redis redeem each other's codes, so they need the same keys. */
function readSessionSecret(value: string | undefined, redisUrl: string | undefined): string {
  const secret = readSecret('SESSION_SECRET', value);
  if (secret !== undefined) return secret;
  if (redisUrl === undefined) return newSecret();
  throw new StartError(
    'REDIS_URL is set but SESSION_SECRET is not: processes that share a Redis server need the same secret. Generate ' +
      'one with: openssl rand -base64 32',
  );
}

/** A random secret is enough for an in-memory database. Keys on a server must be readable after a restart. */
function readTenantKeysSecret(value: string | undefined, databaseUrl: string | undefined): string {
  const secret = readSecret('TENANT_KEYS_SECRET', value);
  if (secret !== undefined) return secret;
  if (databaseUrl === undefined) return newSecret();
  throw new StartError(
    'DATABASE_URL is set but TENANT_KEYS_SECRET is not: it encrypts the signing keys in that database, so it must be ' +
      'the same at every start. Generate one with: openssl rand -base64 32',
  );
}

function checkKey(urlName: string, url: string | undefined, keyName: string, key: string | undefined): void {
  if (url === undefined || key !== undefined) return;
  throw new StartError(
    `${urlName} is set but ${keyName} is not: a hosted docs site only accepts its own key. Set ${keyName} to the ` +
      `key from its dashboard, or unset ${urlName} to use the docs emulator.`,
  );
}

function checkPorts(settings: Settings): void {
  const { port } = settings;
  const ports = new Map([[port, 'PORT']]);
  const servers = [
    { name: 'DOCS_PORT', port: settings.docsPort, url: settings.docsUrl },
    { name: 'PRIVATE_DOCS_PORT', port: settings.privateDocsPort, url: settings.privateDocsUrl },
    { name: 'SESSION_DOCS_PORT', port: settings.sessionDocsPort, url: settings.sessionDocsUrl },
    { name: 'OAUTH_DOCS_PORT', port: settings.oauthDocsPort, url: settings.oauthDocsUrl },
    { name: 'CONSOLE_PORT', port: settings.consolePort, url: undefined },
    { name: 'CONSOLE_DOCS_PORT', port: settings.consoleDocsPort, url: undefined },
  ];
  for (const { name, port, url } of servers) {
    if (url !== undefined || port === 0) continue;
    const other = ports.get(port);
    if (other !== undefined) {
      throw new StartError(`${other} and ${name} are both ${port}. Set them to different ports.`);
    }
    ports.set(port, name);
  }
}
