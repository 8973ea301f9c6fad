/** The parts of a URL fragment, as {@link parseFragment} reads them. */
export interface ParsedFragment {
  /** The token, not verified yet; absent if the fragment has none. */
  token?: string;
  /** The decoded anchor, or `''`. */
  anchor: string;
  /** The fragment without the token, for the address bar: `''`, or `#` and the encoded anchor. */
  cleanFragment: string;
}

// The third part may be empty: unsigned tokens must be removed from the address bar too.
const COMPACT_TOKEN = /^[\w-]+\.[\w-]+\.[\w-]*$/;

/**
 * Parses a fragment in the two forms of the JWT handshake: `#{JWT}` and `#jwt={JWT}&anchor={ANCHOR}`
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
  // After a reload, an anchor that looks like a token would be read as one.
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
