import type { Rule, Tree } from '@angular-devkit/schematics';
import { isTenantId } from '../options/tenant-id.js';
import { claimMapperSpecText, claimMapperText, tenantResolverText } from './docs-templates.js';
import { createOnce, readHostApp, SchematicError, type HostApp } from './host-app.js';
import { declareImport, declareInModule, declareTenant } from './module-editor.js';

/** The options of the generator. */
export interface ClaimMapperOptions {
  /** The tenant's id; a number if it looks like one on the command line. */
  readonly name: string | number;
  readonly sourceRoot?: string;
  readonly spec?: boolean;
}

/**
 * `nest g -c nestjs-mintlify-personalization claim-mapper acme`: creates the claim mapper of one tenant and its spec. Adds
 * it to the providers of the docs module, or of the app module without one.
 */
export function claimMapper({ name: id, sourceRoot, spec = true }: ClaimMapperOptions): Rule {
  const name = String(id);
  return async (tree, context) => {
    if (!isTenantId(name)) {
      throw new SchematicError(
        `"${String(id)}" is not a valid tenant id. Use up to 64 lower-case letters, digits, - and _, such as acme.`,
      );
    }
    const app = readHostApp(tree, sourceRoot);
    const className = `${toPascalCase(name)}ClaimMapper`;
    const file = `${name}.claim-mapper`;
    const folder = `${app.sourceRoot}/docs`;
    const docsModule = `${folder}/docs.module.ts`;
    const isNew = createOnce(tree, `${folder}/${file}.ts`, claimMapperText(className, name));
    if (spec) createOnce(tree, `${folder}/${file}.spec.ts`, claimMapperSpecText(className, file, app));
    const module = tree.exists(docsModule)
      ? { path: docsModule, className: 'DocsModule' }
      : { path: `${app.sourceRoot}/app.module.ts`, className: 'AppModule' };
    const outcome = await declareInModule(tree, app, module, {
      metadata: 'providers',
      className,
      file: `${folder}/${file}`,
    });
    const isKnown = await registerTenant(tree, app, docsModule, name);
    if (outcome === 'by-hand') {
      context.logger.info(
        `Add ${className} to the providers of ${module.path}: the file is missing, or could not be changed automatically.`,
      );
    }
    context.logger.info(describeNextSteps(`${folder}/${file}.ts`, name, { isNew, isKnown }));
  };
}

const RESOLVER = 'DocsTenantResolver';

/** Adds the tenant to the docs module, so that the app still starts. */
async function registerTenant(tree: Tree, app: HostApp, docsModule: string, id: string): Promise<boolean> {
  if (!tree.exists(docsModule)) return false;
  if (!declareTenant(tree, docsModule, id, RESOLVER)) return false;
  if (!tree.readText(docsModule).includes(`tenantResolver: ${RESOLVER}`)) return true;
  const file = `${app.sourceRoot}/docs/docs.tenant-resolver`;
  createOnce(tree, `${file}.ts`, tenantResolverText(RESOLVER));
  await declareImport(tree, app, docsModule, { className: RESOLVER, file });
  return true;
}

function describeNextSteps(file: string, id: string, done: { isNew: boolean; isKnown: boolean }): string {
  if (!done.isNew) return `${file} already exists and was not changed.`;
  return done.isKnown
    ? `Next: write into ${file} what visitors of "${id}" see, and let the tenant resolver return "${id}" for them.`
    : `Next: add "${id}" to the option tenants or to your tenant source, and set tenantResolver, which finds the tenant ` +
        'of a visitor. Until then the app does not start.';
}

/** `big-corp_2` becomes `BigCorp2`. A class name cannot begin with a digit, but an id can. */
function toPascalCase(id: string): string {
  const name = id
    .split(/[-_]/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
  return /^\d/.test(name) ? `Tenant${name}` : name;
}
