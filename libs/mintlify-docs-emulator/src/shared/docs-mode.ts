/**
 * What the visitors' tokens are for. `personalization`: the docs are public, and a login shows them with the
 * visitor's data (handshakes.md, section 2). `authentication`: the docs are private, and a login opens them
 * (section 3).
 *
 * @example
 * const mode: DocsMode = 'authentication';
 */
export type DocsMode = 'personalization' | 'authentication';

/** What a mode's tokens are signed with. The algorithm follows from the mode; no token can choose it. */
export interface SigningRule {
  /** `alg` of the token's header, exactly. */
  algorithm: 'ES256' | 'EdDSA';
  /** The kind of key, as people call it. */
  keyKind: 'P-256' | 'Ed25519';
}

/**
 * The rule of each mode.
 *
 * @example
 * SIGNING_RULES.authentication.algorithm; // 'EdDSA'
 */
export const SIGNING_RULES: Readonly<Record<DocsMode, SigningRule>> = {
  personalization: { algorithm: 'ES256', keyKind: 'P-256' },
  authentication: { algorithm: 'EdDSA', keyKind: 'Ed25519' },
};
