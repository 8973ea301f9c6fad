import type { Tree } from '@angular-devkit/schematics';

/** What the schematics need to know about the app. */
export interface HostApp {
  readonly sourceRoot: string;
  /** Whether relative imports need their `.js`. */
  readonly isEsm: boolean;
  /** The test runner that specs import from; `undefined` if its functions are global. */
  readonly testImports: string | undefined;
}

interface Manifest {
  type?: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

/** The schematic cannot continue. The message says why, and how to fix it. */
export class SchematicError extends Error {
  override readonly name = 'SchematicError';
}

/** @throws SchematicError if there is no app */
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

/** Adds a dependency if it is missing. */
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

/** Creates a file unless it already exists. */
export function createOnce(tree: Tree, path: string, text: string): boolean {
  if (tree.exists(path)) return false;
  tree.create(path, text);
  return true;
}

/** The major version of Nest in the app. */
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
