import { useSyncExternalStore } from 'react';

/** The tags of a page's updates, and those that the reader chose. */
export interface UpdateTags {
  all: readonly string[];
  chosen: readonly string[];
}

let state: UpdateTags = { all: [], chosen: [] };
const listeners = new Set<() => void>();

/**
 * The tags of the updates on this page.
 *
 * @example
 * const { all, chosen } = useUpdateTags();
 */
export function useUpdateTags(): UpdateTags {
  return useSyncExternalStore(subscribe, () => state);
}

/**
 * Adds the tags of an update to those that readers can choose.
 *
 * @example
 * addUpdateTags(['API', 'CLI']);
 */
export function addUpdateTags(tags: readonly string[]): void {
  const all = [...new Set([...state.all, ...tags])];
  if (all.length > state.all.length) change({ ...state, all });
}

/**
 * Chooses a tag, or takes the choice back.
 *
 * @example
 * toggleUpdateTag('API');
 */
export function toggleUpdateTag(tag: string): void {
  const { all, chosen } = state;
  change({ all, chosen: chosen.includes(tag) ? chosen.filter((each) => each !== tag) : [...chosen, tag] });
}

function change(next: UpdateTags): void {
  state = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
