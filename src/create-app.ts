import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';
import type { BackendConfig } from './config/backend-config.js';
import { useConsole } from './console/use-console.js';
import { useDocsSearch } from './docs/use-docs-search.js';
import { BackendLogger } from './logging/backend-logger.js';
import { openMeters } from './metrics/meters.js';
import { useOAuthServer } from './oauth/use-oauth-server.js';
import { usePages } from './pages/use-pages.js';
import { useApi } from './services/use-api.js';

/** Builds the backend, ready for `listen`, or for `init` in tests. It reads no environment variables and opens no port. */
export async function createApp(config: BackendConfig): Promise<NestExpressApplication> {
  const meters = openMeters();
  const app = await NestFactory.create<NestExpressApplication>(AppModule.register(config, meters), {
    logger: new BackendLogger(config.logFormat),
    // The caller reports a failed start, so nothing is logged until the app exists.
    abortOnError: false,
    bufferLogs: true,
    autoFlushLogs: false,
    // Set by `useBodyParser` below: forms of this app, JSON of the console and of the search of the docs.
    bodyParser: false,
    // Otherwise the keep-alive connections of browsers would delay the shutdown.
    forceCloseConnections: true,
  }).catch(async (error: unknown) => {
    await meters.close();
    throw error;
  });
  app.flushLogs();
  app.set('trust proxy', config.trustedProxies ?? false);
  useOAuthServer(app, config);
  usePages(app, config);
  useConsole(app, config);
  useDocsSearch(app);
  useApi(app);
  app.useBodyParser('urlencoded', { extended: false, limit: '16kb' });
  return app;
}
