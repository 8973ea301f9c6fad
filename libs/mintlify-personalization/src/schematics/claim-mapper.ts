import type { Rule, Tree } from '@angular-devkit/schematics';
import { isTenantId } from '../options/tenant-id.js';
import { claimMapperSpecText, claimMapperText, tenantResolverText } from './docs-templates.js';
import { createOnce, readHostApp, SchematicError, type HostApp } from './host-app.js';
import { declareImport, declareInModule, declareTenant } from './module-editor.js';

/** What the generator may be given. */
export interface ClaimMapperOptions {
  /** The tenant's id; a number, where that is what it looks like on a command line. */
  readonly name: string | number;
  readonly sourceRoot?: string;
  readonly spec?: boolean;
}

/**
 * `nest g -c nestjs-mintlify-personalization claim-mapper acme`: the claim mapper of one tenant, with its spec, as a
 * provider of the docs module, or of the app's where there is no docs module.
 */
export function claimMapper({ name: id, sourceRoot, spec = true }: ClaimMapperOptions): Rule {
  const name = String(id);
  return async (tree, context) => {
    if (!isTenantId(name)) {
      throw new SchematicError(
        `"${String(id)}" cannot be a tenant's id. Use lower-case letters, digits, - and _, at most 64, such as acme.`,
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
        `Add ${className} to the providers of ${module.path}, which is not there, or is written in a way that is not changed here.`,
      );
    }
    context.logger.info(describeNextSteps(`${folder}/${file}.ts`, name, { isNew, isKnown }));
  };
}

const RESOLVER = 'DocsTenantResolver';

/** Lets the docs module know of the tenant, so that the app goes on starting. */
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
  if (!done.isNew) return `${file} is there already: it was not changed.`;
  return done.isKnown
    ? `What is left to do: write what visitors of "${id}" see into ${file}, and let the tenant resolver say whose visitor ` +
        'somebody is.'
    : `What is left to do: let the option tenants, or your tenant source, know of "${id}", and set tenantResolver, ` +
        'which says whose visitor somebody is. The app does not start before.';
}

/** `big-corp_2` is `BigCorp2`; a name cannot begin with a digit, though an id can. */
function toPascalCase(id: string): string {
  const name = id
    .split(/[-_]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
  return /^\d/.test(name) ? `Tenant${name}` : name;
}
