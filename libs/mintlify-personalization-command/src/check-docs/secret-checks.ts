import { findCredentials } from '../../../mintlify-personalization/src/user/credentials.js';
import type { CheckContext } from './check-context.js';
import type { RuleFinding } from './check-finding.js';

/** What stands in for a secret in an example. */
const PLACEHOLDER =
  /example|your|placeholder|redacted|dummy|sample|fake|x{4,}|\*{3}|\.{3}|…|0{5,}|12345|abcdef/i;
const MIN_DIFFERENT_CHARACTERS = 8;
/** A line of a key: at least 40 characters of Base64. */
const KEY_LINE = /^[^A-Za-z0-9+/]*[A-Za-z0-9+/]{40,}/;

/** The rule about secrets, of the kinds that the library refuses in `content`. */
export function checkSecrets({ folder }: CheckContext): RuleFinding[] {
  const files = [...folder.pages, ...folder.parts];
  return files.flatMap(({ file, text }) =>
    findCredentials(text)
      .filter(({ found, index }) => !isPlaceholder(found, text.slice(index + found.length)))
      .map(({ index }) => ({
        rule: 'secret-in-page' as const,
        file,
        line: text.slice(0, index).split('\n').length,
        message: 'This looks like a private key or a credential, which everyone can read.',
        fix: 'Revoke it, and write a placeholder such as YOUR_API_KEY. It stays in the history of the repository.',
      })),
  );
}

function isPlaceholder(found: string, rest: string): boolean {
  if (found.startsWith('-----BEGIN')) {
    const [, line = ''] = rest.split(/\r?\n|\\n/);
    return !KEY_LINE.test(line) || PLACEHOLDER.test(line);
  }
  // As far as the token goes.
  const token = found + (/^[\w.-]*/.exec(rest)?.[0] ?? '');
  const secret = token.replace(/^.*?[_-](?=[^_-]{8})/, '');
  return PLACEHOLDER.test(token) || new Set(secret).size < MIN_DIFFERENT_CHARACTERS;
}
