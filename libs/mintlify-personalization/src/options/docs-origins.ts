import { isSecure } from './docs-url.js';
import { invalidOptionError } from './invalid-option-error.js';
import { readList } from './option-reader.js';
import { parseUrl } from './parse-url.js';

/**
 * Checks a list of serialized origins (RFC 6454, section 6.1), since they are compared byte for byte.
 *
 * @internal
 * @param example a valid origin, for messages
 * @returns a frozen copy
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function checkOrigins(option: string, origins: unknown, example: string): readonly string[] {
  const list = readList(option, origins);
  if (list === undefined) {
    throw invalidOptionError(option, `must be a list of origins, for example ["${example}"]`);
  }
  return Object.freeze(list.map((origin, index) => checkOrigin(`${option}[${index}]`, origin, example)));
}

/** The longest possible origin: a host name has at most 253 characters (RFC 1035, section 2.3.4). */
const MAX_ORIGIN_LENGTH = 'https://'.length + 253 + ':65535'.length;

/**
 * Whether a string is an origin exactly as browsers send it: scheme and host in lower case, no default port, and nothing
 * after it.
 *
 * @internal
 */
export function isSerializedOrigin(origin: string): boolean {
  if (origin.length > MAX_ORIGIN_LENGTH) return false;
  const url = /^https?:\/\//.test(origin) ? parseUrl(origin) : undefined;
  return url !== undefined && url.origin === origin;
}

/**
 * Whether a string is a host name as browsers send it, with at least two names: no address, no port, no `*`, which a URL
 * may have.
 *
 * @internal
 */
export function isHostName(host: string): boolean {
  return isSerializedOrigin(`https://${host}`) && HOST_NAME.test(host);
}

const HOST_NAME = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/;

function checkOrigin(option: string, origin: unknown, example: string): string {
  if (typeof origin === 'string' && isSerializedOrigin(origin)) {
    const url = new URL(origin);
    if (isSecure(url) && !url.hostname.endsWith('.')) return origin;
    throw invalidOptionError(
      option,
      'must start with https:// (http:// only for localhost) and must not end with a dot',
    );
  }
  const suggestion = typeof origin === 'string' ? parseUrl(origin)?.origin : undefined;
  throw invalidOptionError(
    option,
    'must be an origin as a browser sends it: scheme and host, in lower case, without a path or a slash',
    suggestion === undefined || suggestion === 'null'
      ? `For example "${example}".`
      : `Did you mean "${suggestion}"?`,
  );
}
