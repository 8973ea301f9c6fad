import { isReadableGroups, readGroupRule } from '../shared/group-rules.js';
import type { GroupRule } from '../shared/group-rules.js';
import { isRecord } from '../shared/type-guards.js';
import type { SourceTree } from './source-tree.js';

/** A name in a list of groups. */
export interface GroupName {
  name: string;
  /** Whether it lets in or keeps out. */
  kind: 'includes' | 'excludes';
  /** Starts at 1. */
  line: number;
}

/** A place of the docs folder that says who sees something. */
export interface GroupPlace {
  /** What it decides about. */
  kind: 'page' | 'navigation' | 'skill' | 'api';
  /** Path inside the docs folder. */
  file: string;
  /** Starts at 1. */
  line: number;
  /** Whether `groups` is a list of names or of rules. What cannot be read lets no one in. */
  isReadable: boolean;
  rule: GroupRule;
  names: GroupName[];
}

/** Where a value of `groups` stands, and how lines are found. */
export interface GroupSource {
  kind: GroupPlace['kind'];
  file: string;
  /** The path of the value in its file. */
  path: readonly (string | number)[];
  tree: SourceTree;
}

/**
 * Describes one value of `groups`.
 *
 * @returns `undefined` if it says nothing: absent or `null`.
 * @example
 * groupPlaceOf(['admin'], { kind: 'navigation', file: 'docs.json', path: ['navigation', 'groups'], tree });
 */
export function groupPlaceOf(
  groups: unknown,
  { kind, file, path, tree }: GroupSource,
): GroupPlace | undefined {
  const rule = readGroupRule(groups);
  if (!rule) return undefined;
  return {
    kind,
    file,
    line: tree.lineOf(path),
    isReadable: isReadableGroups(groups),
    rule,
    names: namesIn(groups, path, tree),
  };
}

function namesIn(groups: unknown, path: readonly (string | number)[], tree: SourceTree): GroupName[] {
  const entries: readonly unknown[] = Array.isArray(groups) ? groups : [groups];
  const isList = Array.isArray(groups);
  return entries.flatMap((entry, index): GroupName[] => {
    const at = isList ? [...path, index] : path;
    if (typeof entry === 'string') return [{ name: entry, kind: 'includes', line: tree.lineOf(at) }];
    if (!isRecord(entry)) return [];
    return (['includes', 'excludes'] as const).flatMap((kind) => {
      const names: readonly unknown[] = Array.isArray(entry[kind]) ? entry[kind] : [];
      return names.flatMap((name, position) =>
        typeof name === 'string' ? [{ name, kind, line: tree.lineOf([...at, kind, position]) }] : [],
      );
    });
  });
}
