import type { DocsMode } from 'nestjs-mintlify-personalization';
import type { BackendConfig } from '../config/backend-config.js';
import type { Tenant, TenantKey } from './tenant.js';

/** The docs site of a tenant, with defaults applied. */
export interface TenantDocs {
  url: string;
  mode: DocsMode;
  /** The tenant's own signing key; if undefined, the key of the docs site signs. */
  key: TenantKey | undefined;
  /** Whether this backend manages the key, so that it can be rotated here. */
  isKeyRotatable: boolean;
}

/** The docs site of a tenant: its own, or the one of this installation. */
export function docsOf({ docsUrl, docsMode: mode, key }: Tenant, { docsSites }: BackendConfig): TenantDocs {
  const ownKey = key ?? undefined;
  if (docsUrl !== null) return { url: docsUrl, mode, key: ownKey, isKeyRotatable: false };
  const { url, hasTenantKeys } = docsSites[mode];
  return { url, mode, key: hasTenantKeys ? ownKey : undefined, isKeyRotatable: hasTenantKeys };
}
