/**
 * The name that is most like another one. Case, `-`, `_` and spaces are ignored.
 *
 * @returns `undefined` if none is like it.
 * @example
 * nearestName('X-Api-Key', ['X-API-Key', 'X-Trace']); // 'X-API-Key'
 */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  const wanted = plain(name);
  let best: string | undefined;
  // Half of the letters may differ.
  let leastEdits = Math.floor(wanted.length / 2) + 1;
  for (const other of new Set(names)) {
    const edits = editsBetween(wanted, plain(other));
    if (edits >= leastEdits) continue;
    leastEdits = edits;
    best = other;
  }
  return best;
}

function plain(name: string): string {
  return name
    .slice(0, 100)
    .toLowerCase()
    .replaceAll(/[-_\s]/g, '');
}

/** How many letters to add, drop or change: Levenshtein's distance. */
function editsBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let index = 0; index < one.length; index += 1) {
    const next = [index + 1];
    for (let at = 0; at < other.length; at += 1) {
      const change = (row[at] ?? 0) + (other[at] === one[index] ? 0 : 1);
      next.push(Math.min(change, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
