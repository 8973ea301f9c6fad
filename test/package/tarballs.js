import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { PackageFault, runWell } from './processes.js';

export const LIBRARY = 'nestjs-mintlify-personalization';
const EMULATOR = 'mintlify-docs-emulator';
const COMMAND = 'mintlify-personalization';

/** The list of what was packed, beside the tarballs. */
const LIST = 'packed.json';

/** The library's sizes in kilobytes: all files but source maps, what importing its root loads, and all files. */
const MAX_KILOBYTES = 425;
const MAX_ROOT_KILOBYTES = 174;
const MAX_KILOBYTES_WITH_MAPS = 811;
/** All of the emulator: below two megabytes. */
const MAX_EMULATOR_KILOBYTES = 1_875;
/** What a browser loads of the library. */
const MAX_BROWSER_BYTES = 1_536;

/**
 * Packs packages, by default all, as `npm publish` does, and unpacks them into the directory.
 *
 * With `PACKED_DIR`, it takes what `test/package/pack.js` has packed there: packing builds the packages anew, so nothing
 * that runs what is built may run beside it.
 */
export async function packAll(directory, names = [LIBRARY, EMULATOR, COMMAND]) {
  const tarballs = process.env.PACKED_DIR ?? (await makeTarballs(join(directory, 'tarballs')));
  const list = JSON.parse(await readFile(join(tarballs, LIST), 'utf8'));
  return Promise.all(
    list
      .filter(({ name }) => names.includes(name))
      .map(async ({ name, filename, files }) => {
        const file = join(tarballs, filename);
        const unpacked = join(directory, 'unpacked', name);
        await mkdir(unpacked, { recursive: true });
        await runWell('tar', ['-xzf', file, '-C', unpacked, '--strip-components=1']);
        return { name, file, files, unpacked };
      }),
  );
}

/** Packs all packages into a folder, with a list of what is in them. Resolves with the folder. */
export async function makeTarballs(folder) {
  await mkdir(folder, { recursive: true });
  const workspaces = [LIBRARY, EMULATOR, COMMAND].flatMap((name) => ['-w', name]);
  // The output of the build comes first.
  const output = await runWell('npm', ['pack', '--json', '--pack-destination', folder, ...workspaces]);
  const packed = JSON.parse(output.slice(output.search(/^[[{]/m)));
  const list = Array.isArray(packed) ? packed : Object.values(packed);
  await writeFile(join(folder, LIST), JSON.stringify(list));
  return folder;
}

/** Runs publint in strict mode. */
export async function lint({ name, unpacked }) {
  const { messages, pkg } = await publint({ pkgDir: unpacked, strict: true });
  if (messages.length === 0) return;
  throw new PackageFault(`${name}: ${messages.map((message) => formatMessage(message, pkg)).join('\n')}`);
}

/** Runs "Are the types wrong?" for an ESM-only package; a command has no types. */
export async function checkTypes({ name, file }) {
  if (name === COMMAND) return;
  await runWell('npx', ['--no-install', 'attw', file, '--profile', 'esm-only', '--no-color']);
}

/** How large it is, without source maps and with them; of the library, also what importing its root loads. */
export async function measure({ name, files, unpacked }) {
  const sizes = {
    'without source maps': [files.filter(({ path }) => !path.endsWith('.map')), MAX_KILOBYTES],
    'with source maps': [files, MAX_KILOBYTES_WITH_MAPS],
  };
  if (name === LIBRARY) {
    const loaded = await findLoaded(join(unpacked, 'dist/index.js'));
    sizes['loaded by its root'] = [
      files.filter(({ path }) => loaded.has(join(unpacked, path))),
      MAX_ROOT_KILOBYTES,
    ];
  }
  const notes = Object.entries(sizes).map(([what, [counted, max]]) => {
    const kilobytes = Math.round(counted.reduce((sum, { size }) => sum + size, 0) / 1_024);
    const allowed = { [LIBRARY]: max, [EMULATOR]: MAX_EMULATOR_KILOBYTES }[name] ?? Infinity;
    if (kilobytes > allowed)
      throw new PackageFault(`${name}, ${what}: ${kilobytes} KB, and ${allowed} are allowed.`);
    return `${kilobytes} KB ${what}`;
  });
  return notes.join(', ');
}

/** Checks that browsers load one small file, without a bundler and without any other file. */
export async function checkBrowserFile({ unpacked }) {
  const file = join(unpacked, 'dist/browser.js');
  const [text, { size }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
  if (size > MAX_BROWSER_BYTES) {
    throw new PackageFault(`dist/browser.js has ${size} bytes, and ${MAX_BROWSER_BYTES} are allowed.`);
  }
  if (/\bimport\b|\bprocess\b|\brequire\b/.test(text)) {
    throw new PackageFault('dist/browser.js needs something that browsers do not have.');
  }
  return `${size} bytes`;
}

/** The files that an import of this one loads at once. */
async function findLoaded(file, loaded = new Set()) {
  if (loaded.has(file)) return loaded;
  loaded.add(file);
  const text = await readFile(file, 'utf8');
  for (const [, path] of text.matchAll(/(?:\bfrom|\bimport)\s*"(\.[^"]+)"/g)) {
    await findLoaded(join(dirname(file), path), loaded);
  }
  return loaded;
}

/** Checks that a package has all required files, but no sources and no links that lead out of it. */
export async function checkContents({ name, unpacked }) {
  const names = await readdir(unpacked);
  for (const expected of ['LICENSE', 'README.md', 'package.json', 'dist']) {
    if (!names.includes(expected)) throw new PackageFault(`${name} lacks ${expected}.`);
  }
  if (names.includes('src')) throw new PackageFault(`${name} has its sources.`);
  for (const command of Object.values(await readBin(unpacked))) await stat(join(unpacked, command));
  await checkDeclarations(unpacked);
  const links = (await readFile(join(unpacked, 'README.md'), 'utf8')).match(
    /(?:\]\(|src=")(?!https?:|#)[^)"]+/g,
  );
  if (links !== null)
    throw new PackageFault(`The README of ${name} leads out of the package: ${links.join(', ')}`);
}

/** Checks that the types declare exactly what can be used. */
async function checkDeclarations(directory) {
  const names = (await readdir(directory, { recursive: true })).filter((name) => name.endsWith('.d.ts'));
  for (const name of names) {
    const text = await readFile(join(directory, name), 'utf8');
    if (text.includes('@internal')) throw new PackageFault(`${name} declares what is internal.`);
  }
}

async function readBin(unpacked) {
  const { default: manifest } = await import(join(unpacked, 'package.json'), { with: { type: 'json' } });
  return manifest.bin ?? {};
}
