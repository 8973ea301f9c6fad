import { useSyncExternalStore } from 'react';
import { parseFragment } from '../../shared/fragment-parser.js';
import { loginLink } from '../../shared/login-link.js';
import { pageData } from '../page-data.js';
import type { VisitorState } from '../visitor-state.js';

/** Props of the "Log in" link. */
export interface LoginLinkProps {
  session: VisitorState;
}

/**
 * The "Log in" link. With OAuth it is a button that builds a new URL for each login (handshakes.md, section 5).
 *
 * @example
 * <LoginLink session={session} />
 */
export function LoginLink({ session }: LoginLinkProps) {
  switch (pageData.handshake.type) {
    case 'oauth':
      return (
        <button type="button" className="button" onClick={() => session.logIn()}>
          Log in
        </button>
      );
    case 'shared-session':
      return (
        <a className="button" href={pageData.loginUrl} onClick={() => session.logIn()}>
          Log in
        </a>
      );
    case 'jwt':
      return <TokenLoginLink />;
  }
}

/**
 * The "Log in" link with the current page and anchor, to return to after login. In private docs, the anchor is
 * part of `redirect`; in public docs, it is a separate parameter (handshakes.md, sections 2 and 3).
 */
function TokenLoginLink() {
  const fragment = useSyncExternalStore(onFragmentChange, () => location.hash);
  const { anchor, cleanFragment } = parseFragment(fragment);
  const path = location.pathname + location.search;
  const loginUrl = new URL(pageData.loginUrl, location.origin).href;
  const from =
    pageData.mode === 'authentication' ? { path: path + cleanFragment, anchor: '' } : { path, anchor };
  return (
    <a className="button" href={loginLink(loginUrl, from)}>
      Log in
    </a>
  );
}

function onFragmentChange(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}
