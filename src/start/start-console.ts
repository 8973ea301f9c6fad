import { startDocsEmulator } from 'mintlify-docs-emulator';
import { exportPublicJwk } from 'nestjs-mintlify-personalization';
import type { BackendConfig } from '../config/backend-config.js';
import { createConsoleSite } from '../console/console-site.js';
import { newDocsKeyPair } from '../tenants/docs-key-pair.js';
import { isListenError, portError } from './reserve-ports.js';

/** Where to start the console and its docs. */
export interface ConsolePlan {
  host: string;
  consolePort: number;
  consoleDocsPort: number;
  /** The folder that the emulator of the console's docs shows. */
  docsDirectory: string;
  config: BackendConfig;
}

/** The configuration of the console's docs, with a key that is generated for this run. */
export async function configureConsoleDocs(port: number): Promise<BackendConfig['consoleDocs']> {
  const { privateKey } = await newDocsKeyPair('personalization');
  return { url: `http://localhost:${port}`, signingKey: privateKey };
}

/**
 * Starts the console and the emulator of its docs, whose Login URL is a page of the console.
 *
 * @returns stops both
 * @throws {StartError} if a port cannot be used
 */
export async function startConsole(plan: ConsolePlan): Promise<() => Promise<void>> {
  const { host, consolePort, consoleDocsPort, docsDirectory: directory, config } = plan;
  const docs = await startDocsEmulator({
    port: consoleDocsPort,
    directory,
    publicKeys: [await exportPublicJwk(config.consoleDocs.signingKey)],
    loginUrl: `${config.consoleUrl}/docs-login`,
  }).catch((error: unknown) => {
    throw isListenError(error) ? portError('CONSOLE_DOCS_PORT', consoleDocsPort, error) : error;
  });
  try {
    const site = await createConsoleSite(config);
    await site.listen(consolePort, host).catch((error: unknown) => {
      throw isListenError(error) ? portError('CONSOLE_PORT', consolePort, error, host) : error;
    });
    return async () => {
      await site.close();
      await docs.close();
    };
  } catch (error) {
    await docs.close();
    throw error;
  }
}
