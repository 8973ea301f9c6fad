import type { DocsMode, SigningKey } from 'nestjs-mintlify-personalization';

/** Injection token of the {@link BackendConfig}. */
export const BACKEND_CONFIG = Symbol('BACKEND_CONFIG');

/** One of the two docs sites of this installation: for all tenants that have no docs of their own. */
export interface DocsSiteConfig {
  /** Where a browser reaches it. */
  url: string;
  /** The key of the site, for tenants without one of their own: P-256 for public docs, Ed25519 for private ones. */
  signingKey: SigningKey;
  /**
   * Whether tenants sign with keys of their own, made here and kept in the database. That takes docs that learn of
   * such keys, as the emulator does. Where the environment names the key of a site, that one signs for all of them.
   */
  hasTenantKeys: boolean;
}

/** How often something may be asked within {@link RATE_LIMIT_WINDOW_SECONDS}. */
export interface RateLimits {
  /** Login forms from one address. */
  loginsPerAddress: number;
  /** Login forms for one account name, wherever they come from. */
  loginsPerAccount: number;
  /** Of each route of the docs, by one visitor; by one address where nobody is logged in. */
  docsPerVisitor: number;
}

/** How long a request counts, and how long who is over a limit is kept out. */
export const RATE_LIMIT_WINDOW_SECONDS = 60;

/** Limits for a demo, which nobody meets by hand. */
export const DEMO_RATE_LIMITS: Readonly<RateLimits> = Object.freeze({
  loginsPerAddress: 300,
  loginsPerAccount: 120,
  docsPerVisitor: 600,
});

/** How log lines look: for people, or one JSON object each. */
export type LogFormat = 'text' | 'json';

/** What the backend needs to know to run. `readSettings` and `composeBackend` build it from the environment. */
export interface BackendConfig {
  /** Where a browser reaches this backend: an origin, without a trailing slash. `https` makes the session cookie `Secure`. */
  publicUrl: string;
  /** The public docs (`personalization`) and the private ones (`authentication`). */
  docsSites: Readonly<Record<DocsMode, DocsSiteConfig>>;
  /** Where this process reaches itself: the OAuth server's keys are fetched there, whatever `publicUrl` leads through. */
  localUrl: string;
  /** The public docs whose pages ask with the visitor's session. */
  sessionDocsUrl: string;
  /** The public docs whose visitors log in with OAuth. */
  oauthDocsUrl: string;
  /** Signs and verifies session cookies, and what the OAuth server issues: at least 32 characters. */
  sessionSecret: string;
  /** Encrypts the private keys in the database: at least 32 characters. */
  tenantKeysSecret: string;
  /** A Postgres server. Without one, an embedded Postgres lives in memory and is gone at exit. */
  databaseUrl?: string;
  /** Whether the demo tenants and accounts are put into the database. Their password is public. */
  hasDemo: boolean;
  /**
   * A Redis server, for what the OAuth server must remember and what the rate limits count. Without one, that is in
   * memory, of this process alone and gone at exit.
   */
  redisUrl?: string;
  rateLimits: RateLimits;
  /**
   * The proxies in front, as addresses or subnets: from them alone `X-Forwarded-For` is believed, which says whom the
   * rate limits count. Nothing else is read from such headers.
   */
  trustedProxies?: string[];
  logFormat: LogFormat;
  /** What `GET /metrics` asks for as a bearer token: at least 32 characters. Without one, it answers everybody. */
  metricsToken?: string;
}
