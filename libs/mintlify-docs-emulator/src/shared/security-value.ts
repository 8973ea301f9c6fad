import type { SecurityField } from './operation-types.js';

/**
 * What a request has for a field of the security scheme: the value, after `Bearer ` or the like. A value that begins
 * so already stays as it is. For `basic`, `name:password` is encoded (RFC 7617).
 *
 * @param value as typed, or of the visitor; `''` sends nothing.
 * @example
 * securityValue({ ...bearer, prefix: 'Bearer ' }, 'abc'); // 'Bearer abc'
 */
export function securityValue(
  { prefix = '', httpScheme }: Pick<SecurityField, 'prefix' | 'httpScheme'>,
  value: string,
): string {
  const text = value.trim();
  if (text === '' || prefix === '' || text.toLowerCase().startsWith(prefix.trimEnd().toLowerCase() + ' '))
    return text;
  return prefix + (httpScheme === 'basic' && text.includes(':') ? encodeBase64(text) : text);
}

function encodeBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
