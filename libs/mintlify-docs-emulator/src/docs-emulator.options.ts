import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parsePublicKeys } from './keys/public-key.parser.js';
import type { PublicKeyInput, VerificationKey } from './keys/public-key.parser.js';

/**
 * Settings of a docs emulator.
 *
 * @example
 * const options: DocsEmulatorOptions = { publicKeys: [publicPem], loginUrl: 'http://localhost:3000/docs-login' };
 */
export interface DocsEmulatorOptions {
  /** TCP port, 0 to 65535; 0 picks a free one. Default 3001. */
  port?: number;
  /**
   * The interface to listen on. Default `localhost`: this machine alone, on both loopback addresses, so that
   * http://localhost:PORT works in every browser. `0.0.0.0` shows the docs to the whole network.
   */
  host?: string;
  /** Folder with docs.json and MDX pages. Default: a small sample site, "Acme Cloud". */
  directory?: string;
  /** Path under which the docs live, such as `/docs`. Default `''`: at the root. */
  basePath?: string;
  /** The public keys that tokens are checked with, at least one. A list, because keys rotate. */
  publicKeys: PublicKeyInput[];
  /** Where the "Log in" link goes: an absolute http or https URL. */
  loginUrl: string;
}

/** The settings with defaults filled in, checked. */
export interface ResolvedDocsEmulatorOptions {
  port: number;
  host: string;
  directory: string;
  basePath: string;
  keys: VerificationKey[];
  loginUrl: string;
}

const SAMPLE_DIRECTORY = fileURLToPath(new URL('../sample/', import.meta.url));

/**
 * Fills in the defaults and checks the settings.
 *
 * @throws TypeError that names the wrong option and its mend.
 * @example
 * resolveOptions({ publicKeys: [pem], loginUrl: 'http://localhost:3000/docs-login' }).port; // 3001
 */
export function resolveOptions(options: DocsEmulatorOptions): ResolvedDocsEmulatorOptions {
  const { port = 3001, host = 'localhost', directory = SAMPLE_DIRECTORY, basePath = '' } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new TypeError(`port must be a whole number from 0 to 65535, not ${port}.`);
  }
  return {
    port,
    host,
    directory: resolve(directory),
    basePath: readBasePath(basePath),
    keys: parsePublicKeys(options.publicKeys),
    loginUrl: readLoginUrl(options.loginUrl),
  };
}

function readBasePath(basePath: string): string {
  const path = basePath.replace(/\/+$/, '');
  if (path === '' || /^(?:\/[\w-][\w.~-]*)+$/.test(path)) return path;
  throw new TypeError('basePath must be a path such as /docs, of letters, digits and hyphens.');
}

function readLoginUrl(loginUrl: string): string {
  if (URL.canParse(loginUrl) && /^https?:$/.test(new URL(loginUrl).protocol)) return loginUrl;
  throw new TypeError('loginUrl must be an absolute URL, such as http://localhost:3000/docs-login.');
}
