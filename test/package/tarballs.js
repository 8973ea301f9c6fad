import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { PackageFault, runWell } from './processes.js';

const LIBRARY = 'nestjs-mintlify-personalization';
const EMULATOR = 'mintlify-docs-emulator';
const COMMAND = 'mintlify-personalization';

/** The maximum size of the library, in kilobytes, without source maps. */
const MAX_KILOBYTES = 310;

/** Packs all packages as `npm publish` does. */
export async function packAll(directory) {
  const tarballs = join(directory, 'tarballs');
  await mkdir(tarballs);
  const workspaces = [LIBRARY, EMULATOR, COMMAND].flatMap((name) => ['-w', name]);
  const args = ['pack', '--json', '--pack-destination', tarballs, ...workspaces];
  // The output of the build comes first.
  const output = await runWell('npm', args);
  const packed = JSON.parse(output.slice(output.search(/^[[{]/m)));
  const list = Array.isArray(packed) ? packed : Object.values(packed);
  return Promise.all(
    list.map(async ({ name, filename, files }) => {
      const file = join(tarballs, filename);
      const unpacked = join(directory, 'unpacked', name);
      await mkdir(unpacked, { recursive: true });
      await runWell('tar', ['-xzf', file, '-C', unpacked, '--strip-components=1']);
      return { name, file, files, unpacked };
    }),
  );
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

/** Checks the size, without source maps. */
export function measure({ name, files }) {
  const bytes = files.filter(({ path }) => !path.endsWith('.map')).reduce((sum, { size }) => sum + size, 0);
  const kilobytes = Math.round(bytes / 1_024);
  if (name === LIBRARY && kilobytes >= MAX_KILOBYTES) {
    throw new PackageFault(`${name} has ${kilobytes} KB, and ${MAX_KILOBYTES} are allowed.`);
  }
  return `${kilobytes} KB`;
}

/** Checks that a package has all required files, but no sources and no links that lead out of it. */
export async function checkContents({ name, unpacked }) {
  const names = await readdir(unpacked);
  for (const expected of ['LICENSE', 'README.md', 'package.json', name === COMMAND ? 'main.js' : 'dist']) {
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
