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
  return true;
}

function reload(): void {
  // A page that was not shown yet is still to be scrolled to where it was.
  if (sessionStorage.getItem(STORAGE_KEY) === null) {
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify({ path: location.pathname, top: scrollY }));
  }
  location.reload();
}
