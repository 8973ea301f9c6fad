import { generateKeyPairSync } from 'node:crypto';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withServer } from '../package/apps.js';
import { runWell } from '../package/processes.js';
import { LIBRARY } from '../package/tarballs.js';
import { countLines } from './manual-page.js';

/** Copies a recipe's app, installs its packages and builds it, with its own script. */
export async function prepareRecipe(source, directory, tarball) {
  await cp(source, directory, { recursive: true, filter: (path) => !path.includes('node_modules') });
  const file = join(directory, 'package.json');
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  manifest.dependencies[LIBRARY] = `file:${tarball}`;
  await writeFile(file, JSON.stringify(manifest));
  await runWell('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: directory });
  await runWell('npm', ['run', 'build'], { cwd: directory });
  const { privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const environment = {
    MINTLIFY_PRIVATE_KEY: privateKey,
    SESSION_SECRET: 'a-secret-of-at-least-32-characters',
  };
  return {
    directory,
    environment,
    key: privateKey,
    lines: countLines(source),
    /** Starts what was built, and stops it after the task. */
    start: (task, { file: main = 'dist/main.js', env = {} } = {}) =>
      withServer(directory, { ...environment, ...env }, task, main),
  };
}
