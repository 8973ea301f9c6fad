/**
 * Takes the whole fragment of the callback's address as the token, and out of the address bar and the history
 * before anything else happens: this module is the first script of the page and imports nothing
 * (handshakes.md, section 3).
 *
 * @returns the fragment without its `#`, unchecked; `''` for none.
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

/** What the address held when the page was opened. */
export const initialToken: string = takeTokenFromUrl();
