import {
  resolveGroupClaim,
  type GroupClaimOptions,
  type ResolvedGroupClaim,
} from '../options/group-claim.js';
import { resolveTable, type OptionTable } from '../options/option-table.js';
import {
  createSecretCheck,
  createWebhookTable,
  WEBHOOK_ROUTE,
  type ResolvedWebhook,
  type WebhookContext,
  type WebhookHandshakeOptions,
} from '../options/webhook-options.js';

/** The route that answers the hook of an OAuth server with the groups of a visitor, as a claim. */
export interface TokenClaimsHandshakeOptions extends WebhookHandshakeOptions, GroupClaimOptions {
  /** The path after your global prefix. Default `'docs/token-claims'`. */
  path?: string;
  /**
   * Finds the account of a subject: the id that the OAuth server has for it. What it returns is the principal, as a guard
   * would put it on `request.user`. For `undefined`, `null` or `false`, the answer is 204. Required.
   *
   * @example
   * ```ts
   * findPrincipal: (subject, { get }) => get(AccountsService).find(subject),
   * ```
   */
  findPrincipal: (subject: string, context: WebhookContext) => unknown;
}

/** @internal The mounted route. */
export interface ResolvedTokenClaims extends ResolvedWebhook {
  readonly claim: ResolvedGroupClaim;
}

const asIs = { check: (_: string, value: unknown): unknown => value };

const TOKEN_CLAIMS = {
  ...createWebhookTable(
    'docs/token-claims',
    createSecretCheck('', 32, 'Generate a random one, and give it to the hook of the OAuth server.'),
    '(subject, { get }) => get(AccountsService).find(subject)',
  ),
  source: asIs,
  groupsClaim: asIs,
  groupsDelimiter: asIs,
} satisfies OptionTable<keyof TokenClaimsHandshakeOptions, unknown>;

/**
 * Checks the options of the hook of an OAuth server.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function resolveTokenClaimsHandshake(option: string, value: unknown): ResolvedTokenClaims | false {
  if (value === false) return false;
  const { source, groupsClaim, groupsDelimiter, ...webhook } = resolveTable(
    option,
    value,
    TOKEN_CLAIMS,
    undefined,
  );
  const claim = resolveGroupClaim(option, { source, groupsClaim, groupsDelimiter } as GroupClaimOptions);
  return { ...webhook, ...WEBHOOK_ROUTE, claim };
}
