import { useSyncExternalStore } from 'react';

/**
 * Whether the page is dark. Components that draw for one of both use it.
 *
 * @example
 * const isDark = useDarkMode();
 */
export function useDarkMode(): boolean {
  return useSyncExternalStore(onModeChange, isDarkMode);
}

function isDarkMode(): boolean {
  return document.documentElement.classList.contains('dark');
}

function onModeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ['class'] });
  return () => observer.disconnect();
}
