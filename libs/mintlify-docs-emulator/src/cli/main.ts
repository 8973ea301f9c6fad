#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import { startDocsEmulator } from '../docs-emulator.js';
import { parseArguments, USAGE } from './arguments-parser.js';

/** The bin `mintlify-docs-emulator`: runs an emulator until it is stopped. */
async function main(args: string[]): Promise<void> {
  const { help, publicKeyFiles, ...options } = parseArguments(args);
  if (help) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const publicKeys = () => Promise.all(publicKeyFiles.map((file) => readFile(file, 'utf8')));
  const emulator = await startDocsEmulator({
    ...options,
    ...(publicKeyFiles.length > 0 && { publicKeys }),
  });
  process.stdout.write(`Docs: ${emulator.url}\nStop with Ctrl-C.\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void emulator.close());
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`mintlify-docs-emulator: ${message.split('\n')[0]}\n`);
  process.exitCode = 1;
});
