import type { WebhookLookup, WebhookRules } from '../webhooks/webhook-format.js';
import { findScalarViolations } from './scalar-user.js';

const MAX_EMAIL_LENGTH = 320;
const MAX_HOST_LENGTH = 512;

/** @internal What Scalar sends, and what it takes as an answer. */
export const SCALAR_RULES: WebhookRules = Object.freeze<WebhookRules>({
  readBody,
  limits: { maxGroups: 100, maxGroupLength: 64, maxContentKeys: 100, maxJsonBytes: 65_536 },
  maxSessionSeconds: 900,
  findViolations: findScalarViolations,
});

function readBody(body: unknown, timestamp: number): WebhookLookup | string {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return 'The body must be a JSON object.';
  const {
    type = 'user.info',
    timestamp: own = timestamp,
    email,
    host,
    project,
  } = body as Record<string, unknown>;
  if (type !== 'user.info') return 'type must be "user.info".';
  if (own !== timestamp) return 'timestamp must be that of the signature.';
  if (!isText(email, MAX_EMAIL_LENGTH) || !email.includes('@')) return 'email must be an email address.';
  if (!isText(host, MAX_HOST_LENGTH)) return 'host must be the host of the docs.';
  const { uid } = Object(project) as { uid?: unknown };
  return { subject: email, details: { host, ...(typeof uid === 'string' && { projectId: uid }) } };
}

function isText(value: unknown, maxLength: number): value is string {
  return typeof value === 'string' && value !== '' && value.length <= maxLength && !/\p{Cc}/u.test(value);
}
