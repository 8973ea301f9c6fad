import { invalidOptionError } from './invalid-option-error.js';

const PLAIN_SEGMENT = /^:?[\w.~-]+$/;
const WILDCARD = /^\*\w*$/;

/**
 * Checks the path of a handshake: plain segments and parameters, so that it can be compared with other paths. A route
 * that the app's router alone finds may have a wildcard, too; preflights are answered before the router sees them.
 *
 * @internal
 * @param example a path that would do
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function checkHandshakePath(
  option: string,
  path: unknown,
  example: string,
  isWildcardAllowed: boolean,
): string {
  if (typeof path !== 'string') {
    throw invalidOptionError(option, 'must be a text', `Give a path such as "${example}".`);
  }
  if (!/[^/\s]/.test(path)) {
    throw invalidOptionError(option, 'is empty', `Give the path of the route, for example "${example}".`);
  }
  if (/^[a-z][a-z\d+.-]*:\/\/|^\/\//i.test(path)) {
    throw invalidOptionError(
      option,
      'is a whole URL',
      `Give the path alone, below the app's global prefix, for example "${example}".`,
    );
  }
  const isSegment = (segment: string): boolean =>
    (PLAIN_SEGMENT.test(segment) && segment !== '.' && segment !== '..') ||
    (isWildcardAllowed && WILDCARD.test(segment));
  if (splitPath(path).every(isSegment)) return path;
  throw invalidOptionError(
    option,
    'must be of plain segments or parameters',
    `Give a path such as "${example}" or ":tenant/${example}".`,
  );
}

/**
 * Whether one request could be for two paths: each segment is the same, without case as routers compare it, or a
 * parameter in one of them; a wildcard takes all that follows.
 *
 * @internal
 */
export function doPathsOverlap(one: string, other: string): boolean {
  return doSegmentsOverlap(splitPath(one), splitPath(other));
}

function doSegmentsOverlap([first, ...rest]: string[], [other, ...otherRest]: string[]): boolean {
  if (first === undefined || other === undefined) return first === other;
  if (WILDCARD.test(first) || WILDCARD.test(other)) return true;
  return isSameSegment(first, other) && doSegmentsOverlap(rest, otherRest);
}

function isSameSegment(one: string, other: string): boolean {
  return one.startsWith(':') || other.startsWith(':') || one.toLowerCase() === other.toLowerCase();
}

function splitPath(path: string): string[] {
  return path.replace(/^\/|\/$/g, '').split('/');
}
