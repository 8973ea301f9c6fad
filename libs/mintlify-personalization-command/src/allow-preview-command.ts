import type { KeyObject } from 'node:crypto';
import { Command, InvalidArgumentError } from 'commander';
import { SignJWT } from 'jose';
import { importPrivateKey } from '../../mintlify-personalization/src/keys/private-key.js';
import { KEY_KINDS } from '../../mintlify-personalization/src/mintlify/key-kind.js';
import { isHostName } from '../../mintlify-personalization/src/options/docs-origins.js';
import { parseUrl } from '../../mintlify-personalization/src/options/parse-url.js';
import { resolveSiteOptions } from '../../mintlify-personalization/src/options/site-options.js';
import { PREVIEW_TOKEN_TYPE } from '../../mintlify-personalization/src/mintlify/preview-token-type.js';
import { CommandError } from './command-error.js';
import { addKeyOptions, requireKey, type KeyArguments } from './docs-options.js';
import { print, printError, type Terminal } from './terminal.js';

interface AllowPreviewArguments extends KeyArguments {
  readonly host: string;
  readonly for: number;
  readonly docsUrl: string;
  readonly tenant?: string;
  readonly send?: URL;
}

const SEND_TIMEOUT_MS = 10_000;
const UNIT_SECONDS = { m: 60, h: 3_600, d: 86_400 } as const;

/** `allow-preview`: a token with which an app allows one host of a preview for a while. */
export function createAllowPreviewCommand(terminal: Terminal): Command {
  const command = new Command('allow-preview')
    .description('sign a token with which your app lets one preview of the docs ask for visitors')
    .requiredOption('--host <host>', 'the host of the preview, such as acme-git-fix.mintlify.app', readHost)
    .option(
      '--for <time>',
      'how long: minutes, hours or days, such as 30m, 2h or 1d',
      readTime,
      UNIT_SECONDS.h,
    )
    .requiredOption('-d, --docs-url <url>', 'the docs site that the app serves (docsUrl)')
    .option('--tenant <id>', 'the tenant, if the app has several')
    .option('--send <url>', 'send it to this route of your app, instead of printing it', readUrl);
  return addKeyOptions(command)
    .addHelpText(
      'after',
      `
The private key is the one of your CI, not that of the docs. The app has its public half in previewOrigins.publicKeys.

Examples:
  mintlify-personalization allow-preview --host acme-git-fix.mintlify.app --for 2h \\
    --docs-url https://docs.foo.com --key-env PREVIEW_PRIVATE_KEY --send https://api.foo.com/docs-previews`,
    )
    .action((options: AllowPreviewArguments) => allowPreview(terminal, options));
}

async function allowPreview(terminal: Terminal, options: AllowPreviewArguments): Promise<void> {
  const { docs } = resolveSiteOptions({ docsUrl: options.docsUrl }, { maxSessionSeconds: UNIT_SECONDS.d });
  const { key, algorithm } = importKey(await requireKey(terminal, options));
  const now = Math.floor(terminal.now() / 1_000);
  const token = await new SignJWT({
    host: options.host,
    ...(options.tenant !== undefined && { tenant: options.tenant }),
  })
    .setProtectedHeader({ alg: algorithm, typ: PREVIEW_TOKEN_TYPE })
    .setAudience(docs.origin)
    .setIssuedAt(now)
    .setExpirationTime(now + options.for)
    .sign(key);
  if (options.send === undefined) {
    print(terminal, token);
    return;
  }
  await send(options.send, token);
  printError(
    terminal,
    `${options.host} is allowed until ${new Date((now + options.for) * 1_000).toISOString()}.`,
  );
}

function importKey(text: string): { key: KeyObject; algorithm: string } {
  const { personalization, authentication } = KEY_KINDS;
  try {
    return { key: importPrivateKey(text, authentication).key, algorithm: authentication.algorithm };
  } catch {
    return { key: importPrivateKey(text, personalization).key, algorithm: personalization.algorithm };
  }
}

async function send(url: URL, token: string): Promise<void> {
  let status: number;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
      // The token is for that route alone.
      redirect: 'manual',
      signal: AbortSignal.timeout(SEND_TIMEOUT_MS),
    });
    await response.body?.cancel();
    ({ status } = response);
  } catch (error) {
    throw new CommandError(
      `${url.origin} cannot be reached. Is the URL of --send right, and does the app run?`,
      {
        cause: error,
      },
    );
  }
  if (status >= 200 && status < 300) return;
  throw new CommandError(
    `${url.origin} answered ${status}. Check suffix and publicKeys of previewOrigins, and --docs-url and --tenant.`,
  );
}

function readHost(host: string): string {
  if (isHostName(host)) return host;
  throw new InvalidArgumentError('It must be a host name in lower case, without scheme, port or path.');
}

function readTime(time: string): number {
  const { count = '', unit = '' } = /^(?<count>[1-9]\d{0,4})(?<unit>[mhd])$/.exec(time)?.groups ?? {};
  const seconds = Number(count) * UNIT_SECONDS[unit as keyof typeof UNIT_SECONDS];
  if (seconds > 0) return seconds;
  throw new InvalidArgumentError('It must be a number with m, h or d, such as 2h.');
}

function readUrl(url: string): URL {
  const parsed = parseUrl(url);
  const isLocal = parsed !== undefined && /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(parsed.hostname);
  if (parsed?.protocol === 'https:' || (parsed?.protocol === 'http:' && isLocal)) return parsed;
  throw new InvalidArgumentError('It must start with https:// (http:// only for localhost).');
}
