import { createGroupClaim } from '../options/group-claim.js';
import type { ResolvedWebhook } from '../options/webhook-options.js';
import type { ValidMintlifyUser } from '../user/valid-mintlify-user.js';
import type { WebhookLookup, WebhookRules } from '../webhooks/webhook-format.js';
import type { ResolvedTokenClaims } from './token-claims-options.js';

const FIELDS: ReadonlySet<string> = new Set(['subject', 'id']);

/** @internal What the hook of an OAuth server sends, and what it gets. */
export const TOKEN_CLAIMS_RULES: WebhookRules = Object.freeze<WebhookRules>({
  readBody,
  limits: {},
  maxSessionSeconds: Infinity,
  findViolations: () => [],
  isOnce: true,
  toAnswer,
});

/** `id` makes each question another one, so that two of the same second are no replay. */
function readBody(body: unknown): WebhookLookup | string {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return 'The body must be a JSON object.';
  if (Object.keys(body).some((name) => !FIELDS.has(name))) return 'Send subject and id, and nothing else.';
  const { subject, id } = body as Record<string, unknown>;
  if (!isText(subject, 1, 256)) return 'subject must be a string of 1 to 256 characters.';
  if (!isText(id, 16, 128)) return 'id must be a random string of 16 to 128 characters.';
  return { subject, details: {} };
}

function toAnswer({ groups = [] }: ValidMintlifyUser, settings: ResolvedWebhook): object {
  const { claim } = settings as ResolvedTokenClaims;
  return { [claim.groupsClaim]: createGroupClaim(groups, claim) };
}

function isText(value: unknown, minLength: number, maxLength: number): value is string {
  return typeof value === 'string' && value.length >= minLength && value.length <= maxLength;
}
