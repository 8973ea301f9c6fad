import { exportPublicJwk, MintlifyPersonalizationError } from 'nestjs-mintlify-personalization';
import type { DocsMode } from 'nestjs-mintlify-personalization';
import type { DocsSiteConfig } from '../config/backend-config.js';
import type { Settings } from '../config/read-settings.js';
import { StartError } from '../config/start-error.js';
import { newDocsKeyPair } from '../tenants/docs-key-pair.js';

/** How one docs site is to be had: at a URL, or without one from an emulator at a port. */
export interface DocsSitePlan {
  mode: DocsMode;
  portVariable: string;
  keyVariable: string;
  port: number;
  url?: string;
  privateKey?: string;
  /** The folder that an emulator shows. Default: its own sample of the mode. */
  directory?: string;
}

/** The public docs, then the private ones, as the settings ask for them. */
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
 * What the backend needs to know of a docs site. Without a key in the environment, one is made for this run.
 *
 * @throws {StartError} for a key that the site cannot use
 */
export async function configureDocsSite(plan: DocsSitePlan): Promise<DocsSiteConfig> {
  const { mode, url, port, privateKey } = plan;
  if (privateKey !== undefined) await checkKey(plan, privateKey);
  return {
    url: url ?? `http://localhost:${port}`,
    signingKey: privateKey ?? (await newDocsKeyPair(mode)).privateKey,
    hasTenantKeys: privateKey === undefined,
  };
}

/** The library would find the mistake too: in the private docs' key with the first visitor, as they are a tenant's. */
async function checkKey({ mode, keyVariable }: DocsSitePlan, privateKey: string): Promise<void> {
  try {
    await exportPublicJwk(privateKey, mode);
  } catch (error) {
    if (!(error instanceof MintlifyPersonalizationError)) throw error;
    throw new StartError(`${keyVariable} cannot be used: ${error.message}`, { cause: error });
  }
}
