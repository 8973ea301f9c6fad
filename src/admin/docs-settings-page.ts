import type { Account } from '../accounts/account.js';
import { KEY_OVERLAP_SECONDS, TENANT_MAX_AGE_SECONDS } from '../tenants/rotation-times.js';
import type { TenantDocs } from '../tenants/tenant-docs.js';
import type { RetiredKey } from '../tenants/tenant.js';

/** The path of the docs settings page. */
export const DOCS_SETTINGS_PATH = '/admin/docs';

/** A time as text and as ISO 8601. */
export interface PageTime {
  text: string;
  iso: string;
}

/** What the template `docs-settings.eta` shows. It has the ids of keys, never the keys. */
export interface DocsSettingsPage {
  title: string;
  company: string;
  docsUrl: string;
  isPrivate: boolean;
  isKeyRotatable: boolean;
  key: { kid: string; created: PageTime } | undefined;
  /** Whether the button has just created the key in use. */
  isNew: boolean;
  retired: { kid: string; until: PageTime }[];
  /** How long other processes may still sign with the old key. */
  propagationSeconds: number;
  overlapSeconds: number;
}

/**
 * The model of a tenant's docs settings page.
 *
 * @param rotated the `kid` of the new key, from the query: ignored unless it is the key in use
 */
export function docsSettingsPage(
  { company }: Account,
  { url, mode, key, isKeyRotatable }: TenantDocs,
  retired: RetiredKey[],
  rotated: unknown,
): DocsSettingsPage {
  return {
    title: 'Docs settings',
    company,
    docsUrl: url,
    isPrivate: mode === 'authentication',
    isKeyRotatable,
    key: key && { kid: key.kid, created: pageTime(key.createdAt) },
    isNew: key !== undefined && rotated === key.kid,
    retired: retired.map(({ kid, acceptedUntil }) => ({ kid, until: pageTime(acceptedUntil) })),
    propagationSeconds: TENANT_MAX_AGE_SECONDS,
    overlapSeconds: KEY_OVERLAP_SECONDS,
  };
}

const FORMAT = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'medium',
  timeZone: 'UTC',
});

function pageTime(time: Date): PageTime {
  return { text: `${FORMAT.format(time)} UTC`, iso: time.toISOString() };
}
