const MARKS = [
  '-----BEGIN [A-Z0-9 ]*PRIVATE KEY', // PEM and OpenSSH private keys
  '\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b', // AWS access key ids
  '\\bgh[pousr]_[A-Za-z0-9]{36}', // GitHub tokens
  '\\bgithub_pat_[A-Za-z0-9_]{22}', // GitHub fine-grained tokens
  '\\bglpat-[A-Za-z0-9_-]{20}', // GitLab personal access tokens
  '\\bxox[abeoprs]-[A-Za-z0-9-]{10}', // Slack tokens
  '\\b[rs]k_live_[A-Za-z0-9]{16}', // Stripe live secret and restricted keys
  '\\bAIza[A-Za-z0-9_-]{35}', // Google API keys
  '\\bnpm_[A-Za-z0-9]{36}', // npm access tokens
  '\\bSG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}', // SendGrid API keys
  '\\bsk-(?:ant|proj)-[A-Za-z0-9_-]{20}', // API keys of AI services
];

const CREDENTIAL = new RegExp(MARKS.join('|'));
const MIN_CREDENTIAL_LENGTH = 15;

/**
 * Whether a string contains something that looks like a private key or a credential. Every script on the docs can read
 * `content`, so a credential in it is a leak (`spec/handshakes.md`, section 1).
 *
 * Recognizes the published prefixes of common services. It catches accidents, but proves nothing.
 *
 * @internal
 */
export function looksLikeCredential(text: string): boolean {
  return text.length >= MIN_CREDENTIAL_LENGTH && CREDENTIAL.test(text);
}

/**
 * The places in a text that look like a private key or a credential, as {@link looksLikeCredential} recognizes them.
 *
 * @internal
 */
export function findCredentials(text: string): { found: string; index: number }[] {
  return Array.from(text.matchAll(new RegExp(CREDENTIAL, 'g')), ({ 0: found, index }) => ({ found, index }));
}
