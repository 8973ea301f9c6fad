import { readFile } from 'node:fs/promises';
import { isRecord } from '../shared/type-guards.js';
import { readVisitor } from '../shared/visitor-reader.js';
import type { Visitor } from '../shared/visitor-types.js';
import type { VisitorFlags } from './arguments-parser.js';

/** The name of the visitor who is not logged in. */
const ANONYMOUS = 'anonymous';
const KNOWN_KEYS = new Set(['expiresAt', 'groups', 'content', 'apiPlaygroundInputs', 'host']);

/**
 * Reads the visitors that the flags name. There is always one who is not logged in. A visitor of `--groups` or `--user`
 * comes first: the docs are shown as this one until another is chosen.
 *
 * @throws TypeError with a one-line message, for a file that cannot be read or has other keys.
 * @example
 * await readVisitorFlags({ groups: ['a', 'b'] }); // { 'a,b': { groups: ['a', 'b'] }, anonymous: null }
 */
export async function readVisitorFlags({
  groups,
  userFile,
  visitorsFile,
}: VisitorFlags): Promise<Record<string, Visitor | null>> {
  const visitors: Record<string, Visitor | null> = {};
  if (groups) visitors[groups.join(',') || 'no groups'] = { groups };
  if (userFile !== undefined) visitors.user = visitorFrom(await readJson(userFile), userFile);
  const named = visitorsFile === undefined ? {} : await readJson(visitorsFile);
  if (!isRecord(named))
    throw new TypeError(`${visitorsFile}: must be an object: names, each with a visitor or null.`);
  const entries = Object.entries(usersIn(named)).map(([name, value]): [string, Visitor | null] => [
    name,
    value === null ? null : visitorFrom(value, `${visitorsFile}: ${name}`),
  ]);
  const all = { ...visitors, ...Object.fromEntries(entries) };
  if (Object.values(all).includes(null)) return all;
  // In front, unless the command line asks for a visitor.
  return Object.keys(visitors).length > 0 ? { ...all, [ANONYMOUS]: null } : { [ANONYMOUS]: null, ...all };
}

/** The users of the `personas.json` that `mintlify-personalization personas` writes, or the visitors as they are. */
function usersIn(named: Record<string, unknown>): Record<string, unknown> {
  const { personas } = named;
  const isWritten =
    isRecord(personas) && Object.values(personas).every((each) => isRecord(each) && 'pages' in each);
  if (!isWritten || Object.keys(named).length > 1) return named;
  return Object.fromEntries(
    Object.entries(personas).map(([name, each]) => [name, isRecord(each) ? each.user : undefined]),
  );
}

function visitorFrom(value: unknown, place: string): Visitor {
  if (isRecord(value) && 'principal' in value) {
    throw new TypeError(
      `${place}: has a principal, which only your app can map. Name the personas.json that "mintlify-personalization personas" writes.`,
    );
  }
  const unknown = isRecord(value) ? Object.keys(value).find((key) => !KNOWN_KEYS.has(key)) : undefined;
  if (unknown !== undefined) {
    throw new TypeError(`${place}: ${unknown} is not known. Put the data of a visitor into "content".`);
  }
  const visitor = readVisitor(value);
  if (typeof visitor === 'string') throw new TypeError(`${place}: ${visitor}`);
  return visitor;
}

async function readJson(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    throw new TypeError(`${file}: cannot be read. Check the path.`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new TypeError(`${file}: is not valid JSON.`);
  }
}
