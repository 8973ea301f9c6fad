import { Command, Option } from 'commander';
import { parseDocsUrl } from '../../mintlify-personalization/src/options/docs-url.js';
import type { DocsMode } from '../../mintlify-personalization/src/ports/docs-site.js';
import { CommandError, EXIT_CODE } from './command-error.js';
import { readPublicKey } from './docs-options.js';
import { readText } from './input-reader.js';
import { print, type Terminal } from './terminal.js';
import { inspectToken, type TokenInspection } from './token-inspector.js';
import { hideValues } from './user-values.js';

interface DecodeArguments {
  readonly mode?: DocsMode;
  readonly docsUrl?: string;
  readonly publicKey?: string;
  readonly showValues?: true;
  readonly json?: true;
}

/** `decode`: what a token says, and whether the docs will take it. */
export function createDecodeCommand(terminal: Terminal, end: (exitCode: number) => void): Command {
  return new Command('decode')
    .description('say what a token holds, what the docs will think of it, and why')
    .argument('[token]', 'token or whole address; default: the standard input, which no shell remembers', '-')
    .addOption(
      new Option('-m, --mode <mode>', 'of the docs; default: what the algorithm is for').choices([
        'personalization',
        'authentication',
      ]),
    )
    .option('-d, --docs-url <url>', 'private docs: their address, for the host')
    .option('-p, --public-key <file>', 'verify the signature with this key (PEM)')
    .option('--show-values', 'show what prefills the API playground, too')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Ends with 1 when the docs would refuse the token. Claims are printed; the signature is not.

Examples:
  pbpaste | mintlify-personalization decode
  mintlify-personalization decode --public-key public.pem < location.txt`,
    )
    .action((token: string, options: DecodeArguments) => decode(terminal, end, token, options));
}

async function decode(
  terminal: Terminal,
  end: (exitCode: number) => void,
  argument: string,
  { mode, docsUrl, publicKey, showValues, json }: DecodeArguments,
): Promise<void> {
  if (docsUrl !== undefined) parseDocsUrl(docsUrl);
  const text = argument === '-' ? await readText(terminal, argument) : argument;
  const inspection = await inspectToken(findToken(text.trim()), {
    mode,
    docsUrl,
    publicKey: await readPublicKey(terminal, publicKey),
    nowMs: terminal.now(),
  });
  if (inspection === undefined) {
    throw new CommandError(
      'That is no signed token, nor an address with one behind its #. Was it cut short?',
    );
  }
  const claims = showValues === true ? inspection.claims : hideValues(inspection.claims);
  if (json === true) print(terminal, JSON.stringify({ ...inspection, claims }));
  else describe(terminal, { ...inspection, claims: claims as TokenInspection['claims'] }, publicKey);
  if (inspection.faults.length > 0) end(EXIT_CODE.found);
}

/**
 * Out of a whole address, as the docs read it: all of the fragment, or its `jwt`; and no more than that, where the address
 * stands among other headers or in quotes.
 */
function findToken(text: string): string {
  const fragment = text.includes('#') ? text.slice(text.indexOf('#') + 1) : text;
  const token = new URLSearchParams(fragment).get('jwt') ?? fragment;
  return /^["']?([\w-]+(?:\.[\w-]*)+)/.exec(token)?.[1] ?? token;
}

const SIGNED = 'It is signed with this key.';
const UNCHECKED = 'The signature was not checked: give the public key with --public-key.';

function describe(
  terminal: Terminal,
  { header, claims, signature, faults }: TokenInspection,
  publicKey: string | undefined,
): void {
  print(terminal, ['strong', 'Header'], ` ${JSON.stringify(header)}`);
  const [first = '', ...lines] = JSON.stringify(claims, null, 2).split('\n');
  print(terminal, ['strong', 'Claims'], ` ${first}`);
  for (const line of [...lines, '']) print(terminal, line);
  if (signature === 'valid' || publicKey === undefined) {
    print(terminal, ['faint', signature === 'valid' ? SIGNED : UNCHECKED]);
  }
  for (const { what, fix } of faults) {
    print(terminal, ['bad', '✗'], ` ${what}`);
    print(terminal, `  ${fix}`);
  }
  if (faults.length > 0) return;
  print(terminal, ['good', '✓'], ' The docs will take it, for as long as it has not expired.');
}
