/** The longest query that is read, in characters. The rest is ignored. */
export const MAX_QUERY_CHARACTERS = 200;
/** The most terms of a query that count. */
export const MAX_QUERY_TERMS = 12;
/** Longer ones are keys and hashes, which no one searches. */
const MAX_WORD_CHARACTERS = 60;
/** Letters and digits; of the characters beyond ASCII, all that may be one. */
const RUN = /[a-z\d\u0080-\u{10FFFF}]+/giu;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** Scripts that put no spaces between words: each character is a word. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}]/u;
const UNSPACED_OR_REST =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}]|[^\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}]+/gu;

/** A word of a text, and where it is. */
export interface PlacedTerm {
  /** As it is compared: in lower case, without accents. */
  word: string;
  start: number;
  end: number;
}

/**
 * The terms of a text, as the search compares them. Upper and lower case are the same, and so are letters with and without accents.
 *
 * @example
 * termsOf('Créer un Jeton'); // ['creer', 'un', 'jeton']
 */
export function termsOf(text: string): string[] {
  const words: string[] = [];
  for (const run of text.match(RUN) ?? []) {
    if (isAscii(run)) {
      if (run.length <= MAX_WORD_CHARACTERS) words.push(run.toLowerCase());
    } else words.push(...foreignTerms(run, 0).map(({ word }) => word));
  }
  return words;
}

/**
 * The same words, each with its place in the text.
 *
 * @example
 * placedTerms('A token'); // [{ word: 'a', start: 0, end: 1 }, { word: 'token', start: 2, end: 7 }]
 */
export function placedTerms(text: string): PlacedTerm[] {
  const words: PlacedTerm[] = [];
  for (const { 0: run, index: start } of text.matchAll(RUN)) {
    if (!isAscii(run)) words.push(...foreignTerms(run, start));
    else if (run.length <= MAX_WORD_CHARACTERS)
      words.push({ word: run.toLowerCase(), start, end: start + run.length });
  }
  return words;
}

/**
 * The terms of a query: at most {@link MAX_QUERY_TERMS} different ones, in their order.
 *
 * @param query what a visitor typed; not trusted.
 * @example
 * readQuery('  Rotate the KEY, the key '); // ['rotate', 'the', 'key']
 */
export function readQuery(query: string): string[] {
  return [...new Set(termsOf(query.slice(0, MAX_QUERY_CHARACTERS)))].slice(0, MAX_QUERY_TERMS);
}

function foreignTerms(run: string, offset: number): PlacedTerm[] {
  const words: PlacedTerm[] = [];
  for (const { 0: written, index } of run.matchAll(WORD)) {
    const parts = UNSPACED.test(written) ? Array.from(written.matchAll(UNSPACED_OR_REST)) : [[written]];
    let at = offset + index;
    for (const [part = ''] of parts) {
      const word = fold(part);
      if (word !== '' && word.length <= MAX_WORD_CHARACTERS)
        words.push({ word, start: at, end: at + part.length });
      at += part.length;
    }
  }
  return words;
}

function fold(text: string): string {
  // Some characters stand for several, such as `⅐` for `1⁄7`.
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 127) return false;
  return true;
}
