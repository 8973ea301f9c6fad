import type { NestExpressApplication } from '@nestjs/platform-express';
import { createApp } from '../create-app.js';
import { readSettings } from '../config/read-settings.js';
import { configureDocsSite, planDocsSites } from './docs-sites-config.js';
import { configureConsoleDocs } from './start-console.js';
import { planUserInfoDocs, urlOf } from './user-info-docs.js';

/**
 * The backend with the demo accounts and an embedded database, for `mintlify-personalization personas`. It listens on no
 * port, and the environment changes nothing.
 *
 * @example
 * ```bash
 * mintlify-personalization personas --app dist/start/personas-app.js#createPersonasApp
 * ```
 */
export async function createPersonasApp(): Promise<NestExpressApplication> {
  const settings = readSettings({});
  const [publicDocs, privateDocs] = planDocsSites(settings);
  const [sessionDocs, oauthDocs] = planUserInfoDocs(settings);
  const backendUrl = `http://localhost:${settings.port}`;
  return createApp({
    publicUrl: backendUrl,
    localUrl: backendUrl,
    docsSites: {
      personalization: await configureDocsSite(publicDocs),
      authentication: await configureDocsSite(privateDocs),
    },
    sessionDocsUrl: urlOf(sessionDocs),
    oauthDocsUrl: urlOf(oauthDocs),
    consoleUrl: `http://localhost:${settings.consolePort}`,
    consoleDocs: await configureConsoleDocs(settings.consoleDocsPort),
    sessionSecret: settings.sessionSecret,
    tenantKeysSecret: settings.tenantKeysSecret,
    hasDemo: true,
    rateLimits: settings.rateLimits,
    logFormat: settings.logFormat,
  });
}
