import type { Rule, Tree } from '@angular-devkit/schematics';
import { claimMapperSpecText, claimMapperText, docsModuleText, ENVIRONMENT } from './docs-templates.js';
import { addDependency, createOnce, readHostApp, readNestMajor, SchematicError } from './host-app.js';
import { declareInModule, readMetadata, type HostModule } from './module-editor.js';

/** What `nest add` may be given. */
export interface NestAddOptions {
  readonly sourceRoot?: string;
  readonly skipInstall?: boolean;
  readonly spec?: boolean;
}

const DOCS_MODULE = 'DocsModule';

const NEXT_STEP = `
What is left to do:
  1. Write what your guard puts on request.user into the claim mapper.
  2. Copy the new lines of .env.example into your environment. A key to try it with:
       npx mintlify-personalization keygen --out docs.pem
  3. The route is guarded by AuthGuard('jwt'). For another guard, set handshakes in the docs module.
  4. npx mintlify-personalization doctor --login-url http://localhost:3000/docs-login
`;

const BY_HAND = (path: string, file: string): string => `
Add ${DOCS_MODULE} to the imports of your app's module, from ${file}.ts: nothing is mounted before. ${path} is not there,
or its imports are written in a way that is not changed here.
`;

/**
 * `nest add nestjs-mintlify-personalization`: a docs module with its claim mapper, imported by the app's module; the
 * environment variables; `@nestjs/config`. What is there already stays as it is.
 */
export function nestAdd({ sourceRoot, skipInstall, spec = true }: NestAddOptions): Rule {
  return async (tree, context) => {
    const app = readHostApp(tree, sourceRoot);
    const folder = `${app.sourceRoot}/docs`;
    const appModule = { path: `${app.sourceRoot}/app.module.ts`, className: 'AppModule' };
    if (isSetUp(tree, appModule)) {
      context.logger.info(`${appModule.path} imports ${LIBRARY_MODULE} itself: nothing was changed.`);
      return;
    }
    assertOwnDocsModule(tree, `${folder}/docs.module.ts`);
    const outcome = await declareInModule(tree, app, appModule, {
      metadata: 'imports',
      className: DOCS_MODULE,
      file: `${folder}/docs.module`,
    });
    const changes = [
      outcome !== 'there',
      createOnce(tree, `${folder}/docs.module.ts`, docsModuleText(app)),
      createOnce(tree, `${folder}/docs.claim-mapper.ts`, claimMapperText('DocsClaimMapper')),
      spec &&
        createOnce(
          tree,
          `${folder}/docs.claim-mapper.spec.ts`,
          claimMapperSpecText('DocsClaimMapper', 'docs.claim-mapper', app),
        ),
      addEnvironment(tree),
    ];
    // The version of the configuration package follows Nest's since 12.
    const version = readNestMajor(tree) === '11' ? '^4.0.0' : `^${readNestMajor(tree)}.0.0`;
    const isNewDependency = addDependency(tree, '@nestjs/config', version);
    if (isNewDependency && skipInstall !== true) {
      const { NodePackageInstallTask } = await import('@angular-devkit/schematics/tasks/index.js');
      context.addTask(new NodePackageInstallTask());
    }
    context.logger.info(
      changes.some(Boolean) || isNewDependency
        ? (outcome === 'by-hand' ? BY_HAND(appModule.path, `${folder}/docs.module`) : '') + NEXT_STEP
        : 'All of it is there already: nothing was changed.',
    );
  };
}

const LIBRARY_MODULE = 'MintlifyPersonalizationModule';

function isSetUp(tree: Tree, module: HostModule): boolean {
  return (
    tree.exists(module.path) && readMetadata(tree.readText(module.path), module).includes(LIBRARY_MODULE)
  );
}

/** A docs module of the app's own has nothing to do with this library, and is not to be written over. */
function assertOwnDocsModule(tree: Tree, file: string): void {
  if (!tree.exists(file) || tree.readText(file).includes(LIBRARY_MODULE)) return;
  throw new SchematicError(
    `${file} is there already, and does not import ${LIBRARY_MODULE}. Import that there, as the README says, or give ` +
      'your file another name and run this again. Nothing was changed.',
  );
}

function addEnvironment(tree: Tree): boolean {
  const file = '.env.example';
  if (!tree.exists(file)) {
    tree.create(file, ENVIRONMENT);
    return true;
  }
  const text = tree.readText(file);
  if (/^MINTLIFY_PRIVATE_KEY=/m.test(text)) return false;
  tree.overwrite(file, `${text.trimEnd()}\n\n${ENVIRONMENT}`);
  return true;
}
