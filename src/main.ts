import 'reflect-metadata';
import { MintlifyPersonalizationError } from 'nestjs-mintlify-personalization';
import { readSettings } from './config/settings.reader.js';
import { StartError } from './config/start.error.js';
import { DEMO_ACCOUNTS, DEMO_PASSWORD, DEMO_TENANTS } from './database/database.seed.js';
import { startBackend } from './start/backend.start.js';
import type { RunningBackend } from './start/backend.start.js';

async function main(): Promise<void> {
  try {
    const starting = startBackend(readSettings(process.env));
    closeOnSignal(starting);
    console.log('Acme Cloud is starting …');
    printWelcome(await starting);
  } catch (error) {
    console.error(isMendable(error) ? error.message : error);
    process.exit(1);
  }
}

/** Stops cleanly at the first Ctrl-C or SIGTERM, and at once at the second. */
function closeOnSignal(starting: Promise<RunningBackend>): void {
  let isStopping = false;
  const stop = async (): Promise<void> => {
    if (isStopping) process.exit(1);
    isStopping = true;
    const backend = await starting;
    await backend.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());
}

function isMendable(error: unknown): error is Error {
  return error instanceof StartError || error instanceof MintlifyPersonalizationError;
}

function printWelcome(running: RunningBackend): void {
  const { backendUrl, docsUrl, privateDocsUrl, sessionDocsUrl, oauthDocsUrl } = running;
  console.log(
    [
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
    ].join('\n'),
  );
}

function describeAccount({ email, tenantId }: (typeof DEMO_ACCOUNTS)[number]): string {
  const tenant = DEMO_TENANTS.find(({ id }) => id === tenantId);
  const docs = tenant?.docsMode === 'authentication' ? 'private docs' : 'docs';
  return `  ${email.padEnd(23)}${tenant?.company.padEnd(9)}${docs}`;
}

void main();
