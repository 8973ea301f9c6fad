import type { WebhookFormat } from '../webhooks/webhook-format.js';

/** @internal Scalar's user-info hook, as the page "Personalization" of its documentation has it. */
export const SCALAR_WEBHOOK: WebhookFormat = Object.freeze<WebhookFormat>({
  signatureHeader: 'scalar-signature',
  maxBodyBytes: 65_536,
  loadRules: async () => (await import('./scalar-rules.js')).SCALAR_RULES,
});
