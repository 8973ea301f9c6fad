import { parseUrl } from '../../../../mintlify-personalization/src/options/parse-url.js';
import type { DocsAnswer } from './docs-client.js';

/** Something of the docs folder that a visitor must not get: a page or a skill. */
export interface Withheld {
  /** The path in the docs, or the name of a skill. */
  readonly label: string;
  /** Texts that are in it and in nothing that the visitor may read, as {@link lettersOf} writes them. */
  readonly phrases: readonly string[];
  /** Its title: it counts only in the answer to its own path. */
  readonly title: string;
}

const MAX_PHRASES = 12;
const MIN_LETTERS = 24;
/** Of scripts whose words are shorter. */
const MIN_WIDE_LETTERS = 10;
const WIDE = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;

/**
 * Letters and digits alone, in lower case: a text is the same in MDX, in HTML and in a script.
 *
 * @example
 * lettersOf('<p>Hello, <b>Ada</b>!</p>'); // 'helloada'
 */
export function lettersOf(text: string): string {
  return text
    .replaceAll(/<[^<>]*>/g, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '')
    .toLowerCase();
}

/**
 * The longest pieces of plain text: no markup inside, so that they look the same however a page is shown.
 *
 * @param isOpen whether a visitor may read the piece elsewhere
 */
export function phrasesOf(text: string, isOpen: (letters: string) => boolean): string[] {
  const runs = text
    .split(/[^\p{L}\p{N} ,.]+/u)
    .map((run) => lettersOf(run.replace(/^\s*\d+\.\s/, '')))
    .filter((letters) => letters.length >= (WIDE.test(letters) ? MIN_WIDE_LETTERS : MIN_LETTERS));
  const longest = [...new Set(runs)].toSorted((one, other) => other.length - one.length);
  const phrases: string[] = [];
  for (const letters of longest) {
    if (phrases.length === MAX_PHRASES) break;
    if (!isOpen(letters)) phrases.push(letters);
  }
  return phrases;
}

/** Those whose text is in an answer. */
export function textIn(text: string, withheld: readonly Withheld[]): Withheld[] {
  const letters = lettersOf(text);
  return withheld.filter(({ phrases }) => phrases.some((phrase) => letters.includes(phrase)));
}

/** Those whose path is in an answer: in a link, a list or a sitemap, of whatever host. */
export function pathsIn(text: string, withheld: readonly Withheld[]): Withheld[] {
  const mentioned = new Set<string>();
  for (const [token] of text.matchAll(/(?:https?:\/)?\/[^\s"'<>()[\]{}`|\\,]+/g)) {
    const path = pathOf(token);
    if (path !== undefined) mentioned.add(path);
  }
  return withheld.filter(({ label }) => {
    const path = pathOf(encodeURI(label));
    return path !== undefined && path !== '/' && mentioned.has(path);
  });
}

function pathOf(token: string): string | undefined {
  const path = parseUrl(token, 'https://docs.invalid')?.pathname;
  return path === undefined ? undefined : path.replace(/\.mdx?$/, '').replace(/\/(?:index)?$/, '') || '/';
}

/**
 * Whether an answer to a page's own path is that page: by its text, or by its title, since a script may show the text.
 *
 * @param missing what a path without a page gets: a login page, or none
 */
export function isPage(answer: DocsAnswer, page: Withheld, missing: DocsAnswer | undefined): boolean {
  if (textIn(answer.text, [page]).length > 0) return true;
  if (answer.status !== 200 || page.title === '') return false;
  const hasTitle = (text: string): boolean => lettersOf(text).includes(page.title);
  if (hasTitle(titleOf(answer)) && !hasTitle(titleOf(missing))) return true;
  // A page without text of its own: one of the API, for example.
  return page.phrases.length === 0 && hasTitle(answer.text) && !hasTitle(missing?.text ?? '');
}

function titleOf(answer: DocsAnswer | undefined): string {
  return /<title\b[^<>]*>([^<]*)</i.exec(answer?.text ?? '')?.[1] ?? '';
}
