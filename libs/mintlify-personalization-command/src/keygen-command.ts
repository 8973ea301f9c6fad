import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { createKeyPair } from '../../mintlify-personalization/src/keys/key-pair.js';
import type { DocsMode } from '../../mintlify-personalization/src/ports/docs-site.js';
import { CommandError } from './command-error.js';
import { modeOption } from './docs-options.js';
import { print, printLines, type Terminal } from './terminal.js';

interface KeygenArguments {
  readonly mode: DocsMode;
  readonly out?: string;
  readonly stdout?: true;
}

/** `keygen`: a key pair for a mode, and where each half goes. */
export function createKeygenCommand(terminal: Terminal): Command {
  return new Command('keygen')
    .description('make a key pair, and say where each half goes')
    .addOption(modeOption())
    .option('-o, --out <file>', 'write the private key to this new file, which only you can read')
    .option('--stdout', 'print the private key, for a pipe into a secret store')
    .addHelpText(
      'after',
      `
Hosted Mintlify docs generate the key in their dashboard: use that one. A pair of your own is for the docs emulator,
for tests, and for docs that take your public key.

Examples:
  mintlify-personalization keygen --out docs.pem
  mintlify-personalization keygen --mode authentication --stdout | vault kv put secret/docs key=-`,
    )
    .action((options: KeygenArguments) => generate(terminal, options));
}

async function generate(terminal: Terminal, { mode, out, stdout }: KeygenArguments): Promise<void> {
  if ((out === undefined) === (stdout === undefined)) {
    throw new CommandError('Say where the private key goes: --out <file>, or --stdout for a pipe.');
  }
  const { privateKey, publicKey } = createKeyPair(mode);
  if (out === undefined) {
    terminal.stdout.write(privateKey);
    terminal.stderr.write(describePublicHalf(publicKey));
    return;
  }
  await writeNew(terminal, out, privateKey);
  print(terminal, ['good', 'Made'], ` ${nameKey(mode)}.`);
  print(terminal);
  print(terminal, ['strong', 'Private half'], `: ${out}, readable by you alone.`);
  print(terminal, '  Keep it in your secret store, and give it to the option signingKey, as one variable:');
  print(terminal, `  MINTLIFY_PRIVATE_KEY="$(cat ${out})"`);
  print(terminal);
  printLines(terminal, describePublicHalf(publicKey).trimEnd());
}

function nameKey(mode: DocsMode): string {
  return mode === 'authentication' ? 'an Ed25519 key pair (EdDSA)' : 'a P-256 key pair (ES256)';
}

function describePublicHalf(publicKey: string): string {
  return `Public half: for the docs, or the emulator's --public-key.\n${publicKey}`;
}

/** Never over a file that is there: it may be the key in use. */
async function writeNew(terminal: Terminal, file: string, text: string): Promise<void> {
  try {
    await writeFile(resolve(terminal.directory, file), text, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'EEXIST' ? 'is there already' : `cannot be written (${code ?? 'unknown error'})`;
    throw new CommandError(`${file} ${why}. Name another file.`, { cause: error });
  }
}
