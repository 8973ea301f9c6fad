import { hkdfSync } from 'node:crypto';

/**
 * The key for the visitor hash in audit events, derived from the session secret: all processes with the same secret
 * write the same hash for the same visitor.
 */
export function deriveSubjectKey(sessionSecret: string): string {
  const key = hkdfSync('sha256', sessionSecret, 'acme-cloud', 'audit subject key', 32);
  return Buffer.from(key).toString('base64url');
}
