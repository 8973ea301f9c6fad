import {
  accessOf,
  flatten,
  pagePaths,
  type Access,
  type PersonaRecord,
  type PersonasDocument,
  type PlaceText,
} from './persona-document.js';

/** What a change of access means for a persona, by what it was and what it is. */
const CHANGES: Readonly<Record<Access, Readonly<Record<Access, string>>>> = {
  listed: {
    listed: '',
    unlisted: 'no longer sees {page} in the sidebar, and can open it by its URL',
    denied: 'no longer sees {page}, and may not read it',
  },
  unlisted: {
    listed: 'now sees {page}',
    unlisted: '',
    denied: 'may no longer read {page}',
  },
  denied: {
    listed: 'now sees {page}, and may read it',
    unlisted: 'may now read {page} by its URL',
    denied: '',
  },
};

/**
 * Says what changed between two documents, a sentence each.
 *
 * @param before what was committed; `undefined` for nothing
 * @example
 * ```ts
 * listDifferences(committed, current); // ['viewer no longer sees /billing, and may not read it.']
 * ```
 */
export function listDifferences(before: PersonasDocument | undefined, after: PersonasDocument): string[] {
  const old = before?.personas ?? {};
  const names = [...new Set([...Object.keys(old), ...Object.keys(after.personas)])];
  const known = names.flatMap((name) => {
    const [one, other] = [recordOf(old, name), recordOf(after.personas, name)];
    return one && other ? [{ name, before: one, after: other }] : [];
  });
  return [
    ...names.flatMap((name) => {
      if (recordOf(old, name) === undefined) return [`${name} is new.`];
      return recordOf(after.personas, name) === undefined ? [`${name} is gone.`] : [];
    }),
    ...pageChanges(known),
    ...known.flatMap((each) => personaChanges(each)),
  ];
}

interface Pair {
  readonly name: string;
  readonly before: PersonaRecord;
  readonly after: PersonaRecord;
}

function recordOf(personas: PersonasDocument['personas'], name: string): PersonaRecord | undefined {
  return Object.hasOwn(personas, name) ? personas[name] : undefined;
}

/** Pages that are new or gone, once for all personas. */
function pageChanges(pairs: readonly Pair[]): string[] {
  const old = new Set(pagePaths(pairs.map(({ before }) => before)));
  const current = new Set(pagePaths(pairs.map(({ after }) => after)));
  const added = [...current].filter((path) => !old.has(path));
  const removed = [...old].filter((path) => !current.has(path));
  const who = (path: string, access: Access): string =>
    pairs
      .filter(({ after }) => accessOf(after, path) === access)
      .map(({ name }) => name)
      .join(', ') || 'no one';
  return [
    ...removed.map((path) => `The page ${path} is gone.`),
    ...added.map(
      (path) => `The page ${path} is new: ${who(path, 'listed')} ${verb(who(path, 'listed'))} it.`,
    ),
  ];
}

function verb(who: string): string {
  return who.includes(', ') ? 'see' : 'sees';
}

function personaChanges({ name, before, after }: Pair): string[] {
  return [
    ...(before.tenant === after.tenant
      ? []
      : [`${name} is of ${tenantName(after)} now, and was of ${tenantName(before)}.`]),
    ...(before.mode === after.mode
      ? []
      : [`${name} has ${docsName(after)} docs now, and had ${docsName(before)} ones.`]),
    ...loginChanges(name, before, after),
    ...groupChanges(name, before, after),
    ...accessChanges(name, before, after),
    ...contentChanges(name, before, after),
    ...inputChanges(name, before, after),
    ...faultChanges(name, before, after),
    ...textChanges(name, before, after),
  ];
}

function tenantName({ tenant }: PersonaRecord): string {
  return tenant === undefined ? 'no tenant' : `tenant ${tenant}`;
}

function docsName({ mode }: PersonaRecord): string {
  return mode === 'authentication' ? 'private' : 'public';
}

function loginChanges(name: string, { user: one }: PersonaRecord, { user: other }: PersonaRecord): string[] {
  if ((one === null) === (other === null)) return [];
  return [other === null ? `${name} is no longer logged in.` : `${name} is logged in now.`];
}

function groupChanges(name: string, before: PersonaRecord, after: PersonaRecord): string[] {
  const [old, current] = [before.user?.groups ?? [], after.user?.groups ?? []];
  return [
    ...old
      .filter((group) => !current.includes(group))
      .map((group) => `${name} is no longer in the group ${group}.`),
    ...current
      .filter((group) => !old.includes(group))
      .map((group) => `${name} is in the group ${group} now.`),
  ];
}

function accessChanges(name: string, before: PersonaRecord, after: PersonaRecord): string[] {
  return pagePaths([before, after]).flatMap((path) => {
    const [old, current] = [accessOf(before, path), accessOf(after, path)];
    const text = old && current ? CHANGES[old][current] : '';
    return text === '' ? [] : [`${name} ${text.replace('{page}', path)}.`];
  });
}

function contentChanges(name: string, before: PersonaRecord, after: PersonaRecord): string[] {
  return compareValues(before.user?.content, after.user?.content, 'user').map(({ path, old, current }) => {
    if (current === undefined) return `${name} no longer has ${path}.`;
    return old === undefined
      ? `${name} has ${path} now: ${current}.`
      : `${path} of ${name} is ${current} now, and was ${old}.`;
  });
}

/** All values are hidden, so only fields can differ. */
function inputChanges(name: string, before: PersonaRecord, after: PersonaRecord): string[] {
  const [old, current] = [before.user?.apiPlaygroundInputs, after.user?.apiPlaygroundInputs];
  return compareValues(old, current, 'inputs').map(({ path, current: value }) => {
    const field = path.slice('inputs.'.length).replace('.', ' ');
    return `The playground of ${name} is ${value === undefined ? 'no longer' : 'now'} filled with ${field}.`;
  });
}

function compareValues(one: unknown = {}, other: unknown = {}, path: string) {
  const [old, current] = [flatten(one, path), flatten(other, path)];
  return [...new Set([...old.keys(), ...current.keys()])]
    .toSorted()
    .map((each) => ({ path: each, old: old.get(each), current: current.get(each) }))
    .filter((each) => each.old !== each.current);
}

function faultChanges(name: string, before: PersonaRecord, after: PersonaRecord): string[] {
  const paths = [...new Set([...Object.keys(before.faults), ...Object.keys(after.faults)])].toSorted();
  return paths.flatMap((path) => {
    const [old, current] = [before.faults[path], after.faults[path]];
    if (old === current) return [];
    if (current === undefined) return accessOf(after, path) ? [`${path} no longer breaks for ${name}.`] : [];
    return [`${path} breaks for ${name}: ${current}`];
  });
}

function textChanges(name: string, before: PersonaRecord, after: PersonaRecord): string[] {
  const paths = Object.keys(after.texts).filter((path) => accessOf(before, path) !== undefined);
  return paths.flatMap((path) => {
    const [old, current] = [textsOf(before, path), textsOf(after, path)];
    return [...current].flatMap(([place, text]) => {
      const was = old.get(place);
      if (
        was === text ||
        (was === undefined && !(path in before.texts) && !isSameAccess(before, after, path))
      )
        return [];
      const earlier = was === undefined ? '' : `, and read ${shown(was)} before`;
      return [`On ${path}, ${name} now reads ${shown(text)} at {${place}}${earlier}.`];
    });
  });
}

/** A page that becomes readable has all its texts: that it does is said already. */
function isSameAccess(before: PersonaRecord, after: PersonaRecord, path: string): boolean {
  return accessOf(before, path) === accessOf(after, path);
}

function textsOf({ texts }: PersonaRecord, path: string): Map<string, string> {
  const all = new Map<string, string>();
  for (const { place, text } of texts[path] ?? ([] as readonly PlaceText[])) {
    const known = all.get(place);
    all.set(place, known === undefined ? text : `${known}, ${text}`);
  }
  return all;
}

function shown(text: string): string {
  return text === '' ? 'nothing' : JSON.stringify(text);
}
