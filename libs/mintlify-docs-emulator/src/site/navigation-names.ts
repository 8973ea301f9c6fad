import { isRecord } from '../shared/type-guards.js';
import { isApiOnlyEntry, isLayout } from './navigation-schema.js';
import type { CatalogNames } from './page-catalog.js';
import { pagePath } from './page-path.js';

const MAX_DEPTH = 100;

/**
 * The pages and folders that `navigation` in docs.json names, at any depth.
 *
 * @example
 * namesIn({ groups: [{ group: 'Start', root: 'index', pages: ['introduction'] }] });
 * // { paths: ['/index', '/introduction'], folders: [] }
 */
export function namesIn(navigation: unknown): CatalogNames {
  const paths = new Set<string>();
  const folders = new Set<string>();
  const visit = (value: unknown, depth: number): void => {
    if (depth > MAX_DEPTH) return;
    if (Array.isArray(value)) {
      for (const entry of value) {
        if (typeof entry === 'string') addPage(entry);
        else visit(entry, depth + 1);
      }
    } else if (isRecord(value)) {
      if (typeof value.root === 'string') addPage(value.root);
      if (typeof value.directory === 'string' && !isLayout(value.directory)) folders.add(value.directory);
      for (const entry of Object.values(value)) visit(entry, depth + 1);
    }
  };
  const addPage = (name: string): void => {
    if (!isApiOnlyEntry(name)) paths.add(pagePath(name));
  };
  visit(navigation, 0);
  return { paths: [...paths], folders: [...folders] };
}
