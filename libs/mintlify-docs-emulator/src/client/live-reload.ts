import type { ChangeSource } from '../shared/page-data-types.js';
import { isRecord } from '../shared/type-guards.js';

const STORAGE_KEY = 'docs-emulator-scroll';

/**
 * Loads the page again when the docs folder changes. A page in the background listens to nothing, and catches up when
 * it is shown: browsers keep few connections open.
 *
 * @example
 * reloadOnChange({ path: '/_emulator/changes', version: 'a-0' });
 */
export function reloadOnChange({ path, version }: ChangeSource): void {
  let source: EventSource | undefined;
  const listen = (): void => {
    if (document.hidden) {
      source?.close();
      source = undefined;
    } else if (!source) {
      source = new EventSource(path);
      source.addEventListener('message', ({ data }) => {
        if (data !== version) reload();
      });
    }
  };
  document.addEventListener('visibilitychange', listen);
  listen();
}

/**
 * Scrolls to where the page was before it was loaded again.
 *
 * @returns whether it was.
 * @example
 * if (!restoreScroll()) scrollToAnchor(anchor);
 */
export function restoreScroll(): boolean {
  const saved = sessionStorage.getItem(STORAGE_KEY);
  if (saved === null) return false;
  sessionStorage.removeItem(STORAGE_KEY);
  const value: unknown = JSON.parse(saved);
  if (!isRecord(value) || value.path !== location.pathname || typeof value.top !== 'number') return false;
  scrollTo({ top: value.top, behavior: 'instant' });
  letBrowserScroll();
  return true;
}

/** From here on, back and forward lead to where the page was scrolled, as without live reload. */
function letBrowserScroll(): void {
  const restore = (): void => {
    history.scrollRestoration = 'auto';
  };
  if (document.readyState === 'complete') restore();
  else addEventListener('load', () => requestAnimationFrame(restore), { once: true });
}

function reload(): void {
  // The browser knows where the page was, too, but not if it was not shown yet. It would scroll once all is loaded.
  history.scrollRestoration = 'manual';
  // A page that was not shown yet is still to be scrolled to where it was.
  if (sessionStorage.getItem(STORAGE_KEY) === null) {
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify({ path: location.pathname, top: scrollY }));
  }
  location.reload();
}
