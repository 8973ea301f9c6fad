import { CALLBACK_PATH } from '../mintlify/callback-path.js';
import { everyReading } from './path-readings.js';

/** Segments of unreserved characters (RFC 3986, section 2.3) that neither begin with a dot nor are empty. */
const PLAIN_PATH = /^(?:\/[\w~-][\w.~-]*)*\/?$/;

/** The URL parser leaves none, so one that shows up in a reading was hidden: no page has that. */
const DOT_SEGMENT = /\/\.\.?(?:\/|$)/;

/**
 * Whether anything that handles a path on its way could take it for one outside the base path, or for another host, in
 * any of its readings (`everyReading`). So does every hidden dot segment, even one that stays below the base path: where it
 * leads depends on how much of the rest a reader decodes.
 *
 * @internal
 * @param path percent-encoded, as the URL parser gives it
 * @param basePath without a trailing slash, or empty
 */
export function escapesBasePath(path: string, basePath: string): boolean {
  // Most paths hold nothing that has a second reading.
  if (PLAIN_PATH.test(path)) return !isUnder(path, basePath);
  return !everyReading(path, (reading) => isUnder(reading, basePath) && isFixed(reading));
}

/**
 * Whether any reading of a path is the callback page of private docs (`spec/handshakes.md`, section 3) or stands below
 * it, in whatever case: servers may route without regard to it.
 *
 * @internal
 * @param path percent-encoded, as the URL parser gives it
 */
export function reachesCallback(path: string): boolean {
  if (PLAIN_PATH.test(path)) return isCallback(path);
  return !everyReading(path, (reading) => !isCallback(reading));
}

/**
 * Whether a reference is a path from the root, in all of its readings: without dot segments, and without a second slash
 * at its start, behind which a host would stand.
 *
 * @internal
 * @param reference as it was sent
 */
export function isPathFromRoot(reference: string): boolean {
  const path = reference.split(/[?#]/, 1)[0]!;
  return path.startsWith('/') && everyReading(path, isFixed);
}

/** @internal Whether a path is the base path or stands below it. */
export function isUnder(path: string, basePath: string): boolean {
  return path === basePath || path.startsWith(`${basePath}/`);
}

function isCallback(path: string): boolean {
  return isUnder(path.toLowerCase(), CALLBACK_PATH);
}

/** Neither a dot segment nor two slashes at the start, behind which browsers read a host. */
function isFixed(reading: string): boolean {
  return !reading.startsWith('//') && !DOT_SEGMENT.test(reading);
}
