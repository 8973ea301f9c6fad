import type { GroupsClaim } from './handshake-types.js';
import { isRecord, isStringList } from './type-guards.js';

/**
 * Reads the groups of a visitor from the claims of a token (handshakes.md, section 9). A claim that is a string is split at
 * the delimiter; its parts are trimmed, and empty ones dropped. A token without the claim has no groups.
 *
 * @returns the groups, or a message that says what is wrong and how to fix it.
 * @example
 * readClaimGroups({ groups: 'admin, beta' }, { source: 'id_token', groupsDelimiter: ',' }); // ['admin', 'beta']
 */
export function readClaimGroups(
  claims: unknown,
  { source, groupsClaim = 'groups', groupsDelimiter }: GroupsClaim,
): string[] | string {
  if (!isRecord(claims)) {
    return `The ${source} is no JWT whose claims can be read. Let the authorization server issue JWTs.`;
  }
  const value = Object.hasOwn(claims, groupsClaim) ? claims[groupsClaim] : undefined;
  if (value === undefined || value === null) return [];
  if (isStringList(value)) return [...value];
  const where = `The claim "${groupsClaim}" of the ${source}`;
  if (typeof value !== 'string') return `${where} must be a list of strings, or one string with a delimiter.`;
  if (groupsDelimiter === undefined) return `${where} is one string. Set groupsDelimiter, or send a list.`;
  return value
    .split(groupsDelimiter)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/**
 * The claims of a JWT, whose signature is not verified: it came from the token endpoint itself.
 *
 * @returns undefined for anything else.
 */
export function decodeClaims(token: unknown): unknown {
  const payload = typeof token === 'string' ? token.split('.') : [];
  if (payload.length !== 3) return undefined;
  try {
    const binary = atob((payload[1] ?? '').replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
