import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { parseOperationName } from '../api/operation-names.js';
import { specSourcesIn } from '../api/spec-sources.js';
import { isRemote, specPath } from '../api/spec-store.js';
import { isRecord } from '../shared/type-guards.js';
import { locateFile } from '../site/file-locator.js';
import { groupPlaceOf } from './group-places.js';
import type { GroupPlace } from './group-places.js';
import { parseJsonTree, parseYamlTree } from './source-tree.js';
import type { SourceTree } from './source-tree.js';

/** An OpenAPI file of a docs folder. */
export interface ApiFile {
  /** Path inside the docs folder. */
  file: string;
  /** The document. Absent if it cannot be parsed. */
  document?: Readonly<Record<string, unknown>>;
  /** Why it cannot be parsed. */
  problem?: string;
  /** Who sees its parts: each `x-mint.groups` and `x-mint-enum`. */
  groupPlaces: GroupPlace[];
  /** The line of a value of the document, from 1. */
  lineOf(path: readonly (string | number)[]): number;
}

const MAX_API_BYTES = 20_000_000;
const MAX_DEPTH = 60;
const MAX_NODES = 1_000_000;

/**
 * The OpenAPI and AsyncAPI files that docs.json and pages name, and whether one is elsewhere.
 *
 * @param settings docs.json.
 * @param operations `openapi` of pages, such as `openapi.json GET /plants`.
 * @example
 * apiFileNames({ navigation: { openapi: 'openapi.json' } }, []); // { files: ['openapi.json'], hasRemote: false }
 */
export function apiFileNames(
  settings: Readonly<Record<string, unknown>>,
  operations: readonly string[],
): { files: string[]; hasRemote: boolean } {
  const named = [
    ...specSourcesIn(settings),
    ...operations.flatMap((operation) => parseOperationName(operation)?.source ?? []),
  ];
  const files = named.filter((source) => !isRemote(source)).map(specPath);
  return { files: [...new Set(files)], hasRemote: named.some(isRemote) };
}

/**
 * Reads an OpenAPI file.
 *
 * @returns `undefined` if it does not exist.
 * @example
 * await readApiFile('/srv/docs', 'openapi.json');
 */
export async function readApiFile(directory: string, file: string): Promise<ApiFile | undefined> {
  const located = await locateFile(directory, file.split('/'));
  if (!located) return undefined;
  const failed = (problem: string): ApiFile => ({ file, problem, groupPlaces: [], lineOf: () => 1 });
  if ((await stat(located.absolutePath)).size > MAX_API_BYTES) {
    return failed(`is over ${MAX_API_BYTES} bytes.`);
  }
  const text = await readFile(located.absolutePath, 'utf8');
  let tree: SourceTree;
  try {
    tree = extname(file).toLowerCase() === '.json' ? parseJsonTree(text) : parseYamlTree(text);
  } catch (error) {
    return failed(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  }
  if (!isRecord(tree.value)) return failed('is no object.');
  const groupPlaces = /x-mint/.test(text) ? apiGroupPlaces(tree, file) : [];
  return { file, document: tree.value, groupPlaces, lineOf: (path) => tree.lineOf(path) };
}

function apiGroupPlaces(tree: SourceTree, file: string): GroupPlace[] {
  const found: GroupPlace[] = [];
  let nodes = 0;
  const add = (groups: unknown, path: readonly (string | number)[]): void => {
    const place = groupPlaceOf(groups, { kind: 'api', file, path, tree });
    if (place) found.push(place);
  };
  const visit = (value: unknown, path: readonly (string | number)[]): void => {
    nodes += 1;
    if (path.length > MAX_DEPTH || nodes > MAX_NODES) return;
    if (Array.isArray(value)) {
      for (const [index, entry] of value.entries()) visit(entry, [...path, index]);
      return;
    }
    if (!isRecord(value)) return;
    const { 'x-mint': mint, 'x-mint-enum': enumRules } = value;
    if (isRecord(mint)) add(mint.groups, [...path, 'x-mint', 'groups']);
    if (isRecord(enumRules)) {
      for (const [name, groups] of Object.entries(enumRules)) add(groups, [...path, 'x-mint-enum', name]);
    }
    for (const [key, entry] of Object.entries(value)) {
      if (!key.startsWith('x-mint') && !/^examples?$/.test(key)) visit(entry, [...path, key]);
    }
  };
  visit(tree.value, []);
  return found;
}
