import { startDocsEmulator } from 'mintlify-docs-emulator';
import type { DocsEmulator } from 'mintlify-docs-emulator';
import { exportPublicJwk } from 'nestjs-mintlify-personalization';
import { createApp } from '../app.factory.js';
import type { BackendConfig } from '../config/backend.config.js';
import type { Settings } from '../config/settings.reader.js';
import { claimPorts, portError } from './ports.claim.js';
import { newSigningKey } from './signing.keys.js';

/** A running backend, and the docs emulator where there is no hosted docs site. */
export interface RunningBackend {
  backendUrl: string;
  docsUrl: string;
  /** Stops both servers and closes the database. */
  close(): Promise<void>;
}

/**
 * Starts the backend and, without `docsUrl`, the docs emulator beside it: both or neither.
 *
 * @throws {StartError} and the libraries' own errors, with everything stopped again
 */
export async function startBackend(settings: Settings): Promise<RunningBackend> {
  const { port, docsPort, config } = await compose(settings);
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const closeOne of closers.splice(0).toReversed()) await closeOne();
  };
  try {
    const app = await createApp(config);
    closers.push(() => app.close());
    if (settings.docsUrl === undefined) {
      const emulator = await startEmulator(docsPort, config);
      closers.push(() => emulator.close());
    }
    await app.listen(port).catch((error: unknown) => {
      throw isListenError(error) ? portError('PORT', port, error) : error;
    });
  } catch (error) {
    await close();
    throw error;
  }
  return { backendUrl: config.publicUrl, docsUrl: config.docsUrl, close };
}

async function compose(
  settings: Settings,
): Promise<{ port: number; docsPort: number; config: BackendConfig }> {
  const wanted = [{ variable: 'PORT', port: settings.port }];
  if (settings.docsUrl === undefined) wanted.push({ variable: 'DOCS_PORT', port: settings.docsPort });
  const [port = settings.port, docsPort = settings.docsPort] = await claimPorts(wanted);
  const config = {
    publicUrl: settings.publicUrl ?? `http://localhost:${port}`,
    docsUrl: settings.docsUrl ?? `http://localhost:${docsPort}`,
    signingKey: settings.privateKey ?? newSigningKey(),
    sessionSecret: settings.sessionSecret,
    databaseUrl: settings.databaseUrl,
  };
  return { port, docsPort, config };
}

async function startEmulator(port: number, { publicUrl, signingKey }: BackendConfig): Promise<DocsEmulator> {
  const publicKeys = [await exportPublicJwk(signingKey)];
  try {
    return await startDocsEmulator({ port, publicKeys, loginUrl: `${publicUrl}/docs-login` });
  } catch (error) {
    throw isListenError(error) ? portError('DOCS_PORT', port, error) : error;
  }
}

function isListenError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['EADDRINUSE', 'EACCES'].includes(String(error.code));
}
