import type { KeyObject } from 'node:crypto';

/** Injection token of the {@link BackendConfig}. */
export const BACKEND_CONFIG = Symbol('BACKEND_CONFIG');

/** What the backend needs to know to run. `readSettings` and `composeConfig` build it from the environment. */
export interface BackendConfig {
  /** Where a browser reaches this backend: an origin, without a trailing slash. `https` makes the session cookie `Secure`. */
  publicUrl: string;
  /** The docs site that visitors are identified to. */
  docsUrl: string;
  /** Signs the docs tokens: a P-256 private key. */
  signingKey: string | KeyObject;
  /** Signs and verifies session cookies: at least 32 characters. */
  sessionSecret: string;
  /** A Postgres server. Without one, an embedded Postgres lives in memory and is gone at exit. */
  databaseUrl?: string;
}
