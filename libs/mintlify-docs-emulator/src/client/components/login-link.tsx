import { useSyncExternalStore } from 'react';
import { parseFragment } from '../../shared/fragment.parser.js';
import { loginLink } from '../../shared/login.link.js';
import { pageData } from '../page.data.js';

/**
 * The "Log in" link, which follows the anchor in the address so that the visitor comes back to it.
 *
 * @example
 * <LoginLink />
 */
export function LoginLink() {
  const fragment = useSyncExternalStore(onFragmentChange, () => location.hash);
  const { anchor } = parseFragment(fragment);
  const path = location.pathname + location.search;
  return (
    <a className="button" href={loginLink(pageData.loginUrl, { path, anchor })}>
      Log in
    </a>
  );
}

function onFragmentChange(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}
