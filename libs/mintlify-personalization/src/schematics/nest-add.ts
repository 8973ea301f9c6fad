import type { Rule, Tree } from '@angular-devkit/schematics';
import { claimMapperSpecText, claimMapperText, docsModuleText, ENVIRONMENT } from './docs-templates.js';
import { addDependency, createOnce, readHostApp, readNestMajor, SchematicError } from './host-app.js';
import { readHostSetup, type HostSetup } from './host-setup.js';
import { declareInModule, readMetadata, type HostModule } from './module-editor.js';

/** The options of `nest add`. */
export interface NestAddOptions {
  readonly sourceRoot?: string;
  readonly skipInstall?: boolean;
  readonly spec?: boolean;
}

const DOCS_MODULE = 'DocsModule';

const GUARDED = `  3. The route is guarded by AuthGuard('jwt'). For another guard, set handshakes in the docs module.`;

const NO_STRATEGY = `  3. No passport strategy was found. The route is guarded by AuthGuard('jwt'), and without a strategy of that name the app
     does not start. Install @nestjs/passport, passport and passport-jwt and write one, or set handshakes in the docs
     module to your own guard.`;

const UNCERTAIN_PATH = `     The prefix or the version in main.ts could not be read: add it to the path.
`;

function describeNextSteps({ loginPath, isPathUncertain, hasStrategy }: HostSetup): string {
  return `
Next steps:
  1. In the claim mapper, replace Account by the type that your guard puts on request.user.
  2. Copy the new lines of .env.example into your environment. To create a key for trying it out:
       npx mintlify-personalization keygen --out docs.pem
${hasStrategy ? GUARDED : NO_STRATEGY}
  4. Check the setup: npx mintlify-personalization doctor --login-url http://localhost:3000${loginPath}
${isPathUncertain ? UNCERTAIN_PATH : ''}`;
}

const BY_HAND = (path: string, file: string): string => `
Add ${DOCS_MODULE} from ${file}.ts to the imports of your app module. Until then nothing is mounted. ${path} is missing, or
its imports could not be changed automatically.
`;

/**
 * `nest add nestjs-mintlify-personalization`: adds a docs module with its claim mapper to the app module, the environment
 * variables, and `@nestjs/config`. Existing files are kept.
 */
export function nestAdd({ sourceRoot, skipInstall, spec = true }: NestAddOptions): Rule {
  return async (tree, context) => {
    const app = readHostApp(tree, sourceRoot);
    const folder = `${app.sourceRoot}/docs`;
    const appModule = { path: `${app.sourceRoot}/app.module.ts`, className: 'AppModule' };
    if (isSetUp(tree, appModule)) {
      context.logger.info(`${appModule.path} already imports ${LIBRARY_MODULE}. Nothing was changed.`);
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
    // Since version 12, the configuration package has the same major version as Nest.
    const version = readNestMajor(tree) === '11' ? '^4.0.0' : `^${readNestMajor(tree)}.0.0`;
    const isNewDependency = addDependency(tree, '@nestjs/config', version);
    if (isNewDependency && skipInstall !== true) {
      const { NodePackageInstallTask } = await import('@angular-devkit/schematics/tasks/index.js');
      context.addTask(new NodePackageInstallTask());
    }
    context.logger.info(
      changes.some(Boolean) || isNewDependency
        ? (outcome === 'by-hand' ? BY_HAND(appModule.path, `${folder}/docs.module`) : '') +
            describeNextSteps(readHostSetup(tree, app.sourceRoot))
        : 'Everything is already set up. Nothing was changed.',
    );
  };
}

const LIBRARY_MODULE = 'MintlifyPersonalizationModule';

function isSetUp(tree: Tree, module: HostModule): boolean {
  return (
    tree.exists(module.path) && readMetadata(tree.readText(module.path), module).includes(LIBRARY_MODULE)
  );
}

/** Throws if the app already has another docs module, which must not be overwritten. */
function assertOwnDocsModule(tree: Tree, file: string): void {
  if (!tree.exists(file) || tree.readText(file).includes(LIBRARY_MODULE)) return;
  throw new SchematicError(
    `${file} already exists and does not import ${LIBRARY_MODULE}. Import it there as described in the README, or ` +
      'rename your file and run this again. Nothing was changed.',
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
