import { CALLBACK_PATH } from '../mintlify/callback-path.js';
import { everyReading } from './path-readings.js';

/** Non-empty segments of unreserved characters (RFC 3986, section 2.3) that do not begin with a dot. */
const PLAIN_PATH = /^(?:\/[\w~-][\w.~-]*)*\/?$/;

/** The URL parser removes dot segments, so one that appears in a reading was hidden on purpose. */
const DOT_SEGMENT = /\/\.\.?(?:\/|$)/;

/**
 * Whether any server, proxy or browser could read a path as one outside the base path, or as another host
 * (`everyReading`). Every hidden dot segment counts, even one that stays below the base path: where it leads depends on
 * how much of the rest is decoded.
 *
 * @internal
 * @param path percent-encoded, from the URL parser
 * @param basePath without a trailing slash, or empty
 */
export function escapesBasePath(path: string, basePath: string): boolean {
  // Fast path: most paths have only one reading.
  if (PLAIN_PATH.test(path)) return !isUnder(path, basePath);
  return !everyReading(path, (reading) => isUnder(reading, basePath) && isFixed(reading));
}

/**
 * Whether any reading of a path is the callback page of private docs (`spec/handshakes.md`, section 3), or below it.
 * Ignores case, as some servers do.
 *
 * @internal
 * @param path percent-encoded, from the URL parser
 */
export function reachesCallback(path: string): boolean {
  if (PLAIN_PATH.test(path)) return isCallback(path);
  return !everyReading(path, (reading) => !isCallback(reading));
}

/**
 * Whether all readings of a reference are a path from the root: without dot segments, and without a second slash at the
 * start, after which a host would follow.
 *
 * @internal
 * @param reference as it was sent
 */
export function isPathFromRoot(reference: string): boolean {
  const path = reference.split(/[?#]/, 1)[0]!;
  return path.startsWith('/') && everyReading(path, isFixed);
}

/** @internal Whether a path is the base path or below it. */
export function isUnder(path: string, basePath: string): boolean {
  return path === basePath || path.startsWith(`${basePath}/`);
}

function isCallback(path: string): boolean {
  return isUnder(path.toLowerCase(), CALLBACK_PATH);
}

/** Whether it has no dot segment, and no two slashes at the start, after which browsers read a host. */
function isFixed(reading: string): boolean {
  return !reading.startsWith('//') && !DOT_SEGMENT.test(reading);
}
