import { setTimeout as wait } from 'node:timers/promises';
import { Command } from 'commander';
import type { DocsMode } from '../../mintlify-personalization/src/ports/docs-site.js';
import { addKeyOptions, modeOption, requireKey, type KeyArguments } from './docs-options.js';
import { readJson } from './input-reader.js';
import { signOffline } from './offline-signing.js';
import { paint, print, printError, type Terminal } from './terminal.js';

interface SignArguments extends KeyArguments {
  readonly mode: DocsMode;
  readonly docsUrl: string;
  readonly keyId?: string;
  readonly url?: true;
  readonly redirect?: string;
  readonly anchor?: string;
}

const LIFETIME_SECONDS = 10;

/** `sign`: a token, or the whole address that a login would lead to. */
export function createSignCommand(terminal: Terminal): Command {
  const command = new Command('sign')
    .description('sign a user, as JSON, as a login would')
    .argument('<file>', 'JSON file with the user, or - for the standard input')
    .addOption(modeOption())
    .option('-d, --docs-url <url>', 'the docs site', 'http://localhost:3001')
    .option('--key-id <id>', "`kid` in the token's header")
    .option('-u, --url', 'print the whole address to open in a browser')
    .option('-r, --redirect <path>', 'the page to arrive at; implies --url')
    .option('-a, --anchor <anchor>', 'the place on the page; implies --url');
  return addKeyOptions(command)
    .addHelpText(
      'after',
      `
The token is valid for ten seconds, for anyone who has it: pipe it on, or open the URL at once.

Examples:
  mintlify-personalization sign user.json --key-file docs.pem | mintlify-personalization decode -
  xdg-open "$(mintlify-personalization sign user.json --docs-url https://docs.foo.com --redirect /quickstart)"`,
    )
    .action((file: string, options: SignArguments) => sign(terminal, file, options));
}

async function sign(terminal: Terminal, file: string, options: SignArguments): Promise<void> {
  const user = await readJson(terminal, file);
  const { docsUrl, mode, keyId, redirect, anchor } = options;
  const site = { docsUrl, mode, keyId, signingKey: await requireKey(terminal, options) };
  const parameters = {
    ...(redirect !== undefined && { redirect }),
    ...(anchor !== undefined && { anchor }),
  };
  const { token, url, refused } = await signOffline(site, user, parameters, terminal);
  const isUrl = options.url === true || redirect !== undefined || anchor !== undefined;
  print(terminal, isUrl ? url : token);
  if (refused !== undefined) {
    printError(
      terminal,
      `That is not a page of the docs (${refused}): the visitor arrives at the front page.`,
    );
  }
  // A pipe has no use for it.
  if (terminal.stdout.isTTY === true && terminal.stderr.isTTY === true) await countDown(terminal);
}

async function countDown(terminal: Terminal): Promise<void> {
  for (let left = LIFETIME_SECONDS; left > 0; left -= 1) {
    terminal.stderr.write(`\r${paint(terminal, 'faint', `good for ${left} s more `)}`);
    await wait(1_000);
  }
  terminal.stderr.write(`\r${paint(terminal, 'warning', 'expired')}               \n`);
}
