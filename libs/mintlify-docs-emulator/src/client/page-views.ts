import { useEffect, useSyncExternalStore } from 'react';

let titles: readonly string[] = [];
const listeners = new Set<() => void>();

/**
 * The titles of the views of the page, in their order; the caller's is one of them.
 *
 * @example
 * const titles = usePageViews('Python');
 */
export function usePageViews(title: string): readonly string[] {
  useEffect(() => {
    set([...titles, title]);
    return () => set(titles.toSpliced(titles.indexOf(title), 1));
  }, [title]);
  return useSyncExternalStore(subscribe, () => titles);
}

function set(next: readonly string[]): void {
  titles = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
