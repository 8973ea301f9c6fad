import { isRecord, isStringList } from './type-guards.js';
import type { Visitor } from './visitor-types.js';

/**
 * Builds a visitor from untrusted data: the payload of a token, or what the browser stored. Only the four known
 * keys are read (handshakes.md, section 1).
 *
 * @returns the visitor, or a message that names the first wrong value and says how to fix it.
 * @example
 * readVisitor({ groups: ['admin'] }); // { groups: ['admin'] }
 * readVisitor({ groups: 'admin' }); // '`groups` must be a list of strings, such as ["admin"].'
 */
export function readVisitor(data: unknown): Visitor | string {
  if (!isRecord(data)) return 'The user data must be a JSON object.';
  const { expiresAt, groups, content, apiPlaygroundInputs } = data;
  const visitor: Visitor = {};
  if (expiresAt !== undefined) {
    if (typeof expiresAt !== 'number' || !Number.isFinite(expiresAt)) {
      return '`expiresAt` must be a number: seconds since the epoch, such as Math.floor(Date.now() / 1000) + 3600.';
    }
    visitor.expiresAt = expiresAt;
  }
  if (groups !== undefined) {
    if (!isStringList(groups)) return '`groups` must be a list of strings, such as ["admin"].';
    visitor.groups = groups;
  }
  if (content !== undefined) {
    if (!isRecord(content)) return '`content` must be an object, such as { "firstName": "Ada" }.';
    visitor.content = content;
  }
  if (apiPlaygroundInputs !== undefined) {
    if (!isRecord(apiPlaygroundInputs)) {
      return '`apiPlaygroundInputs` must be an object, such as { "header": { "X-API-Key": "…" } }.';
    }
    visitor.apiPlaygroundInputs = apiPlaygroundInputs;
  }
  return visitor;
}
