/**
 * How old the settings of a tenant may be in memory. Short, so that a rotation reaches the other processes of this
 * backend soon; the library's default is five minutes.
 */
export const TENANT_MAX_AGE_SECONDS = 30;

/**
 * How long the docs accept a key that is no longer in use. Another process may sign with it for twice
 * {@link TENANT_MAX_AGE_SECONDS}, while it cannot reach the database; the last token then lives for ten seconds more.
 */
export const KEY_OVERLAP_SECONDS = 2 * TENANT_MAX_AGE_SECONDS + 60;
