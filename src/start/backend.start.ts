import { createApp } from '../app.factory.js';
import type { BackendConfig } from '../config/backend.config.js';
import type { Settings } from '../config/settings.reader.js';
import { TenantKeysRepository } from '../tenants/tenant-keys.repository.js';
import { configureDocsSite, planDocsSites } from './docs-site.plan.js';
import type { DocsSitePlan } from './docs-site.plan.js';
import { startEmulator } from './emulator.start.js';
import { claimPorts, isListenError, portError } from './ports.claim.js';

/** A running backend, with a docs emulator for each docs site that is not hosted. */
export interface RunningBackend {
  backendUrl: string;
  docsUrl: string;
  privateDocsUrl: string;
  /** Stops all servers and closes the database. */
  close(): Promise<void>;
}

/** What is to be started, with the ports that were found. */
interface Composition {
  port: number;
  config: BackendConfig;
  /** Of the docs sites without a URL. */
  emulators: DocsSitePlan[];
}

/**
 * Starts the backend, and beside it the emulator of each docs site without a URL: all or none.
 *
 * @throws {StartError} and the libraries' own errors, with everything stopped again
 */
export async function startBackend(settings: Settings): Promise<RunningBackend> {
  const { port, config, emulators } = await composeBackend(settings);
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const closeOne of closers.splice(0).toReversed()) await closeOne();
  };
  try {
    const app = await createApp(config);
    closers.push(() => app.close());
    // The emulators read keys from the database, which is ready from here on.
    await app.init();
    const keys = app.get(TenantKeysRepository, { strict: false });
    for (const plan of emulators) {
      const emulator = await startEmulator(plan, config, keys);
      closers.push(() => emulator.close());
    }
    await app.listen(port).catch((error: unknown) => {
      throw isListenError(error) ? portError('PORT', port, error) : error;
    });
  } catch (error) {
    await close();
    throw error;
  }
  const { personalization, authentication } = config.docsSites;
  return {
    backendUrl: config.publicUrl,
    docsUrl: personalization.url,
    privateDocsUrl: authentication.url,
    close,
  };
}

async function composeBackend(settings: Settings): Promise<Composition> {
  const plans = planDocsSites(settings);
  const ports = await claimPorts([
    { variable: 'PORT', port: settings.port },
    ...plans.filter(isEmulated).map(({ portVariable: variable, port }) => ({ variable, port })),
  ]);
  const port = ports.get('PORT') ?? settings.port;
  const settle = (plan: DocsSitePlan): DocsSitePlan => ({
    ...plan,
    port: ports.get(plan.portVariable) ?? plan.port,
  });
  const publicDocs = settle(plans[0]);
  const privateDocs = settle(plans[1]);
  const config = {
    publicUrl: settings.publicUrl ?? `http://localhost:${port}`,
    docsSites: {
      personalization: await configureDocsSite(publicDocs),
      authentication: await configureDocsSite(privateDocs),
    },
    sessionSecret: settings.sessionSecret,
    tenantKeysSecret: settings.tenantKeysSecret,
    databaseUrl: settings.databaseUrl,
  };
  return { port, config, emulators: [publicDocs, privateDocs].filter(isEmulated) };
}

function isEmulated({ url }: DocsSitePlan): boolean {
  return url === undefined;
}
