import type { DocsMode } from 'nestjs-mintlify-personalization';
import type { BackendConfig } from '../config/backend-config.js';
import type { Tenant, TenantKey } from './tenant.js';

/** The docs of a tenant, as they are used. */
export interface TenantDocs {
  url: string;
  mode: DocsMode;
  /** The key of its own that signs; without one, the key of the docs site does. */
  key: TenantKey | undefined;
  /** Whether a key that is made here signs for these docs: they must learn of it. */
  isKeyRotatable: boolean;
}

/** Finds the docs of a tenant: its own, or those of this installation. */
export function docsOf({ docsUrl, docsMode: mode, key }: Tenant, { docsSites }: BackendConfig): TenantDocs {
  const ownKey = key ?? undefined;
  if (docsUrl !== null) return { url: docsUrl, mode, key: ownKey, isKeyRotatable: false };
  const { url, hasTenantKeys } = docsSites[mode];
  return { url, mode, key: hasTenantKeys ? ownKey : undefined, isKeyRotatable: hasTenantKeys };
}
