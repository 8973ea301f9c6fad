import { readFile } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { isRecord } from '../shared/type-guards.js';
import { isChildGroups } from '../site/navigation-nodes.js';
import { groupPlaceOf } from './group-places.js';
import type { GroupPlace } from './group-places.js';
import { parseJsonTree } from './source-tree.js';

const MAX_DEPTH = 60;

/**
 * Who sees the nodes of the navigation: each `groups` in docs.json and in the files of its `$ref`.
 *
 * @param files absolute paths, docs.json first.
 * @param root the real path of the docs folder.
 * @example
 * await configGroupPlaces(['/srv/docs/docs.json'], '/srv/docs');
 */
export async function configGroupPlaces(files: readonly string[], root: string): Promise<GroupPlace[]> {
  const found: GroupPlace[] = [];
  for (const [index, absolutePath] of files.entries()) {
    const tree = parseJsonTree(await readFile(absolutePath, 'utf8'));
    const file = relative(root, absolutePath).split(sep).join('/');
    const visit = (value: unknown, path: readonly (string | number)[]): void => {
      if (path.length > MAX_DEPTH) return;
      if (Array.isArray(value)) {
        for (const [position, entry] of value.entries()) visit(entry, [...path, position]);
        return;
      }
      if (!isRecord(value)) return;
      if ('groups' in value && !isChildGroups(value)) {
        const place = groupPlaceOf(value.groups, {
          kind: 'navigation',
          file,
          path: [...path, 'groups'],
          tree,
        });
        if (place) found.push(place);
      }
      for (const [key, entry] of Object.entries(value)) visit(entry, [...path, key]);
    };
    // In docs.json, only the navigation has visitors' groups; a file of a `$ref` is a part of it.
    const start = index === 0 && isRecord(tree.value) ? tree.value.navigation : tree.value;
    visit(start, index === 0 ? ['navigation'] : []);
  }
  return found;
}
