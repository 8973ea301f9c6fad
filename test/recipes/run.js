import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Steps } from '../package/steps.js';
import { LIBRARY, packAll } from '../package/tarballs.js';
import { prepareRecipe } from './recipe.js';

/**
 * `npm run test:recipes` packs the library and installs it into the apps of this folder, each in a temporary folder of
 * its own. It builds and starts each app as its users do, logs a visitor in with the app's own login, and verifies what
 * the docs get. It needs the npm registry. `npm run test:recipes -- graphql lambda` tries only these apps.
 */
const AT_ONCE = 2;

const asked = process.argv.slice(2);
const folders = await readdir(import.meta.dirname, { withFileTypes: true });
const names = folders.filter((folder) => folder.isDirectory()).map(({ name }) => name);
const unknown = asked.filter((name) => !names.includes(name));
if (unknown.length > 0) throw new Error(`There is no recipe ${unknown.join(', ')}.`);

const steps = new Steps();
const directory = await mkdtemp(join(tmpdir(), 'recipes-'));
try {
  const [{ file: tarball }] = await packAll(directory, [LIBRARY]);
  const queue = asked.length > 0 ? [...asked] : names.toSorted();
  const work = async () => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) await tryRecipe(name, tarball);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
} finally {
  await rm(directory, { recursive: true, force: true });
}
steps.finish();

async function tryRecipe(name, tarball) {
  const { title, check } = await import(`./${name}/check.mjs`);
  await steps.run(title, async () => {
    const since = performance.now();
    const recipe = await prepareRecipe(join(import.meta.dirname, name), join(directory, name), tarball);
    const builtAfter = performance.now();
    await check(recipe);
    const seconds = (from, to) => ((to - from) / 1_000).toFixed(1);
    return `${recipe.lines} lines; install and build ${seconds(since, builtAfter)} s, login ${seconds(builtAfter, performance.now())} s`;
  });
}
