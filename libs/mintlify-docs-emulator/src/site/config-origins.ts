import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isRecord } from '../shared/type-guards.js';
import type { SourceTree } from '../reader/source-tree.js';

/** A place in a file of the docs folder. */
export interface ConfigPlace {
  file: string;
  /** Starts at 1. */
  line: number;
}

interface Origin {
  file: string;
  /** Keys and indexes inside the file. */
  path: readonly (string | number)[];
  /** What a `$ref` led to: it has the keys that do not stand beside the `$ref`. */
  target?: object;
  ownKeys?: ReadonlySet<string>;
}

/**
 * Knows which file each object of docs.json comes from, so that a place such as `navigation.tabs[0].groups` leads to a file and a line, through
 * each `$ref`.
 *
 * @example
 * const origins = new ConfigOrigins('/srv/docs');
 * origins.remember(settings, { file: 'docs.json', path: [] });
 * await origins.locate(settings, 'navigation.tabs[0].groups'); // { file: 'docs.json', line: 12 }
 */
export class ConfigOrigins {
  private readonly origins = new WeakMap<object, Origin>();
  private readonly trees = new Map<string, Promise<SourceTree | undefined>>();

  constructor(private readonly directory: string) {}

  /** Remembers where an object or a list comes from. */
  remember(node: object, origin: Origin): void {
    this.origins.set(node, origin);
  }

  /**
   * Finds the line of a place.
   *
   * @param settings docs.json, with what each `$ref` leads to in its place.
   * @param place keys and indexes. Where they lead nowhere, what is nearest counts.
   * @returns `undefined` if no file has it, as in a converted mint.json.
   */
  async locate(settings: object, place: string): Promise<ConfigPlace | undefined> {
    let node: unknown = settings;
    let found: Origin | undefined;
    for (const step of stepsOf(place)) {
      if (!isRecord(node) && !Array.isArray(node)) break;
      const next: unknown = Reflect.get(node, step);
      if (next === undefined) break;
      found = this.originOf(node, step) ?? found;
      node = next;
    }
    if (!found) return undefined;
    const tree = await this.treeOf(found.file);
    return tree && { file: found.file, line: tree.lineOf(found.path) };
  }

  private originOf(node: object, step: string | number): Origin | undefined {
    const origin = this.origins.get(node);
    if (!origin) return undefined;
    const { file, path, target, ownKeys } = origin;
    if (target && !ownKeys?.has(String(step))) return this.originOf(target, step);
    return { file, path: [...path, step] };
  }

  private treeOf(file: string): Promise<SourceTree | undefined> {
    const tree = this.trees.get(file) ?? readTree(join(this.directory, file));
    this.trees.set(file, tree);
    return tree;
  }
}

/** Parsers with lines are loaded when something has to be named. */
async function readTree(path: string): Promise<SourceTree | undefined> {
  try {
    const { parseJsonTree } = await import('../reader/source-tree.js');
    return parseJsonTree(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function stepsOf(place: string): (string | number)[] {
  return place
    .split(/[.[\]]+/)
    .filter((step) => step !== '')
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}
