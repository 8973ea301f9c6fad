#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startDocsEmulator } from '../docs-emulator.js';
import type { DocsEmulator } from '../docs-emulator.js';
import type { DocsEmulatorOptions } from '../docs-emulator-options.js';
import { isRecord } from '../shared/type-guards.js';
import { parseArguments, USAGE } from './arguments-parser.js';
import { openInBrowser } from './browser-opener.js';
import { readVisitorFlags } from './visitor-files.js';

const FIRST_PORT = 3001;
const PORTS_TO_TRY = 20;

/** The bin `mintlify-docs-emulator`: runs an emulator until it is stopped. */
async function main(args: string[]): Promise<void> {
  const { help, publicKeyFiles, visitors, open, check, json, handshake, discoveryDomain, ...given } =
    parseArguments(args);
  const options = { ...given, ...(discoveryDomain !== undefined && readDiscovery(discoveryDomain)) };
  if (help) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const directory = options.directory ?? currentDirectory();
  if (check) {
    const named = await readVisitorFlags(visitors);
    const { runCheck } = await import('./check-command.js');
    process.exitCode = await runCheck({
      directory: directory ?? '.',
      mode: options.mode,
      visitors: named,
      preview: options.preview,
      basePath: options.basePath,
      json,
    });
    return;
  }
  const publicKeys = () => Promise.all(publicKeyFiles.map((file) => readFile(file, 'utf8')));
  const onWarning = (warning: string) => void process.stderr.write(`warning  ${warning}\n`);
  const emulator = handshake
    ? await startDocsEmulator({
        ...options,
        directory,
        onWarning,
        watch: true,
        handshake,
        ...(publicKeyFiles.length > 0 && { publicKeys }),
      })
    : await startOnFreePort({
        ...options,
        directory,
        onWarning,
        watch: true,
        visitors: await readVisitorFlags(visitors),
      });
  for (const warning of emulator.warnings) onWarning(warning);
  process.stdout.write(`Docs: ${emulator.url}\nStop with Ctrl-C.\n`);
  if (open) openInBrowser(emulator.url);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void emulator.close());
}

/** Other processes can read a command line, so the key comes from the environment. */
function readDiscovery(domain: string): Pick<DocsEmulatorOptions, 'discovery'> {
  return { discovery: { domain, apiKey: process.env.MINTLIFY_DISCOVERY_KEY ?? '' } };
}

function currentDirectory(): string | undefined {
  const hasConfig = ['docs.json', 'mint.json'].some((file) => existsSync(join(process.cwd(), file)));
  return hasConfig ? process.cwd() : undefined;
}

/** Without `--port`, the next free one. */
async function startOnFreePort(options: DocsEmulatorOptions): Promise<DocsEmulator> {
  if (options.port !== undefined) return startDocsEmulator(options);
  for (let port = FIRST_PORT; port < FIRST_PORT + PORTS_TO_TRY; port += 1) {
    try {
      return await startDocsEmulator({ ...options, port });
    } catch (error) {
      if (!isRecord(error) || error.code !== 'EADDRINUSE') throw error;
    }
  }
  return startDocsEmulator({ ...options, port: 0 });
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`mintlify-docs-emulator: ${message.split('\n')[0]}\n`);
  process.exitCode = 1;
});
