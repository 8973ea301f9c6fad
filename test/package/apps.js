import { createPrivateKey, createPublicKey } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { importSPKI, jwtVerify, SignJWT } from 'jose';
import { appFiles } from './app.files.js';
import { PackageFault, run, runWell } from './processes.js';
import { readCommands, readPackages } from './readme.js';

export const SECRET = 'a-secret-of-at-least-32-characters';
const PAGE = 'https://docs.foo.com/quickstart';
const LIMIT_MS = 30_000;

/** The packages of a new app in each major version of Nest, without those that the README installs. */
const VERSIONS = {
  11: { nest: '^11.0.0', typescript: '~5.9.0' },
  12: { nest: '^12.0.0', typescript: '~6.0.0' },
};

/** An empty project with both platforms installed. Its folders are the apps. */
export async function installProject(directory, major, tarballs) {
  const project = join(directory, `nest-${major}`);
  await mkdir(project);
  await writeFile(join(project, 'package.json'), JSON.stringify({ private: true }));
  const { nest, typescript } = VERSIONS[major];
  const packages = [
    ...['common', 'core', 'platform-express', 'platform-fastify', 'swagger', 'testing'].map(
      (name) => `@nestjs/${name}@${nest}`,
    ),
    'rxjs',
    'reflect-metadata',
    `typescript@${typescript}`,
    '@types/node@^20',
    '@types/passport-jwt',
    // By its tarball in the place of its name; all others as the README says.
    ...readPackages().map(
      (name) => tarballs.get(name) ?? (name === '@nestjs/passport' ? `${name}@${nest}` : name),
    ),
    tarballs.get('mintlify-docs-emulator'),
    tarballs.get('mintlify-personalization'),
  ];
  await runWell('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...packages], {
    cwd: project,
  });
  return project;
}

/** Type-checks, builds and boots one app, logs a visitor in, and verifies the token. */
export async function tryApp(project, { format, platform }) {
  const app = join(project, `${format}-${platform}`);
  for (const [path, text] of appFiles({ format, platform })) {
    await mkdir(dirname(join(app, path)), { recursive: true });
    await writeFile(join(app, path), text);
  }
  await runWell('npx', ['--no-install', 'tsc', '-p', app], { cwd: project });
  const built = await readFile(join(app, 'dist/app.module.js'), 'utf8');
  if (/\brequire\(/.test(built) !== (format === 'cjs')) throw new PackageFault(`${app} is not ${format}.`);
  const key = await makeKey(app);
  await withServer(app, { MINTLIFY_PRIVATE_KEY: key, JWT_SECRET: SECRET }, (origin) => logIn(origin, key));
}

/** Makes a key pair with the command, as the manual says. */
export async function makeKey(app) {
  await runWell('npx', ['--no-install', 'mintlify-personalization', 'keygen', '--out', 'docs.pem'], {
    cwd: app,
  });
  return readFile(join(app, 'docs.pem'), 'utf8');
}

/** Starts an app, waits until it answers, and stops it afterwards. */
export async function withServer(cwd, env, task, file = 'dist/main.js') {
  const port = await findPort();
  const child = spawn(process.execPath, [file], {
    cwd,
    env: { ...process.env, ...env, PORT: String(port) },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  try {
    const origin = `http://localhost:${port}`;
    const since = Date.now();
    while (!(await answers(origin))) {
      if (child.exitCode !== null) throw new PackageFault(`The app ended:\n${said}`);
      if (Date.now() - since > LIMIT_MS) throw new PackageFault(`The app did not start:\n${said}`);
      await wait(50);
    }
    await task(origin);
  } catch (error) {
    // What the app logged says why.
    if (error instanceof PackageFault && !error.message.includes(said)) error.message += `\n${said}`;
    throw error;
  } finally {
    child.kill('SIGKILL');
  }
}

/** Whether something answers there, with any status. */
export async function answers(origin) {
  try {
    await fetch(origin);
    return true;
  } catch {
    return false;
  }
}

/** A port that is free now. */
export async function findPort() {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

/** @param claims additional claims of the visitor's session */
export async function logIn(origin, key, claims = {}) {
  const url = `${origin}/docs-login?redirect=/quickstart&anchor=step-one`;
  const anonymous = await fetch(url, { redirect: 'manual' });
  const loginPage = anonymous.headers.get('location') ?? '';
  if (!loginPage.startsWith('https://foo.com/login?returnTo=')) {
    throw new PackageFault(`An anonymous visitor was sent to "${loginPage}" (${anonymous.status}).`);
  }
  const session = await new SignJWT({ firstName: 'Ada', roles: ['admin'], ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1 hour')
    .sign(new TextEncoder().encode(SECRET));
  const { headers } = await fetch(url, {
    redirect: 'manual',
    headers: { cookie: `session=${session}` },
  });
  await verifyRedirect(headers.get('location') ?? '', key);
}

/** Verifies the token of a redirect to the docs with another implementation, and that it says who Ada is. */
export async function verifyRedirect(location, key) {
  const [page, fragment] = location.split('#');
  const parameters = new URLSearchParams(fragment);
  if (page !== PAGE || parameters.get('anchor') !== 'step-one')
    throw new PackageFault(`Ada was sent to "${page}".`);
  const publicPem = createPublicKey(key).export({ format: 'pem', type: 'spki' }).toString();
  const { payload } = await jwtVerify(parameters.get('jwt') ?? '', await importSPKI(publicPem, 'ES256'));
  if (payload.content?.firstName !== 'Ada' || payload.groups?.[0] !== 'admin') {
    throw new PackageFault('The token does not say who Ada is.');
  }
}

/** The commands with which the manual has its reader try the example, as they stand there. */
export async function tryCommands(project) {
  const app = join(project, 'try-it');
  for (const [path, text] of appFiles({ format: 'cjs', platform: 'express' })) {
    await mkdir(dirname(join(app, path)), { recursive: true });
    await writeFile(join(app, path), text);
  }
  await runWell('npx', ['--no-install', 'tsc', '-p', app], { cwd: project });
  const port = await findPort();
  // The reader's app has Nest's own script for its start, on Nest's own port.
  const script = readCommands()
    .replace('npm run start &', 'node dist/main.js > app.log 2>&1 & app=$!; trap "kill $app" EXIT')
    .replaceAll('localhost:3000', `localhost:${port}`);
  const { code, stdout, stderr } = await run('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: app,
    env: { PORT: String(port) },
  });
  if (code !== 0 || !/✓ The docs will take it/.test(stdout)) {
    throw new PackageFault(`The manual's commands ended with ${code}:\n${stdout}${stderr}`);
  }
}

/** Megabytes that the command and its dependencies may take, and milliseconds of CPU that its help may. */
const MAX_COMMAND_MEGABYTES = 3;
const MAX_HELP_CPU_MS = 500;

/** On a laptop without an app: the command by the name that `npx` looks for, and nothing else. */
export async function tryCommandAlone(directory, tarballs) {
  const project = join(directory, 'command');
  await mkdir(project);
  await writeFile(join(project, 'package.json'), JSON.stringify({ private: true }));
  const install = ['install', '--no-audit', '--no-fund', '--prefer-offline'];
  await runWell('npm', [...install, tarballs.get('mintlify-personalization')], { cwd: project });
  const keygen = ['--no-install', 'mintlify-personalization', 'keygen', '--out', 'docs.pem'];
  await runWell('npx', keygen, { cwd: project });
  createPrivateKey(await readFile(join(project, 'docs.pem'), 'utf8'));
  const megabytes = (await sizeOf(join(project, 'node_modules'))) / 1_048_576;
  const cpuMs = await measureHelp(project);
  if (megabytes > MAX_COMMAND_MEGABYTES) throw new PackageFault(`It installs ${megabytes.toFixed(1)} MB.`);
  if (cpuMs > MAX_HELP_CPU_MS) throw new PackageFault(`--help takes ${cpuMs.toFixed(0)} ms of CPU.`);
  return `${megabytes.toFixed(1)} MB, --help in ${cpuMs.toFixed(0)} ms of CPU`;
}

async function sizeOf(directory) {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async (file) => (await stat(join(file.parentPath, file.name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** CPU and not the clock: another process must not decide. */
async function measureHelp(project) {
  const probe =
    "process.on('exit', () => { const { user, system } = process.cpuUsage(); process.stderr.write(`cpu=${user + system}`); });";
  const program = join(project, 'node_modules/mintlify-personalization/dist/main.js');
  const probeUrl = `data:text/javascript,${encodeURIComponent(probe)}`;
  const { stdout, stderr } = await run(process.execPath, ['--import', probeUrl, program, '--help']);
  if (!stdout.includes('doctor')) throw new PackageFault(`--help says:\n${stdout}${stderr}`);
  return Number(/cpu=(\d+)/.exec(stderr)?.[1]) / 1_000;
}
