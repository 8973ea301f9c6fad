import { useEffect } from 'react';
import type { RefObject } from 'react';
import { readAnchor } from '../url-anchor.js';

/** What tells a tab from others in the fragment of the URL: its `id`, or its title in lower case with hyphens. */
export function tabAnchor({ id, title = '' }: { id?: string; title?: string }): string {
  return (
    id ??
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
      .replaceAll(/^-|-$/g, '')
  );
}

/**
 * Opens the tab that the fragment of the URL names, or the one with the element that it names: when the page is opened,
 * and when the fragment changes.
 *
 * @param panels the element around the panels, one for each tab.
 * @example
 * useOpenedTab(['npm', 'pnpm'], panels, (index) => choose(index));
 */
export function useOpenedTab(
  anchors: readonly string[],
  panels: RefObject<HTMLDivElement | null>,
  open: (index: number) => void,
): void {
  useEffect(() => {
    const follow = (): void => {
      const anchor = readAnchor();
      if (anchor === '') return;
      const named = anchors.indexOf(anchor);
      const around = Array.from(panels.current?.children ?? []);
      const inside = around.findIndex((panel) => panel.querySelector(`[id="${CSS.escape(anchor)}"]`));
      if (named === -1 && inside === -1) return;
      open(named === -1 ? inside : named);
      const target = named === -1 ? document.getElementById(anchor) : panels.current?.parentElement;
      requestAnimationFrame(() => target?.scrollIntoView({ behavior: 'instant' }));
    };
    follow();
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the titles of tabs never change.
  }, []);
}
