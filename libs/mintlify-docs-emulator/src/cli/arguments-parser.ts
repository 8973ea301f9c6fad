import { parseArgs } from 'node:util';
import type { DocsHandshake } from '../shared/handshake-types.js';
import type { DocsMode } from '../shared/docs-mode.js';
import type { NamedLoginUrl } from '../shared/login-url-types.js';
import { readHandshakeFlags } from './handshake-arguments.js';

/** What the command line asks for. */
export interface CliArguments {
  help: boolean;
  /** As it was given: the start refuses what is no mode. */
  mode?: DocsMode;
  handshake: DocsHandshake;
  directory?: string;
  port?: number;
  basePath?: string;
  publicUrl?: string;
  /** Paths of the files with public keys. */
  publicKeyFiles: string[];
  /** The one login URL, where it has no name. */
  loginUrl?: string;
  /** The login URLs, where they have names. */
  loginUrls?: NamedLoginUrl[];
}

/** The text that `--help` prints. */
export const USAGE = `Shows a folder of Mintlify docs, personalised or kept private by your own backend's handshake.

Usage: mintlify-docs-emulator --public-key FILE --login-url URL [options]
       mintlify-docs-emulator --handshake shared-session --info-api-url URL --login-url URL [options]
       mintlify-docs-emulator --handshake oauth --authorization-url URL --client-id ID --token-url URL
                              --info-api-url URL [options]

  --public-key FILE   public key that tokens are checked with: SPKI PEM or JWK; repeat it while keys rotate.
                      It is read again for each token
  --login-url URL     where a login begins, such as http://localhost:3000/docs-login
  --mode MODE         personalization: public docs, P-256 keys (default)
                      authentication: private docs, Ed25519 keys
  --login-url NAME=URL
                      in authentication, repeated up to ten times: the visitor chooses by name
  --handshake NAME    jwt (default), or for public docs shared-session or oauth
  --info-api-url URL  shared-session, oauth: the API that tells who the visitor is
  --authorization-url URL, --client-id ID, --token-url URL
                      oauth: the authorization server and the docs' public client there
  --scope SCOPE       oauth: a scope to ask for; repeat it
  --authorization-parameter NAME=VALUE
                      oauth: an additional parameter of the authorization request; repeat it
  --directory DIR     folder with docs.json and MDX pages (default: a small sample site)
  --port PORT         port to listen on (default: 3001; 0 picks a free one)
  --base-path PATH    path under which public docs live, such as /docs (default: none)
  --public-url URL    origin at which browsers reach the docs, such as https://docs.foo.test
                      (default: http://localhost:PORT)
  --help              print this text`;

/**
 * Reads the command line.
 *
 * @param args without the program's name.
 * @throws TypeError in one line, for an unknown option or one that is missing.
 * @example
 * parseArguments(['--public-key', 'public.pem', '--login-url', 'http://localhost:3000/docs-login']);
 */
export function parseArguments(args: string[]): CliArguments {
  const { values } = parseArgs({
    args,
    options: {
      directory: { type: 'string' },
      port: { type: 'string' },
      mode: { type: 'string' },
      'base-path': { type: 'string' },
      'public-url': { type: 'string' },
      'public-key': { type: 'string', multiple: true },
      'login-url': { type: 'string', multiple: true },
      handshake: { type: 'string' },
      'info-api-url': { type: 'string' },
      'authorization-url': { type: 'string' },
      'client-id': { type: 'string' },
      scope: { type: 'string', multiple: true },
      'token-url': { type: 'string' },
      'authorization-parameter': { type: 'string', multiple: true },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const {
    help = false,
    directory,
    mode,
    port,
    'base-path': basePath,
    'public-url': publicUrl,
    'public-key': publicKeyFiles = [],
    'login-url': loginUrls = [],
    ...flags
  } = values;
  const handshake: DocsHandshake = help ? { type: 'jwt' } : readHandshakeFlags(flags);
  if (!help && handshake.type === 'jwt' && publicKeyFiles.length === 0) {
    throw new TypeError('--public-key FILE is missing; see --help.');
  }
  if (!help && handshake.type !== 'oauth' && loginUrls.length === 0) {
    throw new TypeError('--login-url URL is missing; see --help.');
  }
  return {
    help,
    handshake,
    mode: mode as DocsMode | undefined,
    directory,
    // Number('') is 0, which would pick a port unasked.
    port: port === undefined ? undefined : Number(port || Number.NaN),
    basePath,
    publicUrl,
    publicKeyFiles,
    ...readLoginUrls(loginUrls),
  };
}

// One URL by itself is the login URL; several are told apart by their names.
function readLoginUrls(texts: readonly string[]): Pick<CliArguments, 'loginUrl' | 'loginUrls'> {
  const [first] = texts;
  if (first === undefined) return {};
  if (texts.length === 1 && isPlainUrl(first)) return { loginUrl: first };
  return {
    loginUrls: texts.map((text) => {
      const [name = '', ...rest] = text.split('=');
      if (!isPlainUrl(text) && rest.length > 0) return { name, url: rest.join('=') };
      throw new TypeError(
        `--login-url ${text} needs a name beside others: --login-url NAME=URL; see --help.`,
      );
    }),
  };
}

// A URL's query may hold `=` too.
function isPlainUrl(text = ''): boolean {
  return /^https?:/i.test(text) || !text.includes('=');
}
