/**
 * What the visitors' tokens are for.
 *
 * - `personalization`: the docs are public; after login they show the visitor's data (handshakes.md, section
 *   2).
 * - `authentication`: the docs are private; visitors must log in to read them (section 3).
 *
 * @example
 * const mode: DocsMode = 'authentication';
 */
export type DocsMode = 'personalization' | 'authentication';

/** How a mode's tokens are signed. The algorithm follows from the mode; a token cannot choose it. */
export interface SigningRule {
  /** The exact `alg` of the token's header. */
  algorithm: 'ES256' | 'EdDSA';
  /** The common name of the key type. */
  keyKind: 'P-256' | 'Ed25519';
}

/**
 * The signing rule of each mode.
 *
 * @example
 * SIGNING_RULES.authentication.algorithm; // 'EdDSA'
 */
export const SIGNING_RULES: Readonly<Record<DocsMode, SigningRule>> = {
  personalization: { algorithm: 'ES256', keyKind: 'P-256' },
  authentication: { algorithm: 'EdDSA', keyKind: 'Ed25519' },
};
