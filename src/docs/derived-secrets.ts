import { hkdfSync } from 'node:crypto';

/**
 * The key for the visitor hash in audit events, derived from the session secret: all processes with the same secret
 * write the same hash for the same visitor.
 */
export function deriveSubjectKey(sessionSecret: string): string {
  return deriveKey(sessionSecret, 'audit subject key');
}

/** The secret with which all processes encrypt the keys of the API playground in Redis. */
export function derivePlaygroundSecret(sessionSecret: string): string {
  return deriveKey(sessionSecret, 'playground keys');
}

/** Stands in for Scalar's secret where there is none: no one knows it, so the hook answers no one. */
export function deriveUnusedScalarSecret(sessionSecret: string): string {
  return `whsec_${deriveKey(sessionSecret, 'scalar')}`;
}

function deriveKey(sessionSecret: string, purpose: string): string {
  return Buffer.from(hkdfSync('sha256', sessionSecret, 'acme-cloud', purpose, 32)).toString('base64url');
}
