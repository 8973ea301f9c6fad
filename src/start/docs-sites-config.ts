import { randomBytes } from 'node:crypto';
import { exportPublicJwk, MintlifyPersonalizationError } from 'nestjs-mintlify-personalization';
import type { DiscoverySettings, DocsMode } from 'nestjs-mintlify-personalization';
import type { DocsSiteConfig } from '../config/backend-config.js';
import type { Settings } from '../config/read-settings.js';
import { StartError } from '../config/start-error.js';
import { newDocsKeyPair } from '../tenants/docs-key-pair.js';

/** How to provide one docs site: hosted at a URL, or else by an emulator on a port. */
export interface DocsSitePlan {
  mode: DocsMode;
  portVariable: string;
  keyVariable: string;
  port: number;
  url?: string;
  privateKey?: string;
  /** The docs folder for the emulator. Default: its own sample for the mode. */
  directory?: string;
}

/** The public docs, then the private docs, according to the settings. */
export function planDocsSites(settings: Settings): [DocsSitePlan, DocsSitePlan] {
  return [
    {
      mode: 'personalization',
      portVariable: 'DOCS_PORT',
      keyVariable: 'MINTLIFY_PRIVATE_KEY',
      port: settings.docsPort,
      url: settings.docsUrl,
      privateKey: settings.privateKey,
      directory: settings.docsDirectory,
    },
    {
      mode: 'authentication',
      portVariable: 'PRIVATE_DOCS_PORT',
      keyVariable: 'PRIVATE_DOCS_KEY',
      port: settings.privateDocsPort,
      url: settings.privateDocsUrl,
      privateKey: settings.privateDocsKey,
    },
  ];
}

/**
 * The configuration of a docs site. Without a key in the environment, a key is generated for this run.
 *
 * @throws {StartError} if the key does not fit the docs site
 */
export async function configureDocsSite(plan: DocsSitePlan): Promise<DocsSiteConfig> {
  const { mode, url, port, privateKey } = plan;
  if (privateKey !== undefined) await checkKey(plan, privateKey);
  return {
    url: url ?? `http://localhost:${port}`,
    signingKey: privateKey ?? (await newDocsKeyPair(mode)).privateKey,
    hasTenantKeys: privateKey === undefined,
    ...(url === undefined && { discovery: discoveryOf(plan) }),
  };
}

/** The discovery API of an emulator, with a key for this run. */
function discoveryOf({ mode, port }: DocsSitePlan): DiscoverySettings {
  return {
    domain: mode === 'personalization' ? 'acme-cloud' : 'acme-cloud-private',
    apiKey: `mint_dsc_${randomBytes(24).toString('base64url')}`,
    baseUrl: `http://localhost:${port}/discovery`,
  };
}

/** The library checks keys too, but the key of the private docs only with the first visitor, since a tenant uses it. */
async function checkKey({ mode, keyVariable }: DocsSitePlan, privateKey: string): Promise<void> {
  try {
    await exportPublicJwk(privateKey, mode);
  } catch (error) {
    if (!(error instanceof MintlifyPersonalizationError)) throw error;
    throw new StartError(`${keyVariable} cannot be used: ${error.message}`, { cause: error });
  }
}
