import type { DocsMode } from 'nestjs-mintlify-personalization';

/** A customer of Acme Cloud, with the settings of its docs as the database has them. */
export interface Tenant {
  id: string;
  company: string;
  /** Docs of its own. `null`: the docs of this installation that have the mode. */
  docsUrl: string | null;
  docsMode: DocsMode;
  /** The key of its own that is in use, where it has one. */
  key: TenantKey | null;
}

/** A signing key of a tenant. */
export interface TenantKey {
  kid: string;
  createdAt: Date;
  /** Encrypted: see `TenantKeyCipher`. `null` once the key is retired. */
  sealedPrivateKey: string | null;
}

/** A key that no longer signs, whose tokens the docs still accept. */
export interface RetiredKey {
  kid: string;
  acceptedUntil: Date;
}
