import { sourcesOf } from '../api/spec-sources.js';
import type { SpecSource } from '../api/spec-sources.js';
import { isReadableGroups, readGroupRule } from '../shared/group-rules.js';
import type { GroupRule } from '../shared/group-rules.js';
import type { DivisionList, NavigationItem } from '../shared/navigation-types.js';
import { isRecord } from '../shared/type-guards.js';
import { readPublic } from './front-matter-reader.js';
import { readIcon } from './icon-reader.js';
import { DIVISION_KEYS } from './navigation-schema.js';

/** Places in docs.json, such as `navigation.tabs[0].groups`. */
export interface RuleSources {
  /** One for each rule. */
  rules: readonly string[];
  isPublic?: string;
  hidden?: string;
}

/** What nodes pass on to what is inside them. */
export interface Inherited {
  rules: GroupRule[];
  /** Where they stand: of each rule, of the nearest `public`, of the nearest `hidden`. */
  from: RuleSources;
  isPublic: boolean | undefined;
  hidden: boolean;
  /** The spec of the operations that are listed by name. */
  source?: SpecSource;
}

/**
 * What a node passes on to what is inside it: its own rules and those around it.
 *
 * @param place where the node stands, such as `navigation.tabs[0]`.
 * @returns `isReadable` is `false` if its `groups` cannot be read: then no one sees what is inside.
 * @example
 * inheritFrom({ group: 'Admin', hidden: true }, around, 'navigation.groups[0]').inside.hidden; // true
 */
export function inheritFrom(
  node: Record<string, unknown>,
  around: Inherited,
  place: string,
): { inside: Inherited; isReadable: boolean } {
  const groups = isChildGroups(node) ? undefined : node.groups;
  const rule = readGroupRule(groups);
  const source = sourcesOf(node.openapi)[0] ?? around.source;
  return {
    inside: {
      ...(source && { source }),
      rules: rule ? [...around.rules, rule] : around.rules,
      from: {
        ...around.from,
        ...(rule && { rules: [...around.from.rules, `${place}.groups`] }),
        ...(readPublic(node.public) !== undefined && { isPublic: `${place}.public` }),
        ...(Boolean(node.hidden) && !around.hidden && { hidden: `${place}.hidden` }),
      },
      isPublic: readPublic(node.public) ?? around.isPublic,
      hidden: around.hidden || Boolean(node.hidden),
    },
    isReadable: isReadableGroups(groups),
  };
}

/**
 * `groups` are the groups inside a division, or names of visitors' groups. An empty list beside other entries lets
 * no one in.
 */
export function isChildGroups(node: Record<string, unknown>): boolean {
  const { groups } = node;
  if (!Array.isArray(groups)) return false;
  if (groups.length > 0) return groups.some((entry) => isRecord(entry) && isNavigationGroup(entry));
  const isGroup = typeof node.group === 'string';
  return !isGroup && ![...Object.keys(DIVISION_KEYS), 'pages', 'root', 'openapi'].some((key) => key in node);
}

function isNavigationGroup(entry: Record<string, unknown>): boolean {
  return [
    'group',
    'pages',
    'root',
    'directory',
    'openapi',
    'asyncapi',
    'href',
    'groups',
    ...Object.keys(DIVISION_KEYS),
  ].some((key) => key in entry);
}

/** Divisions as groups, for a place without a selector. @example groupsOf({ kind: 'tab', divisions: [] }); // [] */
export function groupsOf({ divisions }: DivisionList): NavigationItem[] {
  return divisions.flatMap(({ title, href, section, rules, isPublic, ...rest }): NavigationItem[] => {
    const icon = readIcon({ ...rest });
    const items = [...section.items, ...section.lists.flatMap(groupsOf)];
    if (items.length > 0) return [{ kind: 'group', title, ...icon, items }];
    return href === undefined
      ? []
      : [{ kind: 'link', title, href, ...icon, ...listing({ rules: rules ?? [], isPublic }) }];
  });
}

/** Who sees an item. @example listing({ rules: [], isPublic: true }); // { isPublic: true } */
export function listing({ rules, isPublic }: Pick<Inherited, 'rules' | 'isPublic'>) {
  return { ...(rules.length > 0 && { rules }), ...(isPublic && { isPublic }) };
}

/** The first of some properties that is a text. @example textOf({ tab: 'API' }, ['name', 'tab']); // 'API' */
export function textOf(node: Record<string, unknown>, keys: readonly string[]): string | undefined {
  return keys.map((key) => node[key]).find((value) => typeof value === 'string');
}
