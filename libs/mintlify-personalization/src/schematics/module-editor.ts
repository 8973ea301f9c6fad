import type { Tree } from '@angular-devkit/schematics';
import type * as NestSchematics from '@nestjs/schematics';
import { SchematicError, type HostApp } from './host-app.js';

/** A class that is added to a module. */
export interface Declaration {
  /** The list in the module's metadata. */
  readonly metadata: 'imports' | 'providers';
  readonly className: string;
  /** The path of its file from the root of the app, without an extension. */
  readonly file: string;
}

/** A module of the app. */
export interface HostModule {
  /** The path of its file from the root of the app. */
  readonly path: string;
  readonly className: string;
}

/** `by-hand`: Nest's tool does not understand the module, so it was not changed. */
export type DeclarationOutcome = 'added' | 'there' | 'by-hand';

/** Adds a class to a module with Nest's own tool, unless the module already has it. */
export async function declareInModule(
  tree: Tree,
  { isEsm }: HostApp,
  module: HostModule,
  { metadata, className, file }: Declaration,
): Promise<DeclarationOutcome> {
  if (!tree.exists(module.path)) return 'by-hand';
  const content = tree.readText(module.path);
  const { length: mentions } = content.split(new RegExp(String.raw`\b${className}\b`)).slice(1);
  if (mentions > 0) {
    // It may be another class with the same name, or only be imported.
    const isImported = content.includes(file.slice(file.lastIndexOf('/') + 1));
    return isImported && mentions > 1 ? 'there' : 'by-hand';
  }
  if (isComposed(readMetadata(content, module), metadata)) return 'by-hand';
  const { ModuleDeclarator } = await loadNestSchematics();
  let changed: string;
  try {
    changed = new ModuleDeclarator().declare(content, {
      metadata,
      className,
      ...locate(file, module.path, isEsm),
    });
  } catch {
    // An older version of the tool does not understand the API of a newer TypeScript.
    return 'by-hand';
  }
  // The tool changes the first module of a file, and does not change lists that are not literals.
  if (!readMetadata(changed, module).includes(className)) return 'by-hand';
  tree.overwrite(module.path, changed);
  return 'added';
}

/**
 * The source of a module's decorator, without strings and comments. If there is no class of that name, the decorator of
 * the last module. Empty if there is no `@Module()`.
 */
export function readMetadata(content: string, { className }: Pick<HostModule, 'className'>): string {
  const code = content.replaceAll(COMMENT_OR_TEXT, (found) => (found.startsWith('/') ? '' : "''"));
  const named = code.search(new RegExp(String.raw`\bclass ${className}\b`));
  const end = named === -1 ? code.length : named;
  const start = code.lastIndexOf('@Module(', end);
  return start === -1 ? '' : code.slice(start, end);
}

const COMMENT_OR_TEXT = /\/\*[^]*?\*\/|\/\/.*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;

/** Whether a list may come from elsewhere, so that a new one would replace it. */
function isComposed(decorator: string, metadata: Declaration['metadata']): boolean {
  let depth = 0;
  let topLevel = '';
  for (const character of decorator) {
    if ('([{'.includes(character)) depth += 1;
    // Inside `@Module({`.
    else if (depth === 2) topLevel += character;
    if (')]}'.includes(character)) depth -= 1;
  }
  return (
    topLevel.includes('...') || new RegExp(String.raw`(?:^|,)\s*${metadata}\s*(?:,|\}|$)`).test(topLevel)
  );
}

/** Imports a class in the file of a module with Nest's own tool, unless it is already imported. */
export async function declareImport(
  tree: Tree,
  { isEsm }: HostApp,
  module: string,
  { className, file }: Pick<Declaration, 'className' | 'file'>,
): Promise<void> {
  const content = tree.readText(module);
  if (content.includes(`import { ${className} }`)) return;
  const { ModuleImportDeclarator } = await loadNestSchematics();
  const changed = new ModuleImportDeclarator().declare(content, {
    metadata: 'imports',
    symbol: className,
    ...locate(file, module, isEsm),
  });
  tree.overwrite(module, changed);
}

/** The paths of a file and a module, as Nest's tools expect them. */
function locate(file: string, module: string, isEsm: boolean) {
  const slash = file.lastIndexOf('/');
  return {
    name: file.slice(slash + 1) + (isEsm ? '.js' : ''),
    path: `/${file.slice(0, slash)}` as never,
    module: `/${module}` as never,
  };
}

/**
 * Adds a tenant and a resolver to a docs module that `nest add` created.
 *
 * @param resolver the class name of the tenant resolver
 * @returns `false` if the module looks different and was not changed
 */
export function declareTenant(tree: Tree, module: string, tenantId: string, resolver: string): boolean {
  const withTenant = addTenant(tree.readText(module), tenantId);
  const changed = HAS_RESOLVER.test(withTenant)
    ? withTenant
    : withTenant.replace(FACTORY, `$&$<indent>tenantResolver: ${resolver},`);
  if (!hasTenant(changed, tenantId) || !HAS_RESOLVER.test(changed)) return false;
  tree.overwrite(module, changed);
  return true;
}

const HAS_RESOLVER = /\btenantResolver:/;
/** The list of tenants, if there already is one. */
const TENANTS = /(?<indent>\n\s*)tenants: \{/;
const LAST_OPTION = /(?<indent>\n\s*)loginUrl: config\.get<string>\(.DOCS_LOGIN_PAGE.\),/;
/** From its name to the end with the same indentation. */
const FACTORY = /(?<indent>\n\s*)useFactory: [^]*?\k<indent>\}\),/;

/** Whether a tenant is listed, with quotes or without, since formatters remove them. */
function hasTenant(content: string, tenantId: string): boolean {
  return new RegExp(String.raw`[\s{,'"]${tenantId}['"]?: \{`).test(content);
}

function addTenant(content: string, tenantId: string): string {
  if (hasTenant(content, tenantId)) return content;
  const tenant = `'${tenantId}': {},`;
  return TENANTS.test(content)
    ? content.replace(TENANTS, `$&$<indent>  ${tenant}`)
    : content.replace(LAST_OPTION, `$&$<indent>tenants: {$<indent>  ${tenant}$<indent>},`);
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
