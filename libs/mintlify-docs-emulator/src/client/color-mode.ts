import { useSyncExternalStore } from 'react';
import type { SiteLooks } from '../shared/site-looks-types.js';

const STORAGE_KEY = 'docs-color-mode';
const root = document.documentElement;
const system = matchMedia('(prefers-color-scheme: dark)');

/**
 * Applies the color mode: the visitor's choice, the default of the site, or that of the system. Mintlify's components
 * are dark inside an element with the class `dark`.
 *
 * @example
 * startColorMode({ default: 'system', isStrict: false });
 */
export function startColorMode({ default: mode, isStrict }: SiteLooks['appearance']): void {
  const chosen = isStrict ? null : readChoice();
  if (chosen !== null || mode !== 'system') {
    show((chosen ?? mode) === 'dark');
    return;
  }
  system.addEventListener('change', () => readChoice() === null && show(system.matches));
  show(system.matches);
}

/**
 * Switches between light and dark, and remembers the choice.
 *
 * @example
 * <button type="button" onClick={toggleColorMode}>Dark mode</button>
 */
export function toggleColorMode(): void {
  const isDark = !isDarkMode();
  try {
    localStorage.setItem(STORAGE_KEY, isDark ? 'dark' : 'light');
  } catch {
    // Without storage, it lasts until the next page.
  }
  show(isDark);
}

/**
 * Whether the page is dark. Components that draw for one of both use it.
 *
 * @example
 * const isDark = useDarkMode();
 */
export function useDarkMode(): boolean {
  return useSyncExternalStore(onModeChange, isDarkMode);
}

function readChoice(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}

function show(isDark: boolean): void {
  root.classList.toggle('dark', isDark);
  root.style.colorScheme = isDark ? 'dark' : 'light';
}

function isDarkMode(): boolean {
  return root.classList.contains('dark');
}

function onModeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(root, { attributeFilter: ['class'] });
  return () => observer.disconnect();
}
