/**
 * Takes the whole fragment of the callback URL as the token, and removes it from the address bar and the
 * history before anything else runs. This module is the first script of the page and has no imports
 * (handshakes.md, section 3).
 *
 * @returns the fragment without its `#`, not verified; `''` if there is none.
 * @example
 * const token = takeTokenFromUrl();
 */
export function takeTokenFromUrl(): string {
  const token = location.hash.slice(1);
  if (location.href.includes('#')) {
    history.replaceState(history.state, '', location.pathname + location.search);
  }
  return token;
}

/** The token in the URL when the page was opened. */
export const initialToken: string = takeTokenFromUrl();
