import type { DiscoverySettings, DocsMode, SigningKey } from 'nestjs-mintlify-personalization';

/** Injection token of the {@link BackendConfig}. */
export const BACKEND_CONFIG = Symbol('BACKEND_CONFIG');

/** One of the two docs sites of this installation, shared by all tenants without a docs site of their own. */
export interface DocsSiteConfig {
  /** The URL in the browser. */
  url: string;
  /** The key of the site, for tenants without a key of their own: P-256 for public docs, Ed25519 for private docs. */
  signingKey: SigningKey;
  /**
   * Whether tenants sign with keys of their own, which this backend creates and stores in the database. The docs must
   * accept such keys, as the emulator does. If the environment sets the key of a site, that key signs for all tenants.
   */
  hasTenantKeys: boolean;
  /** Where the docs are searched. Only the emulator's docs have one here. */
  discovery?: DiscoverySettings;
}

/** The number of requests allowed within {@link RATE_LIMIT_WINDOW_SECONDS}. */
export interface RateLimits {
  /** Login forms from one address. */
  loginsPerAddress: number;
  /** Login forms for one account name, from any address. */
  loginsPerAccount: number;
  /** Requests to each docs route by one visitor, or by one address if the visitor is anonymous. */
  docsPerVisitor: number;
}

/** How long a request counts, and how long a client over the limit is blocked. */
export const RATE_LIMIT_WINDOW_SECONDS = 60;

/** Limits for a demo, too high to reach by hand. */
export const DEMO_RATE_LIMITS: Readonly<RateLimits> = Object.freeze({
  loginsPerAddress: 300,
  loginsPerAccount: 120,
  docsPerVisitor: 600,
});

/** The format of log lines: plain text, or one JSON object per line. */
export type LogFormat = 'text' | 'json';

/** The configuration of the backend. `readSettings` and `composeBackend` build it from the environment. */
export interface BackendConfig {
  /** The origin of this backend in the browser, without a trailing slash. With `https` the session cookie is `Secure`. */
  publicUrl: string;
  /** The public docs (`personalization`) and the private docs (`authentication`). */
  docsSites: Readonly<Record<DocsMode, DocsSiteConfig>>;
  /** Where this process reaches itself. It fetches the keys of the OAuth server there, not through the proxies of `publicUrl`. */
  localUrl: string;
  /** The public docs that use the shared-session handshake. */
  sessionDocsUrl: string;
  /** The public docs that use the OAuth handshake. */
  oauthDocsUrl: string;
  /** The origin of Acme Console, the single-page app, in the browser. */
  consoleUrl: string;
  /** The public docs whose Login URL is a page of Acme Console. */
  consoleDocs: Pick<DocsSiteConfig, 'url' | 'signingKey'>;
  /** Signs and verifies session cookies, the tokens of the console and the tokens of the OAuth server: at least 32 characters. */
  sessionSecret: string;
  /** Encrypts the private keys in the database: at least 32 characters. */
  tenantKeysSecret: string;
  /** A Postgres server. Without one, an embedded Postgres runs in memory and is gone at exit. */
  databaseUrl?: string;
  /** Whether the database gets the demo tenants and accounts. Their password is public. */
  hasDemo: boolean;
  /**
   * A Redis server for the state of the OAuth server and the rate limits. Without one, each process keeps both in memory
   * until it exits.
   */
  redisUrl?: string;
  rateLimits: RateLimits;
  /**
   * The trusted reverse proxies, as addresses or subnets. Only their `X-Forwarded-For` is read, and only to find the
   * client address for the rate limits.
   */
  trustedProxies?: string[];
  logFormat: LogFormat;
  /** The bearer token that `GET /metrics` requires: at least 32 characters. Without one, anyone can read the metrics. */
  metricsToken?: string;
  /** Signs the requests of docs hosted by Scalar. Without one, none is answered. */
  scalarSecret?: string;
}
