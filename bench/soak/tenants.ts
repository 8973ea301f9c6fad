import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { DocsMode, TenantOptions } from 'nestjs-mintlify-personalization';
import { toPem, type VisitorDocs } from './visitors.js';

const LOADED_TENANTS = 20;

/** The tenant of visitors who disconnect early. */
export const LEAVING = 'leaving';

/** A docs site with its own key, so that a token signed for another tenant is detected. */
export interface SoakDocs {
  readonly docsUrl: string;
  readonly mode: DocsMode;
  readonly signingKey: KeyObject;
}

/** All docs sites: from the options and from the tenant source. */
export interface SoakTenants {
  readonly defaultSite: SoakDocs;
  readonly configured: Readonly<Record<string, SoakDocs>>;
  readonly loaded: Readonly<Record<string, SoakDocs>>;
}

export function createTenants(): SoakTenants {
  const loadedIds = Array.from({ length: LOADED_TENANTS }, (_, index) => `loaded-${index}`);
  return {
    defaultSite: createDocs('docs'),
    configured: {
      acme: createDocs('acme'),
      globex: createDocs('globex'),
      initech: createDocs('initech', 'authentication'),
      [LEAVING]: createDocs(LEAVING),
    },
    loaded: Object.fromEntries(loadedIds.map((id) => [id, createDocs(id)])),
  };
}

function createDocs(name: string, mode: DocsMode = 'personalization'): SoakDocs {
  const { privateKey } =
    mode === 'authentication'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { docsUrl: `https://${name}.soak.example`, mode, signingKey: privateKey };
}

/** The public data of a docs site, for the other processes. */
export function describeDocs({ docsUrl, mode, signingKey }: SoakDocs): VisitorDocs {
  return { origin: new URL(docsUrl).origin, mode, publicKey: toPem(createPublicKey(signingKey)) };
}

/** A new object each time, as from a database. */
export function toTenantOptions({ docsUrl, mode, signingKey }: SoakDocs): TenantOptions {
  return { docsUrl, mode, signingKey };
}
