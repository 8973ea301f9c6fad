/**
 * Scrolls to the element that an anchor names, as the browser would have done had the page been drawn before
 * the address was read.
 *
 * @param anchor decoded; `''` and an unknown one do nothing.
 * @example
 * scrollToAnchor('step-one');
 */
export function scrollToAnchor(anchor: string): void {
  if (anchor) document.getElementById(anchor)?.scrollIntoView({ behavior: 'instant' });
}
