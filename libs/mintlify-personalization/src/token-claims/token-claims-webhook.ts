import type { WebhookFormat } from '../webhooks/webhook-format.js';

/** @internal The hook of an OAuth server that makes a token. */
export const TOKEN_CLAIMS_WEBHOOK: WebhookFormat = Object.freeze<WebhookFormat>({
  signatureHeader: 'docs-signature',
  maxBodyBytes: 4_096,
  loadRules: async () => (await import('./token-claims-rules.js')).TOKEN_CLAIMS_RULES,
});
