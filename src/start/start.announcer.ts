import { inspect } from 'node:util';
import { MintlifyPersonalizationError } from 'nestjs-mintlify-personalization';
import { StartError } from '../config/start.error.js';
import { DEMO_ACCOUNTS, DEMO_PASSWORD, DEMO_TENANTS } from '../database/database.seed.js';
import { BackendLogger } from '../logging/backend.logger.js';
import type { RunningBackend } from './backend.start.js';

/** Says how the start goes. */
export interface StartAnnouncer {
  begin(): void;
  succeed(running: RunningBackend): void;
  fail(error: unknown): void;
}

/** For people, unless LOG_FORMAT asks for JSON: then nothing but JSON is written. */
export function createStartAnnouncer({ LOG_FORMAT }: NodeJS.ProcessEnv): StartAnnouncer {
  return LOG_FORMAT?.trim() === 'json' ? new JsonStartAnnouncer() : new TextStartAnnouncer();
}

class TextStartAnnouncer implements StartAnnouncer {
  begin(): void {
    process.stdout.write('Acme Cloud is starting …\n');
  }

  succeed({ backendUrl, docsUrl, privateDocsUrl, sessionDocsUrl, oauthDocsUrl }: RunningBackend): void {
    const lines = [
      '',
      `Backend       ${backendUrl}`,
      `Docs          ${docsUrl}`,
      `Private docs  ${privateDocsUrl}`,
      `Session docs  ${sessionDocsUrl}`,
      `OAuth docs    ${oauthDocsUrl}`,
      '',
      `Log in as one of these, with the password ${DEMO_PASSWORD}:`,
      ...DEMO_ACCOUNTS.map(describeAccount),
      '',
      'Stop with Ctrl-C.',
      '',
    ];
    process.stdout.write(lines.join('\n'));
  }

  fail(error: unknown): void {
    // oxlint-disable-next-line no-console -- the welcome is for a person at the terminal, and no line of the log
    process.stderr.write(`${isMendable(error) ? error.message : inspect(error)}\n`);
  }
}

class JsonStartAnnouncer implements StartAnnouncer {
  private readonly logger = new BackendLogger('json');

  begin(): void {
    this.logger.log('Acme Cloud is starting.', 'Start');
  }

  succeed({ backendUrl, docsUrl, privateDocsUrl, sessionDocsUrl, oauthDocsUrl }: RunningBackend): void {
    const addresses = { backendUrl, docsUrl, privateDocsUrl, sessionDocsUrl, oauthDocsUrl };
    this.logger.log('Acme Cloud is ready.', addresses, 'Start');
  }

  fail(error: unknown): void {
    this.logger.fatal(isMendable(error) ? error.message : error, 'Start');
  }
}

function isMendable(error: unknown): error is Error {
  return error instanceof StartError || error instanceof MintlifyPersonalizationError;
}

function describeAccount({ email, tenantId }: (typeof DEMO_ACCOUNTS)[number]): string {
  const tenant = DEMO_TENANTS.find(({ id }) => id === tenantId);
  const docs = tenant?.docsMode === 'authentication' ? 'private docs' : 'docs';
  return `  ${email.padEnd(23)}${tenant?.company.padEnd(9)}${docs}`;
}
