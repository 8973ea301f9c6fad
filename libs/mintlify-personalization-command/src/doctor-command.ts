import { Command, InvalidArgumentError } from 'commander';
import { isSerializedOrigin } from '../../mintlify-personalization/src/options/docs-origins.js';
import { parseUrl } from '../../mintlify-personalization/src/options/parse-url.js';
import type { DocsMode } from '../../mintlify-personalization/src/ports/docs-site.js';
import { CommandError, EXIT_CODE } from './command-error.js';
import {
  addKeyOptions,
  assertVariableName,
  findKey,
  modeOption,
  readPublicKey,
  type KeyArguments,
} from './docs-options.js';
import { checkEnvironment } from './doctor/environment-checks.js';
import type { DoctorContext } from './doctor/doctor-context.js';
import type { Finding } from './doctor/finding.js';
import { checkLogin } from './doctor/login-checks.js';
import { checkPrivateDocs } from './doctor/private-docs/private-docs-checks.js';
import type { PrivateDocsSite } from './doctor/private-docs/private-docs-site.js';
import { checkUserInfo } from './doctor/user-info-checks.js';
import { print, printLines, type Terminal, type Tone } from './terminal.js';

interface DoctorArguments extends KeyArguments {
  readonly mode: DocsMode;
  readonly docsUrl?: string;
  readonly publicKey?: string;
  readonly loginUrl?: string;
  readonly sessionUrl?: string;
  readonly oauthUrl?: string;
  readonly cookieEnv?: string;
  readonly authorizationEnv?: string;
  readonly appOrigin?: string;
  readonly accessTokenEnv?: string;
  readonly docs?: string;
  readonly folder?: string;
  readonly docsCookieEnv?: string;
  readonly docsAuthorizationEnv?: string;
  readonly docsGroups?: string;
  readonly timeout: number;
  readonly json?: true;
}

/** `doctor`: looks for what keeps visitors from arriving at the docs, and for what lets others in. */
export function createDoctorCommand(terminal: Terminal, end: (exitCode: number) => void): Command {
  const command = new Command('doctor')
    .description('look at the environment and walk through the handshakes of a running backend')
    .addOption(modeOption())
    .option('-d, --docs-url <url>', 'the docs site; default: the environment variable DOCS_URL')
    .option('-l, --login-url <url>', 'the route of the JWT handshakes, such as https://foo.com/docs-login')
    .option('--session-url <url>', 'the route of the shared session, such as https://foo.com/docs/user-info')
    .option('--oauth-url <url>', 'the route of OAuth, such as https://foo.com/docs/oauth/user-info')
    .option('--cookie-env <name>', 'environment variable with the Cookie header of a visitor')
    .option('--authorization-env <name>', 'environment variable with the Authorization header of a visitor')
    .option('--app-origin <origin>', 'the origin of a single-page app that logs in by POST')
    .option('--access-token-env <name>', 'environment variable with an access token, for --oauth-url')
    .option(
      '--docs <url>',
      'private docs to look at from outside, such as https://docs.foo.com; needs --folder',
    )
    .option('--folder <folder>', 'the folder with docs.json of these docs')
    .option(
      '--docs-cookie-env <name>',
      'environment variable with the Cookie header of a visitor of the docs',
    )
    .option(
      '--docs-authorization-env <name>',
      'environment variable with an Authorization header for the docs',
    )
    .option('--docs-groups <names>', 'the groups of that visitor, with commas; empty: none')
    .option('-p, --public-key <file>', 'the public key that the docs have (PEM)')
    .option('-t, --timeout <ms>', 'milliseconds for each request', readTimeout, 5_000)
    .option('--json', 'print one JSON object');
  return addKeyOptions(command)
    .addHelpText(
      'after',
      `
Ends with 1 when something is wrong, with 2 when it could not look. Sessions come from environment variables, so that
no shell remembers them; neither they nor keys nor tokens are printed.

Examples:
  mintlify-personalization doctor --docs-url https://docs.foo.com --login-url https://foo.com/docs-login
  VISITOR='session=…' mintlify-personalization doctor --login-url http://localhost:3000/docs-login --cookie-env VISITOR
  mintlify-personalization doctor --docs https://docs.foo.com --folder docs`,
    )
    .action(async (options: DoctorArguments) => {
      const findings: Finding[] = [];
      const context = await prepare(terminal, options);
      for (const check of [checkEnvironment, checkLogin, checkUserInfo, checkPrivateDocs]) {
        for await (const finding of check(context)) {
          findings.push(finding);
          if (options.json !== true) describe(terminal, finding);
        }
      }
      const failed = findings.filter(({ state }) => state === 'failed').length;
      if (options.json === true) print(terminal, JSON.stringify({ failed, findings }));
      else printLines(terminal, `\n${summarize(failed)}`);
      if (failed > 0) end(EXIT_CODE.found);
    });
}

async function prepare(terminal: Terminal, options: DoctorArguments): Promise<DoctorContext> {
  const { env } = terminal;
  for (const name of ['loginUrl', 'sessionUrl', 'oauthUrl'] as const) assertUrl(name, options[name]);
  const cookie = readVariable(terminal, '--cookie-env', options.cookieEnv);
  const authorization = readVariable(terminal, '--authorization-env', options.authorizationEnv);
  const docsUrl = options.docsUrl ?? env.DOCS_URL;
  return {
    terminal,
    mode: options.mode,
    docsUrl,
    docs: docsUrl !== undefined && isHttp(docsUrl) ? parseUrl(docsUrl) : undefined,
    key: await findKey(terminal, options),
    keySource: options.keyFile ?? options.keyEnv,
    publicKey: await readPublicKey(terminal, options.publicKey),
    loginUrl: options.loginUrl,
    sessionUrl: options.sessionUrl,
    oauthUrl: options.oauthUrl,
    visitor: {
      ...(cookie !== undefined && { cookie }),
      ...(authorization !== undefined && { authorization }),
    },
    appOrigin: readOrigin(options.appOrigin),
    accessToken: readVariable(terminal, '--access-token-env', options.accessTokenEnv),
    site: readSite(terminal, options),
    timeoutMs: options.timeout,
  };
}

function assertUrl(option: string, url: string | undefined): void {
  if (url === undefined) return;
  const flag = option.replace('Url', '-url');
  if (!isHttp(url)) {
    throw new CommandError(`--${flag} is no URL. Give it whole: https://foo.com/docs-login.`);
  }
  if (/^[^/]*\/\/[^/?#]*@/.test(url)) {
    throw new CommandError(
      `--${flag} holds a user or a password. Give them in a variable: --authorization-env.`,
    );
  }
}

function readSite(terminal: Terminal, options: DoctorArguments): PrivateDocsSite | undefined {
  const { docs, folder, docsGroups } = options;
  const cookie = readVariable(terminal, '--docs-cookie-env', options.docsCookieEnv);
  const authorization = readVariable(terminal, '--docs-authorization-env', options.docsAuthorizationEnv);
  if (docs === undefined) {
    if ([folder, cookie, authorization, docsGroups].every((value) => value === undefined)) return undefined;
    throw new CommandError('These options look at private docs. Name them with --docs https://docs.foo.com.');
  }
  assertUrl('docs', docs);
  if (folder === undefined) {
    throw new CommandError('--docs needs the folder that says what is gated. Name it: --folder docs.');
  }
  const url = new URL(docs);
  const visitor = {
    ...(cookie !== undefined && { cookie }),
    ...(authorization !== undefined && { authorization }),
  };
  if (Object.keys(visitor).length > 0 && url.protocol === 'http:' && !isLoopback(url)) {
    throw new CommandError('A session must not be sent without encryption. Write --docs with https://.');
  }
  const groups = docsGroups
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return { url, folder, visitor, groups };
}

function isLoopback({ hostname }: URL): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}

function readOrigin(origin: string | undefined): string | undefined {
  if (origin === undefined || isSerializedOrigin(origin)) return origin;
  throw new CommandError(
    '--app-origin is no origin. Give scheme and host, without a slash: https://app.foo.com.',
  );
}

function isHttp(url: string): boolean {
  return /^https?:$/.test(parseUrl(url)?.protocol ?? '');
}

function readVariable({ env }: Terminal, option: string, name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  assertVariableName(option, name);
  const value = env[name] ?? '';
  // What a header may hold (RFC 9110, section 5.5).
  if (/^[\t\x20-\x7e\x80-\xff]+$/.test(value)) return value;
  throw new CommandError(
    `The environment variable ${name} is ${value === '' ? 'not set' : 'no header: it has a line break, or a character that is not Latin-1'}. ` +
      'Set it where you call this.',
  );
}

function readTimeout(text: string): number {
  const timeout = Number(text);
  if (Number.isInteger(timeout) && timeout >= 1 && timeout <= 60_000) return timeout;
  throw new InvalidArgumentError('Give whole milliseconds, 1 to 60000.');
}

const SIGNS: Record<Finding['state'], readonly [sign: string, tone: Tone]> = {
  passed: ['✓', 'good'],
  failed: ['✗', 'bad'],
  skipped: ['-', 'faint'],
};

function describe(terminal: Terminal, { check, state, message, fix }: Finding): void {
  const [sign, tone] = SIGNS[state];
  print(terminal, [tone, sign], ` ${check}: ${message}`);
  if (fix !== undefined) print(terminal, '  ', ['strong', fix]);
}

function summarize(failed: number): string {
  if (failed === 0) return 'Nothing wrong was found.';
  return failed === 1 ? 'One thing is wrong.' : `${failed} things are wrong.`;
}
