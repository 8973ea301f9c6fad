import type { UserViolation } from '../errors.js';
import type { ResolvedWebhook } from '../options/webhook-options.js';
import type { ResolvedUserLimits } from '../options/user-limits.js';
import type { ValidMintlifyUser } from '../user/valid-mintlify-user.js';

/** @internal Whom a webhook asks about: the parameters of `findPrincipal`. */
export interface WebhookLookup {
  /** An email address or an id. */
  readonly subject: string;
  /** What `findPrincipal` gets in its second parameter beside `request`, `signal` and `get`. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** @internal What a webhook does that others do not. Loaded only if an app mounts it. */
export interface WebhookRules {
  /**
   * Reads the JSON of a body whose signature is valid.
   *
   * @param timestamp that of the signature, in seconds since the epoch
   * @returns what is wrong with it as a string
   */
  readonly readBody: (body: unknown, timestamp: number) => WebhookLookup | string;
  /** Stricter limits than those of the app. */
  readonly limits: Partial<ResolvedUserLimits>;
  /** The latest `expiresAt`, in seconds from now, if the mapper sets none. */
  readonly maxSessionSeconds: number;
  /** What the limits do not cover. */
  readonly findViolations: (user: ValidMintlifyUser, nowSeconds: number) => readonly UserViolation[];
  /** Whether each request is answered once. Default: also again, while its signature is valid. */
  readonly isOnce?: boolean;
  /** Makes the answer of a user, who gets no playground keys then. Default: the user. */
  readonly toAnswer?: (user: ValidMintlifyUser, settings: ResolvedWebhook) => object;
}

/** @internal One kind of signed webhook: everything that its route needs to know at once. */
export interface WebhookFormat {
  /** The request header with the signature, in lower case. */
  readonly signatureHeader: string;
  readonly maxBodyBytes: number;
  readonly loadRules: () => Promise<WebhookRules>;
}
