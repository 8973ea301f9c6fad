/** Between the id of an accordion and those that it is inside of, in the fragments that Mintlify makes. */
const SEPARATOR = ':';

/**
 * The fragment of the URL, decoded. `''` if there is none, or if it cannot be decoded.
 *
 * @example
 * readAnchor(); // 'step-one'
 */
export function readAnchor(): string {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return '';
  }
}

/**
 * The ids that an anchor names: its own, or those of nested accordions.
 *
 * @example
 * anchorIds('setup:windows'); // ['setup:windows', 'setup', 'windows']
 */
export function anchorIds(anchor: string): string[] {
  return anchor.includes(SEPARATOR) ? [anchor, ...anchor.split(SEPARATOR)] : [anchor];
}
