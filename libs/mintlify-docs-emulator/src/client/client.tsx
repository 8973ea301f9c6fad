import { createRoot } from 'react-dom/client';
import { arrival, takeFragment } from './arrival.js';
import { DocsPage } from './components/docs-page.js';
import { scrollToAnchor } from './anchor.scroller.js';
import { applyColors } from './colors.js';
import { pageData } from './page.data.js';
import { loadPage } from './page.loader.js';
import { ServerSession } from './server.session.js';
import { Session } from './session.js';

const { documentElement } = document;
const session =
  pageData.mode === 'authentication'
    ? new ServerSession(pageData.sessionPath, pageData.visitor)
    : new Session(pageData.sessionPath);

/** Draws the page once the visitor is known, so that nothing flickers from anonymous to logged in. */
async function draw(): Promise<void> {
  applyColors(pageData.colors);
  const [Content] = await Promise.all([loadPage(pageData.page.modulePath), session.start(arrival.token)]);
  const root = document.getElementById('root');
  if (!root) return;
  createRoot(root).render(
    <DocsPage session={session} Content={Content} onDrawn={() => finish(arrival.anchor)} />,
  );
}

/** A token may also come while the page is open: the address changes in its fragment alone. */
async function acceptLater(): Promise<void> {
  const { token, anchor } = takeFragment();
  if (token === undefined) return;
  delete documentElement.dataset.ready;
  await session.accept(token);
  requestAnimationFrame(() => finish(anchor));
}

function finish(anchor: string): void {
  scrollToAnchor(anchor);
  documentElement.dataset.ready = 'true';
}

addEventListener('hashchange', () => void acceptLater());
void draw();
