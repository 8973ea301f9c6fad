import { randomBytes } from 'node:crypto';
import { StartError } from './start.error.js';

/** The environment, read and checked. A port of 0 asks for any free one. */
export interface Settings {
  port: number;
  docsPort: number;
  publicUrl?: string;
  docsUrl?: string;
  databaseUrl?: string;
  sessionSecret: string;
  /** As the environment gave it; the library reads it and says what is wrong with it. */
  privateKey?: string;
}

const DEFAULT_PORT = 3_000;
const DEFAULT_DOCS_PORT = 3_001;
const MIN_SECRET_LENGTH = 32;

/**
 * Reads the settings from environment variables. One that is empty counts as not set.
 *
 * @throws {StartError} one line that names the variable and the mend, without its value where that is secret
 */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const read = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const settings = {
    port: readPort('PORT', read('PORT'), DEFAULT_PORT),
    docsPort: readPort('DOCS_PORT', read('DOCS_PORT'), DEFAULT_DOCS_PORT),
    publicUrl: readOrigin('PUBLIC_URL', read('PUBLIC_URL')),
    docsUrl: readUrl('DOCS_URL', read('DOCS_URL'), ['https:', 'http:'], 'https://docs.foo.com'),
    databaseUrl: readUrl(
      'DATABASE_URL',
      read('DATABASE_URL'),
      ['postgres:', 'postgresql:'],
      'postgres://user:password@localhost:5432/acme',
    ),
    sessionSecret: readSecret('SESSION_SECRET', read('SESSION_SECRET')),
    privateKey: read('MINTLIFY_PRIVATE_KEY'),
  };
  checkTogether(settings);
  return settings;
}

function checkTogether({ port, docsPort, docsUrl, privateKey }: Settings): void {
  if (docsUrl !== undefined && privateKey === undefined) {
    throw new StartError(
      'DOCS_URL is set and MINTLIFY_PRIVATE_KEY is not: that docs site cannot know a key made up here. Set ' +
        'MINTLIFY_PRIVATE_KEY to the key its dashboard generated, or unset DOCS_URL for the docs emulator.',
    );
  }
  if (docsUrl === undefined && port === docsPort && port !== 0) {
    throw new StartError(`PORT and DOCS_PORT are both ${port}. Give each a port of its own.`);
  }
}

function readPort(name: string, value: string | undefined, fallback: number): number {
  if (value === undefined) return fallback;
  const port = Number(value);
  if (/^\d{1,5}$/.test(value) && port <= 65_535) return port;
  throw new StartError(`${name} is no port. Give a whole number from 1 to 65535, such as ${fallback}.`);
}

function readUrl(
  name: string,
  value: string | undefined,
  schemes: string[],
  example: string,
): string | undefined {
  if (value === undefined) return undefined;
  if (URL.canParse(value) && schemes.includes(new URL(value).protocol)) return value;
  throw new StartError(`${name} is no address that can be used. Give one like ${example}.`);
}

function readOrigin(name: string, value: string | undefined): string | undefined {
  const url = readUrl(name, value, ['https:', 'http:'], 'https://app.foo.com');
  if (url === undefined) return undefined;
  const { origin, href } = new URL(url);
  if (href === `${origin}/`) return origin;
  throw new StartError(`${name} has more than scheme, host and port. Give it like ${origin}.`);
}

function readSecret(name: string, value: string | undefined): string {
  if (value === undefined) return randomBytes(32).toString('base64url');
  if (value.length >= MIN_SECRET_LENGTH) return value;
  throw new StartError(
    `${name} is shorter than ${MIN_SECRET_LENGTH} characters and could be guessed. Make one with: openssl rand -base64 32`,
  );
}
