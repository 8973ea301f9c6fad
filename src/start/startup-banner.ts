import { inspect } from 'node:util';
import { MintlifyPersonalizationError } from 'nestjs-mintlify-personalization';
import { StartError } from '../config/start-error.js';
import { DEMO_ACCOUNTS, DEMO_PASSWORD, DEMO_TENANTS } from '../database/demo-seed.js';
import { BackendLogger } from '../logging/backend-logger.js';
import type { RunningBackend } from './start-backend.js';

/** Prints the progress of the start. */
export interface StartupBanner {
  begin(): void;
  succeed(running: RunningBackend): void;
  fail(error: unknown): void;
}

/** Prints plain text, or only JSON if LOG_FORMAT is `json`. */
export function createStartupBanner({ LOG_FORMAT }: NodeJS.ProcessEnv): StartupBanner {
  return LOG_FORMAT?.trim() === 'json' ? new JsonStartupBanner() : new TextStartupBanner();
}

class TextStartupBanner implements StartupBanner {
  begin(): void {
    process.stdout.write('Acme Cloud is starting …\n');
  }

  succeed(running: RunningBackend): void {
    const { backendUrl, docsUrl, privateDocsUrl, sessionDocsUrl, oauthDocsUrl } = running;
    const lines = [
      '',
      `Backend       ${backendUrl}`,
      `Docs          ${docsUrl}`,
      `Private docs  ${privateDocsUrl}`,
      `Session docs  ${sessionDocsUrl}`,
      `OAuth docs    ${oauthDocsUrl}`,
      `Acme Console  ${running.consoleUrl}`,
      `Console docs  ${running.consoleDocsUrl}`,
      '',
      ...(running.hasDemo ? describeDemo() : []),
      'Press Ctrl-C to stop.',
      '',
    ];
    process.stdout.write(lines.join('\n'));
  }

  fail(error: unknown): void {
    // oxlint-disable-next-line no-console -- the banner is output for the terminal, not a log line
    process.stderr.write(`${isFixable(error) ? error.message : inspect(error)}\n`);
  }
}

class JsonStartupBanner implements StartupBanner {
  private readonly logger = new BackendLogger('json');

  begin(): void {
    this.logger.log('Acme Cloud is starting.', 'Start');
  }

  succeed(running: RunningBackend): void {
    const { backendUrl, docsUrl, privateDocsUrl, sessionDocsUrl, oauthDocsUrl } = running;
    const { consoleUrl, consoleDocsUrl } = running;
    const addresses = {
      backendUrl,
      docsUrl,
      privateDocsUrl,
      sessionDocsUrl,
      oauthDocsUrl,
      consoleUrl,
      consoleDocsUrl,
    };
    this.logger.log('Acme Cloud is ready.', addresses, 'Start');
  }

  fail(error: unknown): void {
    this.logger.fatal(isFixable(error) ? error.message : error, 'Start');
  }
}

function isFixable(error: unknown): error is Error {
  return error instanceof StartError || error instanceof MintlifyPersonalizationError;
}

function describeDemo(): string[] {
  return [`Log in with the password ${DEMO_PASSWORD} as:`, ...DEMO_ACCOUNTS.map(describeAccount), ''];
}

function describeAccount({ email, tenantId }: (typeof DEMO_ACCOUNTS)[number]): string {
  const tenant = DEMO_TENANTS.find(({ id }) => id === tenantId);
  const docs = tenant?.docsMode === 'authentication' ? 'private docs' : 'docs';
  return `  ${email.padEnd(23)}${tenant?.company.padEnd(9)}${docs}`;
}
