import { useSyncExternalStore } from 'react';
import { parseFragment } from '../../shared/fragment.parser.js';
import { loginLink } from '../../shared/login.link.js';
import { pageData } from '../page.data.js';

/**
 * The "Log in" link, which follows the anchor in the address so that the visitor comes back to it. Private docs
 * take it as a part of the page, public docs beside it (handshakes.md, sections 2 and 3).
 *
 * @example
 * <LoginLink />
 */
export function LoginLink() {
  const fragment = useSyncExternalStore(onFragmentChange, () => location.hash);
  const { anchor, cleanFragment } = parseFragment(fragment);
  const path = location.pathname + location.search;
  const loginUrl = new URL(pageData.loginUrl, location.origin).href;
  const place =
    pageData.mode === 'authentication' ? { path: path + cleanFragment, anchor: '' } : { path, anchor };
  return (
    <a className="button" href={loginLink(loginUrl, place)}>
      Log in
    </a>
  );
}

function onFragmentChange(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}
