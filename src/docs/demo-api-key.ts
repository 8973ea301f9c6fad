import { createHash } from 'node:crypto';

/**
 * The visitor's API key, with which the docs fill in their examples. Acme Cloud has no API, so this key gives access to
 * nothing and anyone can compute it. In your backend, load the visitor's real key here.
 */
export function demoApiKey(accountId: string): string {
  return `acme_demo_${createHash('sha256').update(accountId).digest('hex').slice(0, 16)}`;
}
