import type { DocsMode } from 'nestjs-mintlify-personalization';

/** A customer of Acme Cloud, with its docs settings as stored in the database. */
export interface Tenant {
  id: string;
  company: string;
  /** The tenant's own docs site. `null` means the docs site of this installation with that mode. */
  docsUrl: string | null;
  docsMode: DocsMode;
  /** The tenant's own key in use, if it has one. */
  key: TenantKey | null;
}

/** A signing key of a tenant. */
export interface TenantKey {
  kid: string;
  createdAt: Date;
  /** Encrypted: see `TenantKeyCipher`. `null` once the key is retired. */
  sealedPrivateKey: string | null;
}

/** A key that no longer signs but that the docs still accept. */
export interface RetiredKey {
  kid: string;
  acceptedUntil: Date;
}
