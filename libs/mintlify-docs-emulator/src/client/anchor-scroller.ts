import { anchorIds } from './url-anchor.js';

/**
 * Scrolls to the element of an anchor. The browser cannot do it, because the page is rendered after the URL is
 * read.
 *
 * @param anchor decoded. `''` and unknown anchors do nothing.
 * @example
 * scrollToAnchor('step-one');
 */
export function scrollToAnchor(anchor: string): void {
  if (anchor === '') return;
  const found = [anchor, ...anchorIds(anchor).toReversed()].map((id) => document.getElementById(id));
  found.find((element) => element !== null)?.scrollIntoView({ behavior: 'instant' });
}
