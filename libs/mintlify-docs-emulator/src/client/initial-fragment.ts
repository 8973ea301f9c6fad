import { parseFragment } from '../shared/fragment-parser.js';
import type { ParsedFragment } from '../shared/fragment-parser.js';

/**
 * Reads the fragment of the address and, if it holds a token, takes it out of the address bar and the history
 * before anything else happens: this module is the first script of the page and imports no other code than
 * the parser (handshakes.md, section 2). A reload, a bookmark or a copied address then holds no token.
 *
 * @example
 * const { token, anchor } = takeFragment();
 */
export function takeFragment(): ParsedFragment {
  const parsed = parseFragment(location.hash);
  if (parsed.token !== undefined) {
    history.replaceState(history.state, '', location.pathname + location.search + parsed.cleanFragment);
  }
  return parsed;
}

/** What the address held when the page was opened. */
export const initialFragment: ParsedFragment = takeFragment();
