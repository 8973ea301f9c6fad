import type { Rule } from '@angular-devkit/schematics';
import { claimMapperSpecText, claimMapperText, docsModuleText, ENVIRONMENT } from './docs.templates.js';
import { addDependency, createOnce, readHostApp, readNestMajor } from './host-app.js';
import { declareInModule } from './module.editor.js';

/** What `nest add` may be given. */
export interface NestAddOptions {
  readonly sourceRoot?: string;
  readonly skipInstall?: boolean;
}

const NEXT_STEP = `
What is left to do:
  1. Write what your guard puts on request.user into the claim mapper.
  2. Copy the new lines of .env.example into your environment. A key to try it with:
       npx mintlify-personalization keygen --out docs.pem
  3. The route is guarded by AuthGuard('jwt'). For another guard, set handshakes in the docs module.
  4. npx mintlify-personalization doctor --login-url http://localhost:3000/docs-login
`;

/**
 * `nest add nestjs-mintlify-personalization`: a docs module with its claim mapper, imported by the app's module; the
 * environment variables; `@nestjs/config`. What is there already stays as it is.
 */
export function nestAdd({ sourceRoot, skipInstall }: NestAddOptions): Rule {
  return async (tree, context) => {
    const app = readHostApp(tree, sourceRoot);
    const folder = `${app.sourceRoot}/docs`;
    const changes = [
      createOnce(tree, `${folder}/docs.module.ts`, docsModuleText(app)),
      createOnce(tree, `${folder}/docs.claim-mapper.ts`, claimMapperText('DocsClaimMapper')),
      createOnce(
        tree,
        `${folder}/docs.claim-mapper.spec.ts`,
        claimMapperSpecText('DocsClaimMapper', 'docs.claim-mapper', app),
      ),
      await declareInModule(tree, app, `${app.sourceRoot}/app.module.ts`, {
        metadata: 'imports',
        className: 'DocsModule',
        file: `${folder}/docs.module`,
      }),
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
        ? NEXT_STEP
        : 'All of it is there already: nothing was changed.',
    );
  };
}

function addEnvironment(tree: Parameters<Rule>[0]): boolean {
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
