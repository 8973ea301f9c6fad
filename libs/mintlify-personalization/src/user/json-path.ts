import { escapeControls } from './escape-controls.js';

/** @internal One step of a path: a property name or an array index. */
export type JsonPathSegment = string | number;

const MAX_NAME_LENGTH = 64;

/**
 * Formats a path as in JavaScript: `content.company`, `groups[3]`, `content["a b"]`.
 *
 * Names that are not plain identifiers are quoted and escaped, and long ones are cut, so that a path is safe to log.
 *
 * @internal
 */
export function formatJsonPath(segments: readonly JsonPathSegment[]): string {
  let path = '';
  for (const segment of segments) {
    if (typeof segment === 'number') path += `[${segment}]`;
    else if (!/^[A-Za-z_$][\w$]{0,63}$/.test(segment)) path += `[${quote(segment)}]`;
    else path += path === '' ? segment : `.${segment}`;
  }
  return path || '(the user)';
}

function quote(name: string): string {
  const cut = name.length > MAX_NAME_LENGTH ? `${name.slice(0, MAX_NAME_LENGTH)}…` : name;
  return escapeControls(JSON.stringify(cut));
}
