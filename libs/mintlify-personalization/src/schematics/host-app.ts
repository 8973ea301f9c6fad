import type { Tree } from '@angular-devkit/schematics';

/** What the schematics need to know of the app that they change. */
export interface HostApp {
  readonly sourceRoot: string;
  /** Whether relative imports need their `.js`. */
  readonly isEsm: boolean;
  /** Which test runner the specs import from; `undefined` where its functions are global. */
  readonly testImports: string | undefined;
}

interface Manifest {
  type?: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

/** A schematic that cannot go on: says why, and how to mend it. */
export class SchematicError extends Error {
  override readonly name = 'SchematicError';
}

/** @throws SchematicError where there is no app */
export function readHostApp(tree: Tree, sourceRoot = 'src'): HostApp {
  const { type, devDependencies = {} } = readManifest(tree);
  return {
    sourceRoot,
    isEsm: type === 'module',
    testImports:
      'vitest' in devDependencies
        ? 'vitest'
        : '@jest/globals' in devDependencies
          ? '@jest/globals'
          : undefined,
  };
}

/** Adds a dependency where it is missing. */
export function addDependency(tree: Tree, name: string, version: string): boolean {
  const manifest = readManifest(tree);
  if (name in { ...manifest.dependencies, ...manifest.devDependencies }) return false;
  const dependencies = Object.fromEntries(
    Object.entries({ ...manifest.dependencies, [name]: version }).toSorted(([one], [other]) =>
      one.localeCompare(other),
    ),
  );
  tree.overwrite('package.json', `${JSON.stringify({ ...manifest, dependencies }, null, 2)}\n`);
  return true;
}

/** Writes a file that is not there yet; one that is, stays. */
export function createOnce(tree: Tree, path: string, text: string): boolean {
  if (tree.exists(path)) return false;
  tree.create(path, text);
  return true;
}

/** The major version of Nest that the app has, for what goes with it. */
export function readNestMajor(tree: Tree): string {
  const { dependencies = {} } = readManifest(tree);
  return /\d+/.exec(dependencies['@nestjs/core'] ?? '')?.[0] ?? '12';
}

function readManifest(tree: Tree): Manifest {
  if (!tree.exists('package.json')) {
    throw new SchematicError('There is no package.json here. Run this in the folder of your Nest app.');
  }
  return JSON.parse(tree.readText('package.json')) as Manifest;
}
