import type { Tree } from '@angular-devkit/schematics';
import type * as NestSchematics from '@nestjs/schematics';
import { SchematicError, type HostApp } from './host-app.js';

/** What is added to a module. */
export interface Declaration {
  /** The list of the module's metadata that it goes into. */
  readonly metadata: 'imports' | 'providers';
  readonly className: string;
  /** Its file, without an extension, from the root of the app. */
  readonly file: string;
}

/**
 * Adds a class to a module, with Nest's own tool for that, unless the module has it already.
 *
 * @returns whether anything was changed
 */
export async function declareInModule(
  tree: Tree,
  { isEsm }: HostApp,
  module: string,
  { metadata, className, file }: Declaration,
): Promise<boolean> {
  if (!tree.exists(module)) {
    throw new SchematicError(
      `There is no ${module}. Name the folder of your sources with --source-root, or add ${className} to the ` +
        `${metadata} of your module by hand.`,
    );
  }
  const content = tree.readText(module);
  if (new RegExp(String.raw`\b${className}\b`).test(content)) return false;
  const { ModuleDeclarator } = await loadNestSchematics();
  const slash = file.lastIndexOf('/');
  const changed = new ModuleDeclarator().declare(content, {
    metadata,
    className,
    name: file.slice(slash + 1) + (isEsm ? '.js' : ''),
    path: `/${file.slice(0, slash)}` as never,
    module: `/${module}` as never,
  });
  tree.overwrite(module, changed);
  return true;
}

async function loadNestSchematics(): Promise<typeof NestSchematics> {
  try {
    return await import('@nestjs/schematics');
  } catch (cause) {
    throw new SchematicError(
      'Nest\'s own schematics are not installed. Run "npm install --save-dev @nestjs/schematics".',
      { cause },
    );
  }
}
