import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, pass, type Finding } from './finding.js';

/**
 * Finds a CommonJS app whose TypeScript settings refuse every ES module (TS1479), though Node can `require` it. Says nothing
 * of a folder without a tsconfig.json.
 */
export function* checkTsconfig(directory: string): Iterable<Finding> {
  const settings = readText(directory, 'tsconfig.json');
  if (settings === undefined) return;
  // The file may have comments, so it is no JSON. Commented lines begin with `//`.
  const [, module] = /^(?!\s*\/\/).*"module"\s*:\s*"(node1[68])"/im.exec(settings) ?? [];
  const isEsm = /"type"\s*:\s*"module"/.test(readText(directory, 'package.json') ?? '');
  yield module === undefined || isEsm
    ? pass('tsconfig', 'TypeScript takes the package with these settings.')
    : fail(
        'tsconfig',
        `With "module": "${module}", TypeScript reports TS1479 in a CommonJS app.`,
        'In tsconfig.json, set "module": "nodenext" and "moduleResolution": "nodenext", with TypeScript 5.8 or later.',
      );
}

function readText(directory: string, name: string): string | undefined {
  try {
    return readFileSync(join(directory, name), 'utf8');
  } catch {
    return undefined;
  }
}
