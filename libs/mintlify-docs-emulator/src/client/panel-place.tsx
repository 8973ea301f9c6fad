import { useEffect, useState, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';

/** The id of the element beside the page where panels stand. */
export const PANEL_PLACE_ID = 'page-panels';

// Below this width, there is no column beside the page: see style.css.
const wide = matchMedia('(min-width: 75.01rem)');

/**
 * Shows its children beside the page, or in their place on a narrow screen.
 *
 * @example
 * <BesidePage><p>In the right column</p></BesidePage>
 */
export function BesidePage({ children }: { children?: ReactNode }) {
  const isWide = useSyncExternalStore(onWidthChange, () => wide.matches);
  const [place, setPlace] = useState<Element | null>(null);
  useEffect(() => setPlace(document.getElementById(PANEL_PLACE_ID)), []);
  return isWide && place ? createPortal(children, place) : <>{children}</>;
}

function onWidthChange(listener: () => void): () => void {
  wide.addEventListener('change', listener);
  return () => wide.removeEventListener('change', listener);
}
