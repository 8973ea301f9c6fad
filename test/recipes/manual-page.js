import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * The blocks of code on a recipe's page, each a file of its app: the path follows the language.
 * @param {string} page
 */
export function readPageBlocks(page) {
  const blocks = page.matchAll(/^```\w+ (\S+)[^\n]*\n(.*?)^```$/gms);
  return [...blocks].map(([, path = '', code = '']) => ({ path, code }));
}

/**
 * What a reader of the manual adds to a file: what is between `#region docs` and `#endregion`. Without such a part, it is
 * all of `docs.module.ts`, and nothing of another file, which the reader's app has already.
 * @param {string} text
 * @param {string} path
 */
export function readAdded(text, path) {
  const regions = [...text.matchAll(/^ *(?:\/\/|#) ?#region docs\n(.*?)^ *(?:\/\/|#) ?#endregion$/gms)];
  if (regions.length > 0) return regions.map(([, code = '']) => code).join('\n');
  return /(?:^|\/)docs\.module\.ts$/.test(path) ? text : '';
}

/**
 * The files of a recipe to which a reader adds something, by path, with what that is.
 * @param {string} recipe
 */
export function readAddedFiles(recipe) {
  const files = readdirSync(recipe, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !/node_modules|\bdist\b/.test(entry.parentPath),
  );
  const added = files.map(({ parentPath, name }) => {
    const path = relative(recipe, join(parentPath, name)).replaceAll('\\', '/');
    return /** @type {const} */ ([path, readAdded(readFileSync(join(parentPath, name), 'utf8'), path)]);
  });
  return new Map(added.filter(([, text]) => text !== ''));
}

/**
 * The number of lines that a reader adds, without those that are empty.
 * @param {string} recipe
 */
export function countLines(recipe) {
  const text = [...readAddedFiles(recipe).values()].join('\n');
  return text.split('\n').filter((line) => line.trim() !== '').length;
}
