import type { OptionTable } from '../options/option-table.js';
import { resolveTable } from '../options/option-table.js';
import {
  createSecretCheck,
  createWebhookTable,
  WEBHOOK_ROUTE,
  type ResolvedWebhook,
  type WebhookContext,
  type WebhookHandshakeOptions,
} from '../options/webhook-options.js';

/** What `findPrincipal` gets beside the email address. */
export interface ScalarLookupContext extends WebhookContext {
  /** The host of the docs that the visitor logged in to, such as `docs.foo.com`. */
  readonly host: string;
  /** Scalar's id of the docs project, if it sent one. */
  readonly projectId?: string;
}

/**
 * The route of Scalar's user-info hook, for docs that Scalar hosts.
 *
 * Source: the page "Personalization" of Scalar's documentation.
 */
export interface ScalarHandshakeOptions extends WebhookHandshakeOptions {
  /** The path after your global prefix. Default `'docs/scalar-user-info'`. */
  path?: string;
  /**
   * Finds the account of an email address, which Scalar has verified and written in lower case. What it returns is the
   * principal, as a guard would put it on `request.user`: it goes to the tenant resolver and to the claim mapper. For
   * `undefined`, `null` or `false`, Scalar gets 204. Required.
   *
   * @example
   * ```ts
   * findPrincipal: (email, { get }) => get(AccountsService).findByEmail(email),
   * ```
   */
  findPrincipal: (email: string, context: ScalarLookupContext) => unknown;
}

const SCALAR = createWebhookTable(
  'docs/scalar-user-info',
  createSecretCheck(
    'whsec_',
    16,
    'Copy the whole secret from Settings, Privacy, Personalization of the Scalar dashboard.',
  ),
  '(email, { get }) => get(AccountsService).findByEmail(email)',
) satisfies OptionTable<keyof ScalarHandshakeOptions, unknown>;

/**
 * Checks the options of Scalar's hook.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function resolveScalarHandshake(option: string, value: unknown): ResolvedWebhook | false {
  return value !== false && { ...resolveTable(option, value, SCALAR, undefined), ...WEBHOOK_ROUTE };
}
