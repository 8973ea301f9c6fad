import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { DocsMode, TenantOptions } from 'nestjs-mintlify-personalization';
import { toPem, type VisitorDocs } from './visitors.js';

const LOADED_TENANTS = 20;

/** The tenant of visitors who leave before they are answered. */
export const LEAVING = 'leaving';

/** A docs site with a key of its own, so that a token signed for another tenant is seen. */
export interface SoakDocs {
  readonly docsUrl: string;
  readonly mode: DocsMode;
  readonly signingKey: KeyObject;
}

/** The docs of everybody: of the options, and of the tenant source. */
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

/** What the other processes may know of a docs site. */
export function describeDocs({ docsUrl, mode, signingKey }: SoakDocs): VisitorDocs {
  return { origin: new URL(docsUrl).origin, mode, publicKey: toPem(createPublicKey(signingKey)) };
}

/** A new object each time, as a database would give it. */
export function toTenantOptions({ docsUrl, mode, signingKey }: SoakDocs): TenantOptions {
  return { docsUrl, mode, signingKey };
}
