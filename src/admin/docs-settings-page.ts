import type { Account } from '../accounts/account.js';
import { KEY_OVERLAP_SECONDS, TENANT_MAX_AGE_SECONDS } from '../tenants/rotation-times.js';
import type { TenantDocs } from '../tenants/tenant-docs.js';
import type { RetiredKey } from '../tenants/tenant.js';

/** Where the settings are. */
export const DOCS_SETTINGS_PATH = '/admin/docs';

/** A time, for people and for machines. */
export interface PageTime {
  text: string;
  iso: string;
}

/** What the template `docs-settings.eta` shows. Of keys only their ids. */
export interface DocsSettingsPage {
  title: string;
  company: string;
  docsUrl: string;
  isPrivate: boolean;
  isKeyRotatable: boolean;
  key: { kid: string; made: PageTime } | undefined;
  /** Whether the key in use is the one that the button has just made. */
  isNew: boolean;
  retired: { kid: string; until: PageTime }[];
  propagationSeconds: number;
  overlapSeconds: number;
}

/**
 * The page of a tenant's docs settings.
 *
 * @param rotated the `kid` that a rotation has ended in, as the query says: believed only when it is the one in use
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
    key: key && { kid: key.kid, made: pageTime(key.createdAt) },
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
