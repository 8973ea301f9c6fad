/** Longer names are compared by their beginnings. */
const MAX_LETTERS = 100;

/**
 * The name that was probably meant: of other case, singular or plural, with other marks inside, or with a typo.
 * A third of the letters of the shorter name may differ.
 *
 * @returns `undefined` if none is near.
 * @example
 * nearestName('admins', ['viewer', 'admin']); // 'admin'
 * @example
 * nearestName('x_api key', ['X-API-Key', 'X-Trace']); // 'X-API-Key'
 */
export function nearestName(name: string, names: Iterable<string>): string | undefined {
  const wanted = simplify(name);
  let best: { name: string; edits: number } | undefined;
  for (const other of new Set(names)) {
    const letters = simplify(other);
    const limit = maxEdits(wanted, letters);
    if (Math.abs(letters.length - wanted.length) > limit) continue;
    const edits = editsBetween(wanted, letters);
    if (edits <= limit && (best === undefined || edits < best.edits)) best = { name: other, edits };
  }
  return best?.name;
}

/** Names of one or two letters are only like themselves. */
function maxEdits(one: string, other: string): number {
  return Math.floor(Math.min(one.length, other.length) / 3);
}

function simplify(name: string): string {
  return name
    .slice(0, MAX_LETTERS)
    .toLowerCase()
    .replaceAll(/[-_\s]/g, '')
    .replace(/s$/, '');
}

/** Levenshtein's distance, in which two letters that change places are one edit. */
function editsBetween(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, index) => index);
  let twoAbove = above;
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const swapped = isSwapped ? (twoAbove[column - 2] ?? 0) + 1 : Infinity;
      const replaced = (above[column - 1] ?? 0) + (isSame ? 0 : 1);
      current.push(Math.min(replaced, swapped, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    twoAbove = above;
    above = current;
  }
  return above[other.length] ?? 0;
}
