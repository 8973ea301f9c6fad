import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeKey, verifyRedirect } from './apps.js';
import { PackageFault, run, runWell } from './processes.js';

/** An app in plain JavaScript. It prints where a visitor is sent who is logged in. */
const appOf = (adapter, guards) => `
  import 'reflect-metadata';
  import { readFileSync } from 'node:fs';
  import { NestFactory } from '@nestjs/core';
  import { ${adapter} } from '@nestjs/platform-${adapter === 'FastifyAdapter' ? 'fastify' : 'express'}';
  import { MintlifyPersonalizationModule } from 'nestjs-mintlify-personalization';

  class SessionGuard {
    canActivate(context) {
      context.switchToHttp().getRequest().user = { firstName: 'Ada', roles: ['admin'] };
      return true;
    }
  }
  class AccountMapper {
    map({ firstName, roles }) { return { groups: roles, content: { firstName } }; }
  }
  class AppModule {}
  const imports = [MintlifyPersonalizationModule.forRoot({
    docsUrl: 'https://docs.foo.com',
    signingKey: readFileSync('docs.pem', 'utf8'),
    claimMapper: AccountMapper,
    handshakes: { jwt: { ${guards} } },
  })];
  const options = { abortOnError: false, logger: false };
  const app = await NestFactory.create({ module: AppModule, imports }, new ${adapter}(), options);
  await app.listen(0);
  const url = (await app.getUrl()).replace('[::1]', 'localhost') + '/docs-login?redirect=/quickstart&anchor=step-one';
  const answer = await fetch(url, { redirect: 'manual' });
  console.log(answer.headers.get('location'));
  await app.close();
`;

/** An app with a guard of its own needs neither `@nestjs/passport` nor `passport`; one without says what to install. */
export async function tryWithoutPassport(directory, major, tarballs) {
  const project = join(directory, `without-passport-${major}`);
  await mkdir(project);
  await writeFile(join(project, 'package.json'), JSON.stringify({ private: true }));
  const nest = ['common', 'core', 'platform-express', 'platform-fastify'].map(
    (name) => `@nestjs/${name}@${major}`,
  );
  const own = ['nestjs-mintlify-personalization', 'mintlify-personalization'].map((name) =>
    tarballs.get(name),
  );
  const others = ['rxjs', 'reflect-metadata', 'class-validator', 'class-transformer'];
  const install = ['install', '--no-audit', '--no-fund', '--prefer-offline'];
  await runWell('npm', [...install, ...nest, ...others, ...own], { cwd: project });
  for (const name of ['@nestjs/passport', 'passport']) {
    if (await exists(join(project, 'node_modules', name))) throw new PackageFault(`npm installed ${name}.`);
  }
  const key = await makeKey(project);
  for (const adapter of ['ExpressAdapter', 'FastifyAdapter']) {
    const own = await start(project, appOf(adapter, 'guards: [SessionGuard]'));
    if (own.code !== 0) throw new PackageFault(`The app did not start:\n${own.stderr}`);
    await verifyRedirect(own.stdout.trim(), key);
    const byDefault = await start(project, appOf(adapter, ''));
    if (byDefault.code === 0 || !byDefault.stderr.includes('run "npm install @nestjs/passport passport"')) {
      throw new PackageFault(`The default guard does not say what to install:\n${byDefault.stderr}`);
    }
  }
}

function start(cwd, code) {
  return run(process.execPath, ['--input-type=module', '--eval', code], { cwd });
}

async function exists(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}
