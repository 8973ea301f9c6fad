import { useSyncExternalStore } from 'react';

let chosen: string | undefined;
const listeners = new Set<() => void>();

/**
 * The title of the tab or code block that was last chosen on the page. Tabs and code groups that have it show it.
 *
 * @example
 * const title = useChosenTitle();
 */
export function useChosenTitle(): string | undefined {
  return useSyncExternalStore(subscribe, () => chosen);
}

/**
 * Chooses a title in all tabs and code groups that have it.
 *
 * @example
 * chooseTitle('npm');
 */
export function chooseTitle(title: string): void {
  chosen = title;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
