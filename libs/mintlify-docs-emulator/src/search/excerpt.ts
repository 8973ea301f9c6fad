import type { SearchTextPart } from '../shared/search-types.js';
import { placedTerms } from './query-terms.js';
import type { PlacedTerm } from './query-terms.js';

/** How long an excerpt is, in characters: about two lines. */
export const EXCERPT_CHARACTERS = 180;
/** How much of a text is looked at. */
const MAX_TEXT_CHARACTERS = 100_000;
/** What stands before the first hit. */
const LEAD_CHARACTERS = 40;

/**
 * The part of a text with the most different hits, and the hits marked in it. It starts and ends between words, with `…`
 * where the text goes on.
 *
 * @param hits words as {@link placedTerms} has them.
 * @returns an empty list if the text has no hit.
 * @example
 * excerptOf('Keep the key secret.', new Set(['key'])); // 'Keep the ' 'key' ' secret.', the second is a hit
 */
export function excerptOf(text: string, hits: ReadonlySet<string>): SearchTextPart[] {
  const shown = text.slice(0, MAX_TEXT_CHARACTERS);
  const words = placedTerms(shown);
  const found = words.filter(({ word }) => hits.has(word));
  const first = bestStart(found);
  if (!first) return [];
  const start =
    first.start <= LEAD_CHARACTERS ? 0 : wordStart(words, first.start - LEAD_CHARACTERS, first.start);
  const limit = start + EXCERPT_CHARACTERS;
  const end = limit >= shown.length ? shown.length : wordEnd(words, Math.max(first.end, start), limit);
  const parts = split(shown, { start, end }, found);
  if (start > 0) parts.unshift({ text: '… ', isHit: false });
  if (end < text.length) parts.push({ text: ' …', isHit: false });
  return parts;
}

/**
 * A whole text with the hits marked in it.
 *
 * @example
 * markHits('Rotate keys', new Set(['keys'])); // [{ text: 'Rotate ', isHit: false }, { text: 'keys', isHit: true }]
 */
export function markHits(text: string, hits: ReadonlySet<string>): SearchTextPart[] {
  const found = placedTerms(text).filter(({ word }) => hits.has(word));
  return split(text, { start: 0, end: text.length }, found);
}

/** The hit from which on an excerpt has the most different words. Of several, the first. */
function bestStart(found: readonly PlacedTerm[]): PlacedTerm | undefined {
  let best = found[0];
  let most = 0;
  const inside = new Map<string, number>();
  let end = 0;
  for (const [index, hit] of found.entries()) {
    while (end < found.length && (found[end]?.end ?? 0) <= hit.start - LEAD_CHARACTERS + EXCERPT_CHARACTERS) {
      const { word = '' } = found[end] ?? {};
      inside.set(word, (inside.get(word) ?? 0) + 1);
      end += 1;
    }
    if (inside.size > most) {
      most = inside.size;
      best = hit;
    }
    const left = (inside.get(hit.word) ?? 1) - 1;
    if (left <= 0 || end <= index) inside.delete(hit.word);
    else inside.set(hit.word, left);
    end = Math.max(end, index + 1);
  }
  return best;
}

function wordStart(words: readonly PlacedTerm[], from: number, latest: number): number {
  return words.find(({ start }) => start >= from)?.start ?? latest;
}

function wordEnd(words: readonly PlacedTerm[], earliest: number, limit: number): number {
  return words.findLast(({ end }) => end <= limit && end >= earliest)?.end ?? earliest;
}

function split(
  text: string,
  { start, end }: { start: number; end: number },
  found: readonly PlacedTerm[],
): SearchTextPart[] {
  const parts: SearchTextPart[] = [];
  let at = start;
  const add = (until: number, isHit: boolean): void => {
    if (until > at) parts.push({ text: text.slice(at, until), isHit });
    at = until;
  };
  for (const hit of found) {
    if (hit.start < start || hit.end > end) continue;
    add(hit.start, false);
    add(hit.end, true);
  }
  add(end, false);
  return parts;
}
