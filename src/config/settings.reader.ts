import { StartError } from './start.error.js';
import {
  newSecret,
  readLocalOrSecureOrigin,
  readOrigin,
  readPort,
  readSecret,
  readUrl,
} from './setting.values.js';

/** The environment, read and checked. A port of 0 asks for any free one. */
export interface Settings {
  port: number;
  docsPort: number;
  privateDocsPort: number;
  publicUrl?: string;
  docsUrl?: string;
  privateDocsUrl?: string;
  databaseUrl?: string;
  sessionSecret: string;
  tenantKeysSecret: string;
  /** The key of the public docs, as the environment gave it; the library reads it and says what is wrong with it. */
  privateKey?: string;
  /** The key of the private docs, likewise. */
  privateDocsKey?: string;
}

const DEFAULT_PORT = 3_000;
const DEFAULT_DOCS_PORT = 3_001;
const DEFAULT_PRIVATE_DOCS_PORT = 3_002;

/**
 * Reads the settings from environment variables. One that is empty counts as not set.
 *
 * @throws {StartError} one line that names the variable and the mend, without its value where that is secret
 */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const read = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const databaseUrl = readUrl(
    'DATABASE_URL',
    read('DATABASE_URL'),
    ['postgres:', 'postgresql:'],
    'postgres://user:password@localhost:5432/acme',
  );
  const settings = {
    port: readPort('PORT', read('PORT'), DEFAULT_PORT),
    docsPort: readPort('DOCS_PORT', read('DOCS_PORT'), DEFAULT_DOCS_PORT),
    privateDocsPort: readPort('PRIVATE_DOCS_PORT', read('PRIVATE_DOCS_PORT'), DEFAULT_PRIVATE_DOCS_PORT),
    publicUrl: readOrigin('PUBLIC_URL', read('PUBLIC_URL'), 'https://app.foo.com'),
    docsUrl: readUrl('DOCS_URL', read('DOCS_URL'), ['https:', 'http:'], 'https://docs.foo.com'),
    privateDocsUrl: readLocalOrSecureOrigin(
      'PRIVATE_DOCS_URL',
      read('PRIVATE_DOCS_URL'),
      'https://internal.foo.com',
    ),
    databaseUrl,
    sessionSecret: readSecret('SESSION_SECRET', read('SESSION_SECRET')) ?? newSecret(),
    tenantKeysSecret: readTenantKeysSecret(read('TENANT_KEYS_SECRET'), databaseUrl),
    privateKey: read('MINTLIFY_PRIVATE_KEY'),
    privateDocsKey: read('PRIVATE_DOCS_KEY'),
  };
  checkKey('DOCS_URL', settings.docsUrl, 'MINTLIFY_PRIVATE_KEY', settings.privateKey);
  checkKey('PRIVATE_DOCS_URL', settings.privateDocsUrl, 'PRIVATE_DOCS_KEY', settings.privateDocsKey);
  checkPorts(settings);
  return settings;
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

function checkPorts({ port, docsPort, privateDocsPort, docsUrl, privateDocsUrl }: Settings): void {
  const ports = new Map([[port, 'PORT']]);
  const emulators = [
    { name: 'DOCS_PORT', port: docsPort, url: docsUrl },
    { name: 'PRIVATE_DOCS_PORT', port: privateDocsPort, url: privateDocsUrl },
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
