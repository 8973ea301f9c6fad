import { resolve } from 'node:path';
import type { DiscoveryAccess, DocsEmulatorOptions } from './docs-emulator-options.js';
import { readHandshake } from './handshake-reader.js';
import { createKeyring } from './keys/public-key-source.js';
import type { Keyring } from './keys/public-key-source.js';
import { readLoginUrls } from './login-url-reader.js';
import type { LoginUrls } from './login-url-reader.js';
import { PRIVATE_SAMPLE_DIRECTORY, SAMPLE_DIRECTORY } from './sample-directories.js';
import type { DocsMode } from './shared/docs-mode.js';
import type { DocsHandshake } from './shared/handshake-types.js';
import { parseUrl } from './shared/url-parser.js';
import { readVisitor } from './shared/visitor-reader.js';
import { isRecord } from './shared/type-guards.js';
import type { NamedVisitor } from './http/visitor-switch.js';

/** The validated options, with defaults. */
export interface ResolvedDocsEmulatorOptions {
  mode: DocsMode;
  port: number;
  host: string;
  /** An origin, such as `https://docs.foo.test`. */
  publicUrl?: string;
  directory: string;
  basePath: string;
  keyring: Keyring;
  handshake: DocsHandshake;
  loginUrls: LoginUrls;
  /** Set for docs without a login. */
  visitors?: NamedVisitor[];
  preview: boolean;
  allowOrigins: string[];
  discovery?: DiscoveryAccess;
  watch: boolean;
  onWarning: (warning: string) => void;
}

const SAMPLE_DIRECTORIES: Readonly<Record<DocsMode, string>> = {
  personalization: SAMPLE_DIRECTORY,
  authentication: PRIVATE_SAMPLE_DIRECTORY,
};

/**
 * Validates the options and fills in the defaults.
 *
 * @throws TypeError that names the invalid option and the fix; any error of the function `publicKeys`.
 * @example
 * const { port } = await resolveOptions({ publicKeys: [pem], loginUrl: 'http://localhost:3000/docs-login' });
 */
export async function resolveOptions(options: DocsEmulatorOptions): Promise<ResolvedDocsEmulatorOptions> {
  const {
    port = 3001,
    host = 'localhost',
    basePath = '',
    publicUrl,
    preview = false,
    watch = false,
  } = options;
  const { onWarning = () => undefined } = options;
  const mode = readMode(options.mode);
  const handshake = readHandshake(options.handshake, mode);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new TypeError(`port must be an integer from 0 to 65535, not ${port}.`);
  }
  if (typeof preview !== 'boolean') throw new TypeError('preview must be true or false.');
  if (typeof watch !== 'boolean') throw new TypeError('watch must be true or false.');
  if (typeof onWarning !== 'function') throw new TypeError('onWarning must be a function.');
  const visitors = readVisitors(options);
  const discovery = readDiscovery(options.discovery);
  return {
    mode,
    port,
    host,
    onWarning,
    ...(publicUrl !== undefined && { publicUrl: readPublicUrl(publicUrl) }),
    directory: resolve(options.directory ?? SAMPLE_DIRECTORIES[mode]),
    basePath: readBasePath(basePath, mode),
    handshake,
    preview,
    allowOrigins: readAllowOrigins(options.allowOrigins),
    watch,
    ...(discovery && { discovery }),
    ...(visitors && { visitors }),
    loginUrls: visitors ? () => [] : resolveLoginUrls(options, handshake, mode),
    keyring: visitors ? () => [] : await readKeys(options, handshake, mode),
  };
}

function readVisitors(options: DocsEmulatorOptions): NamedVisitor[] | undefined {
  const { visitors } = options;
  if (visitors === undefined) return undefined;
  for (const name of ['publicKeys', 'loginUrl', 'loginUrls', 'handshake'] as const) {
    if (options[name] !== undefined) {
      throw new TypeError(`visitors is for docs without a login. Remove ${name}, or remove visitors.`);
    }
  }
  if (!isRecord(visitors) || Object.keys(visitors).length === 0) {
    throw new TypeError(
      'visitors must be an object, such as { anonymous: null, admin: { groups: ["admin"] } }.',
    );
  }
  return Object.entries(visitors).map(([name, data]): NamedVisitor => {
    if (data === null) return { name };
    const visitor = readVisitor(data);
    if (typeof visitor !== 'string') return { name, visitor };
    throw new TypeError(`visitors.${name}: ${visitor}`);
  });
}

function resolveLoginUrls(options: DocsEmulatorOptions, { type }: DocsHandshake, mode: DocsMode): LoginUrls {
  if (type !== 'oauth') return readLoginUrls(options, mode);
  if (options.loginUrl === undefined && options.loginUrls === undefined) return () => [];
  throw new TypeError(
    'loginUrl is not for OAuth, where a login begins at handshake.authorizationUrl. Remove it.',
  );
}

async function readKeys(
  { publicKeys }: DocsEmulatorOptions,
  { type }: DocsHandshake,
  mode: DocsMode,
): Promise<Keyring> {
  if (type === 'jwt') {
    if (publicKeys !== undefined) return createKeyring(publicKeys, mode);
    throw new TypeError(
      'publicKeys is missing. Pass the public half of the key that your backend signs with.',
    );
  }
  if (publicKeys === undefined) return () => [];
  throw new TypeError(`publicKeys is only for the handshake jwt, not for ${type}. Remove it.`);
}

function readMode(mode: DocsMode = 'personalization'): DocsMode {
  if (Object.hasOwn(SAMPLE_DIRECTORIES, mode)) return mode;
  throw new TypeError("mode must be 'personalization' or 'authentication'.");
}

function readPublicUrl(publicUrl: string): string {
  const url = parseUrl(publicUrl);
  if (url && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href) return url.origin;
  throw new TypeError('publicUrl must be an origin without a path, such as https://docs.foo.test.');
}

function readAllowOrigins(origins: unknown = []): string[] {
  if (!Array.isArray(origins)) throw new TypeError('allowOrigins must be a list of origins.');
  return origins.map((origin: unknown): string => {
    const url = typeof origin === 'string' ? parseUrl(origin) : undefined;
    // What else a URL may have could be read as another directive of the content policy.
    if (url && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href) return url.origin;
    throw new TypeError(
      `allowOrigins must hold origins without a path, such as https://www.youtube.com, not ${String(origin)}.`,
    );
  });
}

function readDiscovery(discovery: unknown): DiscoveryAccess | undefined {
  if (discovery === undefined) return undefined;
  const { domain, apiKey } = isRecord(discovery) ? discovery : {};
  if (typeof domain !== 'string' || !/^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i.test(domain)) {
    throw new TypeError('discovery.domain must have letters, digits and hyphens only, such as acme.');
  }
  if (typeof apiKey === 'string' && /^mint_dsc_[\w.~+/=-]{8,500}$/.test(apiKey)) return { domain, apiKey };
  throw new TypeError('discovery.apiKey must be mint_dsc_ and at least eight more characters. Make one up.');
}

function readBasePath(basePath: string, mode: DocsMode): string {
  const path = basePath.replace(/\/+$/, '');
  if (path === '') return path;
  if (mode === 'authentication') {
    throw new TypeError(
      'basePath is not for authentication: private docs cannot have a base path. Remove it, and serve them on their own origin.',
    );
  }
  if (/^(?:\/[\w-][\w.~-]*)+$/.test(path)) return path;
  throw new TypeError('basePath must be a path of letters, digits and hyphens, such as /docs.');
}
