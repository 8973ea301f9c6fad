import { isIP } from 'node:net';
import { createApp } from '../create-app.js';
import type { BackendConfig } from '../config/backend-config.js';
import type { Settings } from '../config/read-settings.js';
import { TenantKeysRepository } from '../tenants/tenant-keys-repository.js';
import { configureDocsSite, planDocsSites } from './docs-sites-config.js';
import type { DocsSitePlan } from './docs-sites-config.js';
import { configureConsoleDocs, startConsole } from './start-console.js';
import { startEmulator } from './start-emulator.js';
import { planUserInfoDocs, startUserInfoEmulator, urlOf } from './user-info-docs.js';
import type { UserInfoDocsPlan } from './user-info-docs.js';
import { reservePorts, isListenError, portError } from './reserve-ports.js';
import { ServerDrain } from './server-drain.js';

/** A running backend with a docs emulator for each docs site that is not hosted. */
export interface RunningBackend {
  backendUrl: string;
  docsUrl: string;
  privateDocsUrl: string;
  sessionDocsUrl: string;
  oauthDocsUrl: string;
  consoleUrl: string;
  consoleDocsUrl: string;
  /** Whether the demo accounts can log in. */
  hasDemo: boolean;
  /** Finishes open requests, stops all servers and closes the database. */
  close(): Promise<void>;
}

/** What to start, with the reserved ports. */
interface Composition {
  host: string;
  port: number;
  consolePort: number;
  consoleDocsPort: number;
  config: BackendConfig;
  /** The docs sites without a URL. */
  emulators: DocsSitePlan[];
  /** The docs without a URL that call the user-info API. */
  userInfoEmulators: UserInfoDocsPlan[];
  /** The docs folder of the console's docs. */
  docsDirectory: string;
}

/**
 * Starts the backend, the console, and an emulator for each docs site without a URL.
 *
 * @throws {StartError} or an error of a library, after stopping everything again
 */
export async function startBackend(settings: Settings): Promise<RunningBackend> {
  const composition = await composeBackend(settings);
  const { host, port, config, emulators, userInfoEmulators } = composition;
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const closeOne of closers.splice(0).toReversed()) await closeOne();
  };
  try {
    const app = await createApp(config);
    closers.push(() => app.close());
    const drain = new ServerDrain(app.getHttpServer());
    // The emulators read keys from the database, which is ready after this.
    await app.init();
    const keys = app.get(TenantKeysRepository, { strict: false });
    for (const plan of emulators) {
      const emulator = await startEmulator(plan, config, keys);
      closers.push(() => emulator.close());
    }
    for (const plan of userInfoEmulators) {
      const emulator = await startUserInfoEmulator(plan, config);
      closers.push(() => emulator.close());
    }
    closers.push(await startConsole(composition));
    await app.listen(port, host).catch((error: unknown) => {
      throw isListenError(error) ? portError('PORT', port, error, host) : error;
    });
    // Added last, so it runs first on close: open requests may still need the database.
    closers.push(() => drain.drain());
  } catch (error) {
    await close();
    throw error;
  }
  const { personalization, authentication } = config.docsSites;
  return {
    backendUrl: config.publicUrl,
    docsUrl: personalization.url,
    privateDocsUrl: authentication.url,
    sessionDocsUrl: config.sessionDocsUrl,
    oauthDocsUrl: config.oauthDocsUrl,
    consoleUrl: config.consoleUrl,
    consoleDocsUrl: config.consoleDocs.url,
    hasDemo: config.hasDemo,
    close,
  };
}

async function composeBackend(settings: Settings): Promise<Composition> {
  const { host } = settings;
  const plans = planDocsSites(settings);
  const userInfoPlans = planUserInfoDocs(settings);
  const ports = await reservePorts([
    { variable: 'PORT', port: settings.port, host },
    { variable: 'CONSOLE_PORT', port: settings.consolePort, host },
    { variable: 'CONSOLE_DOCS_PORT', port: settings.consoleDocsPort },
    ...[...plans, ...userInfoPlans]
      .filter(isEmulated)
      .map(({ portVariable: variable, port }) => ({ variable, port })),
  ]);
  const port = ports.get('PORT') ?? settings.port;
  const consolePort = ports.get('CONSOLE_PORT') ?? settings.consolePort;
  const consoleDocsPort = ports.get('CONSOLE_DOCS_PORT') ?? settings.consoleDocsPort;
  const settle = <P extends DocsSitePlan | UserInfoDocsPlan>(plan: P): P => ({
    ...plan,
    port: ports.get(plan.portVariable) ?? plan.port,
  });
  const publicDocs = settle(plans[0]);
  const privateDocs = settle(plans[1]);
  const sessionDocs = settle(userInfoPlans[0]);
  const oauthDocs = settle(userInfoPlans[1]);
  const config = {
    publicUrl: settings.publicUrl ?? `http://localhost:${port}`,
    docsSites: {
      personalization: await configureDocsSite(publicDocs),
      authentication: await configureDocsSite(privateDocs),
    },
    localUrl: `http://${reachableAt(host)}:${port}`,
    sessionDocsUrl: urlOf(sessionDocs),
    oauthDocsUrl: urlOf(oauthDocs),
    consoleUrl: settings.consoleUrl ?? `http://localhost:${consolePort}`,
    consoleDocs: await configureConsoleDocs(consoleDocsPort),
    sessionSecret: settings.sessionSecret,
    tenantKeysSecret: settings.tenantKeysSecret,
    databaseUrl: settings.databaseUrl,
    hasDemo: settings.hasDemo,
    redisUrl: settings.redisUrl,
    rateLimits: settings.rateLimits,
    trustedProxies: settings.trustedProxies,
    logFormat: settings.logFormat,
    metricsToken: settings.metricsToken,
    scalarSecret: settings.scalarSecret,
  };
  return {
    host,
    port,
    consolePort,
    consoleDocsPort,
    docsDirectory: settings.docsDirectory,
    config,
    emulators: [publicDocs, privateDocs].filter(isEmulated),
    userInfoEmulators: [sessionDocs, oauthDocs].filter(isEmulated),
  };
}

/** The host under which a process reaches itself: loopback if it listens on all addresses. */
function reachableAt(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (isIP(host) !== 6) return host;
  return /^[0:]+$/.test(host) ? '[::1]' : `[${host}]`;
}

function isEmulated({ url }: DocsSitePlan | UserInfoDocsPlan): boolean {
  return url === undefined;
}
