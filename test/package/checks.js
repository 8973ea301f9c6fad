import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { STRICT } from './app.files.js';
import { PackageFault, run, runWell } from './processes.js';

const SOURCE = join(import.meta.dirname, 'checks');

/**
 * The library relies on a few internals of Nest and of `@nestjs/swagger`. For each there is an app in `checks/` that
 * fails if the installed version no longer has that internal. To add one, create it there and add its name here.
 */
export const CHECKS = ['openapi', 'own-login', 'preflights'];

/** Compiles all checks with the versions of a project. */
export async function compileChecks(project) {
  const app = join(project, 'checks');
  await mkdir(app);
  await cp(SOURCE, join(app, 'src'), { recursive: true });
  await writeFile(join(app, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  await writeFile(join(app, 'tsconfig.json'), JSON.stringify({ compilerOptions: STRICT, include: ['src'] }));
  await runWell('npx', ['--no-install', 'tsc', '-p', app], { cwd: project });
}

/** Runs one check on one platform. */
export async function runCheck(project, name, platform) {
  const { code, stdout, stderr } = await run(process.execPath, [`dist/${name}.js`, platform], {
    cwd: join(project, 'checks'),
  });
  if (code !== 0) throw new PackageFault(`It ended with ${code}:\n${stdout}${stderr}`);
}
