/**
 * How long a process caches the settings of a tenant. Short, so that a rotation soon reaches the other processes; the
 * library's default is five minutes.
 */
export const TENANT_MAX_AGE_SECONDS = 30;

/**
 * How long the docs accept a retired key. Without a database, another process may sign with it for up to twice
 * {@link TENANT_MAX_AGE_SECONDS}; its last token is then valid for ten more seconds.
 */
export const KEY_OVERLAP_SECONDS = 2 * TENANT_MAX_AGE_SECONDS + 60;
