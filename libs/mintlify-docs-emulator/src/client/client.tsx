import { createRoot } from 'react-dom/client';
import { initialFragment, takeFragment } from './initial-fragment.js';
import { DocsPage } from './components/docs-page.js';
import { scrollToAnchor } from './anchor-scroller.js';
import { applyColors } from './colors.js';
import { startColorMode } from './color-mode.js';
import { reloadOnChange, restoreScroll } from './live-reload.js';
import { loadNavigation } from './navigation-loader.js';
import { pageData } from './page-data.js';
import { loadPage } from './page-loader.js';
import { ServerSession } from './server-session.js';
import { OAuthSession } from './oauth-session.js';
import { JwtSession } from './jwt-session.js';
import { SharedSession } from './shared-session.js';
import { SwitchedSession } from './switched-session.js';
import { applyLooks } from './site-looks.js';
import type { VisitorState } from './visitor-state.js';

const { documentElement } = document;
const session = createSession();

function createSession(): VisitorState {
  const { mode, handshake, sessionPath, visitor, basePath, visitors } = pageData;
  if (visitors) return new SwitchedSession(visitor);
  if (mode === 'authentication') return new ServerSession(sessionPath, visitor);
  switch (handshake.type) {
    case 'jwt':
      return new JwtSession(sessionPath);
    case 'shared-session':
      return new SharedSession(handshake.infoApiUrl);
    case 'oauth':
      return new OAuthSession(handshake, basePath);
  }
}

/** Renders the page once the visitor is known, so that it doesn't flicker from anonymous to logged in. */
async function render(): Promise<void> {
  applyColors(pageData.colors, pageData.looks.background.color);
  startColorMode(pageData.looks.appearance);
  applyLooks(pageData.looks);
  const [Content, Operation, navigation] = await Promise.all([
    loadPage(pageData.page.modulePath),
    loadOperationPage(),
    loadNavigation(pageData.navigationPath),
    session.start(initialFragment.token),
  ]);
  const root = document.getElementById('root');
  if (!root) return;
  createRoot(root).render(
    <DocsPage
      session={session}
      navigation={navigation}
      Content={Content}
      Operation={Operation}
      onRendered={() => finish(initialFragment.anchor)}
    />,
  );
}

/** What shows operations is large, and only their pages need it. */
async function loadOperationPage() {
  if (!pageData.page.api) return undefined;
  const { OperationPage } = await import('./components/api/operation-page.js');
  return OperationPage;
}

/** A token may also arrive while the page is open, if only the fragment changes. */
async function acceptOnHashChange(): Promise<void> {
  const { token, anchor } = takeFragment();
  if (token === undefined) return;
  delete documentElement.dataset.ready;
  await session.accept(token);
  requestAnimationFrame(() => finish(anchor));
}

function finish(anchor: string): void {
  if (!restoreScroll()) scrollToAnchor(anchor);
  documentElement.dataset.ready = 'true';
}

if (pageData.changes) reloadOnChange(pageData.changes);
addEventListener('hashchange', () => void acceptOnHashChange());
void render();
