import { createHash } from 'node:crypto';

/**
 * The visitor's own key for the API of Acme Cloud, with which the docs fill in their examples. There is no such API, so it
 * opens nothing and anybody can compute it; a backend of yours reads the visitor's key from where it is kept.
 */
export function demoApiKey(accountId: string): string {
  return `acme_demo_${createHash('sha256').update(accountId).digest('hex').slice(0, 16)}`;
}
