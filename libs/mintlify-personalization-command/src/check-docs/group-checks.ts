import type { GroupPlace, GroupRule } from 'mintlify-docs-emulator/reader';
import { grantedGroups, type CheckContext } from './check-context.js';
import type { RuleFinding } from './check-finding.js';
import { nearestName } from '../../../mintlify-docs-emulator/src/shared/nearest-name.js';

/** The name that stands for every visitor who is logged in. */
const ANY_GROUP = '*';

const PLACES: Readonly<Record<GroupPlace['kind'], string>> = {
  page: 'This page',
  navigation: 'This part of the navigation',
  skill: 'This skill',
  api: 'This part of the API',
};

/** Rules about groups: what the docs ask for, and what claim mappers grant. */
export function checkGroups(context: CheckContext): RuleFinding[] {
  return [
    ...context.folder.groupPlaces.flatMap((place) => checkPlace(context, place)),
    ...checkPages(context),
    ...unusedGroups(context),
  ];
}

function checkPlace(context: CheckContext, place: GroupPlace): RuleFinding[] {
  const { file, line, isReadable, rule, names } = place;
  const subject = PLACES[place.kind];
  if (!isReadable) {
    return [
      {
        rule: 'groups-unreadable',
        file,
        line,
        message: `${subject} has groups that cannot be read, so no one sees it.`,
        fix: unreadableFix(names.map(({ name }) => name)),
      },
    ];
  }
  if (admitsNoOne(rule)) {
    return [
      {
        rule: 'groups-admit-no-one',
        file,
        line,
        message: `${subject} lets no one in: ${names.length === 0 ? 'its list of groups is empty' : 'all groups that it includes are excluded, too'}.`,
        fix:
          names.length === 0
            ? 'Name a group, or remove groups to show it to everyone.'
            : 'Remove a group from excludes.',
      },
    ];
  }
  const granted = grantedGroups(context);
  if (granted === undefined) return [];
  return names
    .filter(({ name }) => name !== ANY_GROUP && !granted.has(name))
    .map(({ name, kind, line: at }) => ({
      rule: 'group-not-granted',
      file,
      line: at,
      message:
        kind === 'includes'
          ? `${subject} is for the group "${name}", which no claim mapper grants.`
          : `${subject} keeps out the group "${name}", which no claim mapper grants.`,
      fix: fixOf(name, granted),
    }));
}

function fixOf(name: string, granted: ReadonlySet<string>): string {
  const near = nearestName(name, granted);
  return near === undefined
    ? `Grant "${name}" in a claim mapper and declare it in its visitor schema, or use one of: ${[...granted].join(', ') || 'none is granted'}.`
    : `Write "${near}".`;
}

function unreadableFix(names: readonly string[]): string {
  const list = names.length > 0 ? names.map((name) => JSON.stringify(name)).join(', ') : '"admin"';
  return `Write a list of names: groups: [${list}].`;
}

function admitsNoOne({ includes, excludes }: GroupRule): boolean {
  return includes !== undefined && includes.every((name) => excludes.includes(name));
}

/** Pages whose own groups and those around them let in no visitor of any mapper, although each alone does. */
function checkPages(context: CheckContext): RuleFinding[] {
  const { folder, visitors } = context;
  const mappers = [...visitors.mappers.values()];
  return folder.pages.flatMap(({ file, rule, placeRules }): RuleFinding[] => {
    const own = rule ? [rule] : [];
    const ways = (placeRules.length === 0 ? [[]] : placeRules).map((rules) => own.concat(rules));
    if (ways.some((rules) => rules.length < 2)) return [];
    // What is wrong with one rule alone is said at its place.
    if (
      ways.flat().some((each) => admitsNoOne(each) || !mappers.some(({ groups }) => canPass([each], groups)))
    )
      return [];
    if (ways.some((rules) => mappers.some(({ groups }) => canPass(rules, groups)))) return [];
    const place = folder.groupPlaces.find((each) => each.kind === 'page' && each.file === file);
    return [
      {
        rule: 'groups-admit-no-one',
        file,
        line: place?.line ?? 1,
        message:
          'No visitor can see this page: no claim mapper grants its groups and those of the navigation around it together.',
        fix: 'Use groups that one visitor may have together, or move the page in docs.json.',
      },
    ];
  });
}

/** Whether a visitor with the right ones of these groups passes all rules. */
function canPass(rules: readonly GroupRule[], groups: readonly string[] | 'any'): boolean {
  const excluded = new Set(rules.flatMap(({ excludes }) => excludes));
  return rules.every(({ includes }) => {
    if (includes === undefined) return true;
    return includes.some(
      (name) => !excluded.has(name) && (name === ANY_GROUP || groups === 'any' || groups.includes(name)),
    );
  });
}

function unusedGroups({ folder, visitors }: CheckContext): RuleFinding[] {
  if (visitors.groups === 'any') return [];
  const used = new Set(folder.groupPlaces.flatMap(({ names }) => names.map(({ name }) => name)));
  return visitors.groups
    .filter((group) => !used.has(group))
    .map((group) => ({
      rule: 'group-unused',
      file: visitors.file,
      line: visitors.lineOf(group),
      message: `The group "${group}" is granted, and used nowhere in these docs.`,
      fix: unusedFix(group, used),
    }));
}

function unusedFix(group: string, used: ReadonlySet<string>): string {
  const near = nearestName(group, used);
  return near === undefined
    ? 'Use it in groups of a page, or remove it from the claim mapper and its visitor schema.'
    : `The docs use "${near}": write the same name in both.`;
}
