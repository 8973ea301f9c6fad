/** What an address's fragment holds, as {@link parseFragment} reads it. */
export interface ParsedFragment {
  /** The token, as it came; absent when the fragment holds none. It is not checked here. */
  token?: string;
  /** The decoded anchor, `''` for none. */
  anchor: string;
  /** The fragment to show instead, without the token: `''`, or `#` and the encoded anchor. */
  cleanFragment: string;
}

// A third part may be empty: an unsigned token must leave the address bar like any other.
const COMPACT_TOKEN = /^[\w-]+\.[\w-]+\.[\w-]*$/;

/**
 * Reads a fragment in the two forms of the JWT handshake, `#{JWT}` and `#jwt={JWT}&anchor={ANCHOR}`
 * (handshakes.md, section 2). Any other fragment is an ordinary anchor. It never throws.
 *
 * @param fragment as in `location.hash`, with or without the leading `#`.
 * @example
 * parseFragment('#jwt=e30.e30.x&anchor=step-one');
 * // { token: 'e30.e30.x', anchor: 'step-one', cleanFragment: '#step-one' }
 */
export function parseFragment(fragment: string): ParsedFragment {
  const text = fragment.replace(/^#/, '');
  if (COMPACT_TOKEN.test(text)) return { token: text, anchor: '', cleanFragment: '' };
  const parameters = new URLSearchParams(text);
  const token = parameters.get('jwt');
  if (token === null) return { anchor: decodeAnchor(text), cleanFragment: text && `#${text}` };
  const wanted = parameters.get('anchor') ?? '';
  // An anchor of a token's form would be taken for one on reload.
  const anchor = COMPACT_TOKEN.test(wanted) ? '' : wanted;
  return { token, anchor, cleanFragment: anchor && `#${encodeURIComponent(anchor)}` };
}

function decodeAnchor(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
