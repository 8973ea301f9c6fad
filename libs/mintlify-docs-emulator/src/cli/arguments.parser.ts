import { parseArgs } from 'node:util';

/** What the command line asks for. */
export interface CliArguments {
  help: boolean;
  directory?: string;
  port?: number;
  basePath?: string;
  /** Paths of the files with public keys. */
  publicKeyFiles: string[];
  loginUrl: string;
}

/** The text that `--help` prints. */
export const USAGE = `Shows a folder of Mintlify docs, personalised by your own backend's handshake.

Usage: mintlify-docs-emulator --public-key FILE --login-url URL [options]

  --public-key FILE   public key that tokens are checked with: SPKI PEM or JWK; repeat it while keys rotate
  --login-url URL     where the "Log in" link goes, such as http://localhost:3000/docs-login
  --directory DIR     folder with docs.json and MDX pages (default: a small sample site)
  --port PORT         port to listen on (default: 3001; 0 picks a free one)
  --base-path PATH    path under which the docs live, such as /docs (default: none)
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
      'base-path': { type: 'string' },
      'public-key': { type: 'string', multiple: true },
      'login-url': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const publicKeyFiles = values['public-key'] ?? [];
  const loginUrl = values['login-url'] ?? '';
  const help = values.help ?? false;
  if (!help && publicKeyFiles.length === 0) throw new TypeError('--public-key FILE is missing; see --help.');
  if (!help && !loginUrl) throw new TypeError('--login-url URL is missing; see --help.');
  return {
    help,
    directory: values.directory,
    // Number('') is 0, which would pick a port unasked.
    port: values.port === undefined ? undefined : Number(values.port || Number.NaN),
    basePath: values['base-path'],
    publicKeyFiles,
    loginUrl,
  };
}
