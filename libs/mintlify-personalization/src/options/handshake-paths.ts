import { invalidOptionError } from './invalid-option-error.js';

const PLAIN_SEGMENT = /^:?[\w.~-]+$/;
const WILDCARD = /^\*\w*$/;

/**
 * Checks the path of a handshake: plain segments and parameters, so that it can be compared with other paths. A wildcard
 * is allowed if only the app's router has to find the route. Preflights are answered before the router runs.
 *
 * @internal
 * @param example a valid path
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function checkHandshakePath(
  option: string,
  path: unknown,
  example: string,
  isWildcardAllowed: boolean,
): string {
  if (typeof path !== 'string') {
    throw invalidOptionError(option, 'must be a string', `Use a path such as "${example}".`);
  }
  if (!/[^/\s]/.test(path)) {
    throw invalidOptionError(
      option,
      'is empty',
      `Set it to the path of the route, for example "${example}".`,
    );
  }
  if (/^[a-z][a-z\d+.-]*:\/\/|^\/\//i.test(path)) {
    throw invalidOptionError(
      option,
      'is a full URL',
      `Set only the path, without the app's global prefix, for example "${example}".`,
    );
  }
  const isSegment = (segment: string): boolean =>
    (PLAIN_SEGMENT.test(segment) && segment !== '.' && segment !== '..') ||
    (isWildcardAllowed && WILDCARD.test(segment));
  if (splitPath(path).every(isSegment)) return path;
  throw invalidOptionError(
    option,
    'must consist of plain segments and parameters',
    `Use a path such as "${example}" or ":tenant/${example}".`,
  );
}

/**
 * Whether one request could match both paths. Segments match if they are equal, ignoring case as routers do, or if one
 * is a parameter. A wildcard matches everything that follows.
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
