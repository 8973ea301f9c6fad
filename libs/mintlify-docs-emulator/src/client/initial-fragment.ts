import { parseFragment } from '../shared/fragment-parser.js';
import type { ParsedFragment } from '../shared/fragment-parser.js';

/**
 * Reads the fragment of the URL and, if it contains a token, removes the token from the address bar and the
 * history before anything else runs. This module is the first script of the page and imports only the parser
 * (handshakes.md, section 2). So a reload, a bookmark or a copied URL contains no token.
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

/** The fragment of the URL when the page was opened. */
export const initialFragment: ParsedFragment = takeFragment();
