import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConfigPlace } from './config-origins.js';
import { isRecord } from '../shared/type-guards.js';

/**
 * Finds the lines of texts in docs.json and the files of its `$ref`.
 *
 * @example
 * const lines = await ConfigLines.read('/srv/docs', ['docs.json']);
 * lines.find('guides/start'); // { file: 'docs.json', line: 12 }
 */
export class ConfigLines {
  private constructor(private readonly files: readonly { file: string; lines: readonly string[] }[]) {}

  /** @param files docs.json or mint.json, and the files of each `$ref`. */
  static async read(directory: string, files: readonly string[]): Promise<ConfigLines> {
    const read = files.map(async (file) => {
      const text = await readFile(join(directory, file), 'utf8').catch(() => '');
      return { file, lines: text.split('\n') };
    });
    return new ConfigLines(await Promise.all(read));
  }

  /**
   * The first line with one of these texts as a value.
   *
   * @returns `undefined` if no file has it as it is.
   */
  find(...texts: string[]): ConfigPlace | undefined {
    const quoted = texts.map((text) => JSON.stringify(text));
    for (const { file, lines } of this.files) {
      const index = lines.findIndex((line) => quoted.some((text) => line.includes(text)));
      if (index !== -1) return { file, line: index + 1 };
    }
    return undefined;
  }
}

/** Where the pages of operations are, unless the navigation says otherwise. */
const DEFAULT_FOLDER = 'api-reference';
const MAX_DEPTH = 100;

/**
 * The folders of the pages that Mintlify makes from OpenAPI and AsyncAPI files: `directory` of each.
 *
 * @param navigation the value from docs.json, not validated.
 * @example
 * operationFolders({ tabs: [{ tab: 'API', openapi: { source: 'a.json', directory: 'api' } }] }); // ['api']
 */
export function operationFolders(navigation: unknown): string[] {
  const folders = new Set<string>();
  const visit = (value: unknown, depth: number): void => {
    if (depth > MAX_DEPTH) return;
    if (Array.isArray(value)) for (const entry of value) visit(entry, depth + 1);
    if (!isRecord(value)) return;
    for (const [key, entry] of Object.entries(value)) {
      if (key === 'openapi' || key === 'asyncapi') folders.add(folderOf(entry));
      else visit(entry, depth + 1);
    }
  };
  visit(navigation, 0);
  return [...folders];
}

function folderOf(openapi: unknown): string {
  const folder =
    isRecord(openapi) && typeof openapi.directory === 'string' ? openapi.directory : DEFAULT_FOLDER;
  return folder.replaceAll(/^\/+|\/+$/g, '');
}
