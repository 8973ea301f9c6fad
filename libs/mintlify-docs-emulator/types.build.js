import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Removes the type declarations that no import path of the package leads to: four of five. */
const directory = join(import.meta.dirname, 'dist');
const IMPORTED = /(?:from|import)\s*\(?\s*['"](?<path>\.[^'"]+)\.js['"]/g;
const reached = new Set();

async function reach(file) {
  if (reached.has(file)) return;
  if (!existsSync(file)) throw new Error(`${file} is imported by declarations, but is not there.`);
  reached.add(file);
  for (const { groups } of (await readFile(file, 'utf8')).matchAll(IMPORTED)) {
    await reach(join(dirname(file), `${groups.path}.d.ts`));
  }
}

const { exports } = JSON.parse(await readFile(join(import.meta.dirname, 'package.json'), 'utf8'));
for (const { types } of Object.values(exports)) {
  if (types) await reach(join(import.meta.dirname, types));
}
for (const entry of await readdir(directory, { recursive: true })) {
  const file = join(directory, entry);
  if (file.endsWith('.d.ts') && !reached.has(file)) await rm(file);
}
