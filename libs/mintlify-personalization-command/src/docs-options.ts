import { createPublicKey } from 'node:crypto';
import { Option, type Command } from 'commander';
import type { DocsMode } from '../../mintlify-personalization/src/ports/docs-site.js';
import { CommandError } from './command-error.js';
import { readText } from './input-reader.js';
import type { Terminal } from './terminal.js';

/** The environment variable that holds the private key, where none is named. */
const KEY_VARIABLE = 'MINTLIFY_PRIVATE_KEY';

/** Where a private key is: never on the command line, where other processes and the shell's history would see it. */
export interface KeyArguments {
  readonly keyFile?: string;
  readonly keyEnv: string;
}

/** @internal `--mode`, with its two values. */
export function modeOption(): Option {
  return new Option('-m, --mode <mode>', 'public docs (ES256) or private ones (EdDSA)')
    .choices(['personalization', 'authentication'] satisfies DocsMode[])
    .default('personalization');
}

/** @internal `--key-file` and `--key-env`. */
export function addKeyOptions(command: Command): Command {
  return command
    .option('-k, --key-file <file>', 'file with the private key (PEM or JWK)')
    .option('--key-env <name>', 'environment variable with the private key', KEY_VARIABLE);
}

/** The text of the private key, or `undefined` where there is none. */
export async function findKey(
  terminal: Terminal,
  { keyFile, keyEnv }: KeyArguments,
): Promise<string | undefined> {
  if (keyFile !== undefined) return readText(terminal, keyFile);
  assertVariableName('--key-env', keyEnv);
  const key = terminal.env[keyEnv];
  return key === undefined || key.trim() === '' ? undefined : key;
}

/**
 * That an option holds the name of an environment variable. What stands in its place may be the secret itself, and is not
 * quoted.
 *
 * @throws CommandError
 */
export function assertVariableName(option: string, name: string): void {
  if (/^[A-Za-z_]\w{0,99}$/.test(name)) return;
  throw new CommandError(
    `${option} takes the name of an environment variable, such as VISITOR, and no value.`,
  );
}

/** The public key of a file, as PEM (SPKI). */
export async function readPublicKey(
  terminal: Terminal,
  file: string | undefined,
): Promise<string | undefined> {
  if (file === undefined) return undefined;
  const text = await readText(terminal, file);
  try {
    return createPublicKey(text).export({ format: 'pem', type: 'spki' }).toString();
  } catch {
    // oxlint-disable-next-line preserve-caught-error -- a parser's message may quote what it read
    throw new CommandError('The file of --public-key holds no public key. Give it PEM (SPKI).');
  }
}

/** The text of the private key. */
export async function requireKey(terminal: Terminal, keyArguments: KeyArguments): Promise<string> {
  const key = await findKey(terminal, keyArguments);
  if (key !== undefined) return key;
  throw new CommandError(
    `There is no private key: ${keyArguments.keyEnv} is not set. Set it, or name a file with --key-file.`,
  );
}
