import { parseArgs } from 'node:util';
import type { DocsHandshake } from '../shared/handshake-types.js';
import type { DocsMode } from '../shared/docs-mode.js';
import type { NamedLoginUrl } from '../shared/login-url-types.js';
import { readHandshakeFlags } from './handshake-arguments.js';

/** The parsed command line. */
export interface CliArguments {
  help: boolean;
  /** Not validated here: `startDocsEmulator` rejects unknown modes. */
  mode?: DocsMode;
  /** Absent for docs without a login. */
  handshake?: DocsHandshake;
  directory?: string;
  port?: number;
  basePath?: string;
  publicUrl?: string;
  /** Paths of the public key files. */
  publicKeyFiles: string[];
  /** A single login URL without a name. */
  loginUrl?: string;
  /** Named login URLs. */
  loginUrls?: NamedLoginUrl[];
  /** Who the docs are shown as, without a login. */
  visitors: VisitorFlags;
  /** Opens the docs in a browser. */
  open: boolean;
  /** Checks the docs folder instead of serving it. */
  check: boolean;
  /** Prints the result of the check as JSON. */
  json: boolean;
  /** Lists pages as a preview deployment does. */
  preview: boolean;
  /** Other origins that pages may load from. */
  allowOrigins: string[];
  /** Serves the discovery API for this domain; the key comes from the environment. */
  discoveryDomain?: string;
}

/** The flags about visitors; files are not read yet. */
export interface VisitorFlags {
  groups?: string[];
  userFile?: string;
  visitorsFile?: string;
}

/** The text that `--help` prints. */
export const USAGE = `Serves a folder of Mintlify docs locally, with logins handled by your own backend.

Usage: mintlify-docs-emulator [--groups NAMES | --user FILE | --visitors FILE] [options]
       mintlify-docs-emulator --check [--json] [--visitors FILE] [options]
       mintlify-docs-emulator --public-key FILE --login-url URL [options]
       mintlify-docs-emulator --handshake shared-session --info-api-url URL --login-url URL [options]
       mintlify-docs-emulator --handshake oauth --authorization-url URL --client-id ID --token-url URL
                              --info-api-url URL [options]

Without a key, there is no login: a menu on each page chooses the visitor.
  --groups NAMES      a visitor in these groups, such as admin,beta
  --user FILE         a visitor from a JSON file: { "groups": ["admin"], "content": { "firstName": "Ada" } }
  --visitors FILE     several, from a JSON file: { "anonymous": null, "admin": { "groups": ["admin"] } },
                      or the personas.json that mintlify-personalization personas writes
  --check             compile every page for these visitors and print what is wrong, with file and line;
                      exits with 1 if a page has a fault
  --json              with --check: print one JSON object
  --preview           list pages whatever their groups are, as a preview deployment does
  --allow-origin ORIGIN
                      let pages load from another origin, such as https://www.youtube.com: frames, scripts,
                      styles, fonts and requests. Repeat it for more
  --discovery DOMAIN  serve Mintlify's discovery API (search, pages, assistant) at /discovery, for apps that use it.
                      The environment variable MINTLIFY_DISCOVERY_KEY is its key: mint_dsc_ and more
  --open              open the docs in a browser

  --public-key FILE   public key to verify tokens with: SPKI PEM or JWK. Repeat it for key rotation.
                      The file is read again for each token
  --login-url URL     where a login begins, such as http://localhost:3000/docs-login
  --mode MODE         personalization: public docs, P-256 keys (default)
                      authentication: private docs, Ed25519 keys
  --login-url NAME=URL
                      in authentication: up to ten named logins, of which the visitor chooses one
  --handshake NAME    jwt (default), or for public docs shared-session or oauth
  --info-api-url URL  shared-session, oauth: the API that returns the visitor's user info
  --authorization-url URL, --client-id ID, --token-url URL
                      oauth: the authorization server and the docs' public client there
  --scope SCOPE       oauth: a scope to request; can be repeated
  --authorization-parameter NAME=VALUE
                      oauth: an extra parameter of the authorization request; can be repeated
  --groups-from TOKEN oauth: id_token or access_token, which has the groups; instead of --info-api-url
  --groups-claim NAME, --groups-delimiter TEXT
                      oauth: the claim with the groups (default: groups), and what splits it if it is
                      one string: 1 to 4 characters
  --directory DIR     folder with docs.json and MDX pages (default: this folder, if it has a docs.json,
                      or else a small sample site)
  --port PORT         port to listen on (default: 3001, or without a key the next free one;
                      0 picks a free one)
  --base-path PATH    path of public docs, such as /docs (default: none)
  --public-url URL    origin where browsers reach the docs, such as https://docs.foo.test
                      (default: http://localhost:PORT)
  --help              print this help`;

/**
 * Parses the command line.
 *
 * @param args the arguments, without the program name.
 * @throws TypeError with a one-line message, for an unknown or missing option.
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
      'groups-from': { type: 'string' },
      'groups-claim': { type: 'string' },
      'groups-delimiter': { type: 'string' },
      groups: { type: 'string' },
      user: { type: 'string' },
      visitors: { type: 'string' },
      open: { type: 'boolean' },
      check: { type: 'boolean' },
      json: { type: 'boolean' },
      preview: { type: 'boolean' },
      'allow-origin': { type: 'string', multiple: true },
      discovery: { type: 'string' },
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
    groups,
    user: userFile,
    visitors: visitorsFile,
    open = false,
    check = false,
    json = false,
    preview = false,
    'allow-origin': allowOrigins = [],
    discovery: discoveryDomain,
    ...flags
  } = values;
  if (json && !check) throw new TypeError('--json is for --check; see --help.');
  const hasLogin = publicKeyFiles.length + loginUrls.length + Object.keys(flags).length > 0;
  if (hasLogin && (groups ?? userFile ?? visitorsFile) !== undefined) {
    throw new TypeError('--groups, --user and --visitors are for docs without a login; see --help.');
  }
  const handshake = help || check || !hasLogin ? undefined : readHandshakeFlags(flags);
  if (handshake?.type === 'jwt' && publicKeyFiles.length === 0) {
    throw new TypeError('--public-key FILE is missing; see --help.');
  }
  if (handshake && handshake.type !== 'oauth' && loginUrls.length === 0) {
    throw new TypeError('--login-url URL is missing; see --help.');
  }
  return {
    help,
    handshake,
    mode: mode as DocsMode | undefined,
    directory,
    // Number('') is 0, which means a random port.
    port: port === undefined ? undefined : Number(port || Number.NaN),
    basePath,
    publicUrl,
    publicKeyFiles,
    ...readLoginUrls(loginUrls),
    visitors: {
      groups: groups
        ?.split(',')
        .map((name) => name.trim())
        .filter(Boolean),
      userFile,
      visitorsFile,
    },
    open,
    check,
    json,
    preview,
    allowOrigins,
    ...(discoveryDomain !== undefined && { discoveryDomain }),
  };
}

// A single URL needs no name; several do.
function readLoginUrls(texts: readonly string[]): Pick<CliArguments, 'loginUrl' | 'loginUrls'> {
  const [first] = texts;
  if (first === undefined) return {};
  if (texts.length === 1 && isPlainUrl(first)) return { loginUrl: first };
  return {
    loginUrls: texts.map((text) => {
      const [name = '', ...rest] = text.split('=');
      if (!isPlainUrl(text) && rest.length > 0) return { name, url: rest.join('=') };
      throw new TypeError(
        `--login-url ${text} needs a name, because there are several: --login-url NAME=URL; see --help.`,
      );
    }),
  };
}

// A URL's query may contain `=` too.
function isPlainUrl(text = ''): boolean {
  return /^https?:/i.test(text) || !text.includes('=');
}
