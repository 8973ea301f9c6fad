import { describe, expect, it, jest } from '@jest/globals';
import type { SchematicContext, Tree } from '@angular-devkit/schematics';
import { ModuleDeclarator } from '@nestjs/schematics';
import { claimMapper } from '../../../../libs/mintlify-personalization/src/schematics/claim-mapper.js';
import { nestAdd } from '../../../../libs/mintlify-personalization/src/schematics/nest-add.js';

const APP_MODULE = `import { Module } from '@nestjs/common';
import { AppController } from './app.controller';

@Module({
  imports: [],
  controllers: [AppController],
})
export class AppModule {}
`;

/** What the schematics use of a tree. The real one cannot be loaded by Jest on Node 20: `test:package` runs on it. */
class MemoryTree {
  readonly files = new Map<string, string>();
  create = (path: string, text: string): void => void this.files.set(path, text);
  overwrite = this.create;
  exists = (path: string): boolean => this.files.has(path);
  getDir = (folder: string) => ({
    visit: (see: (path: string) => void): void => {
      for (const path of this.files.keys()) if (path.startsWith(`${folder}/`)) see(path);
    },
  });

  readText(path: string): string {
    const text = this.files.get(path);
    if (text === undefined) throw new Error(`There is no ${path}.`);
    return text;
  }
}

interface Run {
  readonly said: string;
  readonly tasks: number;
}

/** An app as Nest's own CLI makes it. */
function appOf(
  manifest: object,
  files: Record<string, string> = { 'src/app.module.ts': APP_MODULE },
): MemoryTree {
  const tree = new MemoryTree();
  tree.create('package.json', JSON.stringify({ dependencies: { '@nestjs/core': '^12.0.1' }, ...manifest }));
  for (const [path, text] of Object.entries(files)) tree.create(path, text);
  return tree;
}

async function apply(rule: ReturnType<typeof nestAdd>, tree: MemoryTree): Promise<Run> {
  const run = { said: '', tasks: 0 };
  const context = {
    logger: { info: (text: string) => (run.said += text) },
    addTask: () => (run.tasks += 1),
  };
  await rule(tree as unknown as Tree, context as unknown as SchematicContext);
  return run;
}

const ESM = { type: 'module', devDependencies: { vitest: '^4.0.0' } };

describe('nest add', () => {
  it('adds a docs module with its mapper, variables and configuration package', async () => {
    const tree = appOf(ESM);
    const { said, tasks } = await apply(nestAdd({}), tree);
    expect(tree.readText('src/app.module.ts')).toContain(
      "import { DocsModule } from './docs/docs.module.js';",
    );
    expect(tree.readText('src/app.module.ts')).toMatch(/imports: \[DocsModule\]/);
    expect(tree.readText('src/docs/docs.module.ts')).toMatch(/forRootAsync\(\{[^]*inject: \[ConfigService\]/);
    expect(tree.readText('src/docs/docs.claim-mapper.spec.ts')).toMatch(
      /from 'vitest';\nimport \{ DocsClaimMapper \} from '\.\/docs\.claim-mapper\.js'/,
    );
    expect(tree.readText('.env.example')).toMatch(/^DOCS_URL=.*[^]*^MINTLIFY_PRIVATE_KEY=$/m);
    expect(JSON.parse(tree.readText('package.json'))).toHaveProperty(
      ['dependencies', '@nestjs/config'],
      '^12.0.0',
    );
    expect(said).toMatch(/Next steps/);
    expect(tasks).toBe(1);
  });

  it.each([
    ['nothing', '', '/docs-login'],
    ['a global prefix', "app.setGlobalPrefix('/api/');", '/api/docs-login'],
    ['versions in the path, without a default', 'app.enableVersioning();', '/docs-login'],
    [
      'a default version in the path',
      "app.setGlobalPrefix('api', { exclude: ['/'] });\napp.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });",
      '/api/v1/docs-login',
    ],
    [
      'a version prefix of its own',
      "app.enableVersioning({ prefix: 'version-', defaultVersion: '2' });",
      '/version-2/docs-login',
    ],
    [
      'versions in a header',
      "app.enableVersioning({ type: VersioningType.HEADER, header: 'v', defaultVersion: '1' });",
      '/docs-login',
    ],
    ['a prefix that is commented out', "// app.setGlobalPrefix('api');", '/docs-login'],
  ])('says the path of the login where main.ts has %s', async (_, code, path) => {
    const tree = appOf(ESM);
    tree.create('src/main.ts', `const app = await NestFactory.create(AppModule);\n${code}\n`);
    const { said } = await apply(nestAdd({}), tree);
    expect(said).toMatch(new RegExp(`--login-url http://localhost:3000${path}\n`));
    expect(said).not.toContain('could not be read');
  });

  it.each([
    'app.setGlobalPrefix(config.prefix);',
    'app.enableVersioning({ type: VersioningType.URI, defaultVersion: config.version });',
  ])('says that it could not read %s', async (code) => {
    const tree = appOf(ESM);
    tree.create('src/main.ts', code);
    expect((await apply(nestAdd({}), tree)).said).toContain('could not be read: add it to the path');
  });

  it('says that there is no passport strategy, unless it finds one', async () => {
    const warning = 'No passport strategy was found';
    expect((await apply(nestAdd({}), appOf(ESM))).said).toContain(warning);
    const tree = appOf(ESM);
    tree.create('src/auth/jwt.strategy.ts', 'class JwtStrategy extends PassportStrategy(Strategy) {}');
    expect((await apply(nestAdd({}), tree)).said).not.toContain(warning);
  });

  it('writes for CommonJS with global test functions, and for Nest 11', async () => {
    const tree = appOf({ dependencies: { '@nestjs/core': '^11.1.0' } });
    await apply(nestAdd({ skipInstall: true }), tree);
    expect(tree.readText('src/app.module.ts')).toContain("from './docs/docs.module';");
    expect(tree.readText('src/docs/docs.claim-mapper.spec.ts')).toMatch(/^import \{ DocsClaimMapper \}/);
    expect(JSON.parse(tree.readText('package.json'))).toHaveProperty(
      ['dependencies', '@nestjs/config'],
      '^4.0.0',
    );
  });

  it('changes nothing the second time, and nothing that is there', async () => {
    const tree = appOf(ESM);
    tree.create('.env.example', 'PORT=3000\n');
    tree.create('src/docs/docs.claim-mapper.ts', '// mine');
    await apply(nestAdd({}), tree);
    expect(tree.readText('.env.example')).toMatch(/^PORT=3000\n\n# Mintlify docs/);
    expect(tree.readText('src/docs/docs.claim-mapper.ts')).toBe('// mine');
    const before = new Map(tree.files);
    const { said, tasks } = await apply(nestAdd({}), tree);
    expect(tree.files).toEqual(before);
    expect([said, tasks]).toEqual(['Everything is already set up. Nothing was changed.', 0]);
  });

  it.each([
    ['a constant', 'const METADATA = { imports: [] };\n@Module(METADATA)\nexport class AppModule {}\n'],
    ['a choice', '@Module({ imports: isTest ? [A] : [B] })\nexport class AppModule {}\n'],
    ['a call', '@Module({ imports: [A].concat(B) })\nexport class AppModule {}\n'],
    ['a checked type', '@Module({ imports: [A] } satisfies ModuleMetadata)\nexport class AppModule {}\n'],
    [
      'the second class',
      '@Module({ imports: [] })\nclass A {}\n@Module({ imports: [A] })\nclass AppModule {}\n',
    ],
    ['a spread', '@Module({ ...base, controllers: [] })\nexport class AppModule {}\n'],
    ['a shorthand', 'const imports = [A];\n@Module({ imports, providers: [] })\nexport class AppModule {}\n'],
    ['of another name', '@NestModule({ imports: [] })\nexport class AppModule {}\n'],
    ['in a namespace', '@nest.Module({ imports: [] })\nexport class AppModule {}\n'],
    ['one with a DocsModule', `import { DocsModule } from './other';\n${APP_MODULE}`],
  ])('says what is left where the metadata are %s, and changes nothing of it', async (_, module) => {
    const text = `import { Module } from '@nestjs/common';\n${module}`;
    const tree = appOf(ESM, { 'src/app.module.ts': text });
    const { said } = await apply(nestAdd({}), tree);
    expect(said).toMatch(/Add DocsModule from src\/docs\/docs\.module\.ts to the imports of your app module/);
    expect(tree.readText('src/app.module.ts')).toBe(text);
    expect(tree.readText('src/docs/docs.module.ts')).toContain('MintlifyPersonalizationModule');
  });

  it('takes what was added by hand for what it is', async () => {
    const tree = appOf(ESM);
    await apply(nestAdd({}), tree);
    const text =
      "import { DocsModule } from './docs/docs.module.js';\nconst METADATA = { imports: [DocsModule] };\n@Module(METADATA)\nexport class AppModule {}\n";
    tree.overwrite('src/app.module.ts', text);
    expect((await apply(nestAdd({}), tree)).said).toMatch(/Nothing was changed/);
  });

  it('writes the docs module where the app has its own module elsewhere, and says what is left', async () => {
    const tree = appOf(ESM, {});
    expect((await apply(nestAdd({}), tree)).said).toMatch(
      /Add DocsModule .* src\/app\.module\.ts is missing/s,
    );
    expect(tree.exists('src/docs/docs.module.ts')).toBe(true);
  });

  it("says what to do by hand where Nest's own tool throws", async () => {
    const declare = jest.spyOn(ModuleDeclarator.prototype, 'declare').mockImplementation(() => {
      throw new TypeError("Cannot read properties of undefined (reading 'kind')");
    });
    const tree = appOf(ESM);
    const { said } = await apply(nestAdd({}), tree);
    declare.mockRestore();
    expect(said).toContain('Add DocsModule from src/docs/docs.module.ts to the imports of your app module.');
    expect(tree.readText('src/app.module.ts')).toBe(APP_MODULE);
    expect(tree.exists('src/docs/docs.module.ts')).toBe(true);
  });

  it('writes no spec where none is wanted', async () => {
    const tree = appOf(ESM);
    await apply(nestAdd({ spec: false }), tree);
    await apply(claimMapper({ name: 'acme', spec: false }), tree);
    expect([...tree.files.keys()].filter((name) => name.endsWith('.spec.ts'))).toEqual([]);
  });

  it('adds to a list with a spread in it, and to a module whose comments speak of others', async () => {
    const text = APP_MODULE.replace('[]', '[...common]').replace(
      'controllers',
      '// TODO: MintlifyPersonalizationModule, { ...base }\n  controllers',
    );
    const tree = appOf(ESM, { 'src/app.module.ts': text });
    await apply(nestAdd({}), tree);
    expect(tree.readText('src/app.module.ts')).toContain('imports: [...common, DocsModule]');
  });

  it('leaves an app alone whose module has the library already', async () => {
    const text = APP_MODULE.replace('[]', '[MintlifyPersonalizationModule.forRoot({})]');
    const tree = appOf(ESM, { 'src/app.module.ts': text });
    expect((await apply(nestAdd({}), tree)).said).toMatch(/src\/app\.module\.ts already imports Mintlify/);
    expect([...tree.files.keys()]).toEqual(['package.json', 'src/app.module.ts']);
  });

  it('refuses an app that has another docs module', async () => {
    const own = {
      'src/app.module.ts': APP_MODULE,
      'src/docs/docs.module.ts': 'export class DocsModule {}\n',
    };
    const tree = appOf(ESM, own);
    await expect(apply(nestAdd({}), tree)).rejects.toThrow(/src\/docs\/docs\.module\.ts already exists/);
    expect([...tree.files.keys()]).toEqual(['package.json', ...Object.keys(own)]);
  });

  it.each([['without a package.json', () => new MemoryTree(), /folder of your Nest app/]])(
    'says what to do %s',
    async (_, make, message) => {
      await expect(apply(nestAdd({}), make())).rejects.toThrow(message);
    },
  );
});

describe('nest g claim-mapper', () => {
  it('makes the mapper of a tenant, as a provider of the docs module', async () => {
    const tree = appOf(ESM);
    await apply(nestAdd({}), tree);
    const { said } = await apply(claimMapper({ name: 'big-corp' }), tree);
    expect(tree.readText('src/docs/big-corp.claim-mapper.ts')).toMatch(
      /@ClaimMapperFor\('big-corp'\)\nexport class BigCorpClaimMapper/,
    );
    expect(tree.readText('src/docs/docs.module.ts')).toMatch(
      /providers: \[DocsClaimMapper, BigCorpClaimMapper\]/,
    );
    expect(tree.readText('src/docs/docs.module.ts')).toContain("from './big-corp.claim-mapper.js'");
    expect(said).toMatch(/what visitors of "big-corp" see/);
  });

  it('lets the docs module know of each tenant once, and writes a resolver', async () => {
    const tree = appOf(ESM);
    await apply(nestAdd({}), tree);
    for (const name of ['acme', 'globex', 'acme']) await apply(claimMapper({ name }), tree);
    const module = tree.readText('src/docs/docs.module.ts');
    expect(module).toContain(`
        loginUrl: config.get<string>('DOCS_LOGIN_PAGE'),
        tenants: {
          'globex': {},
          'acme': {},
        },
      }),
      tenantResolver: DocsTenantResolver,
    }),`);
    expect(
      module.match(/import \{ DocsTenantResolver \} from '\.\/docs\.tenant-resolver\.js';/g),
    ).toHaveLength(1);
    expect(tree.readText('src/docs/docs.tenant-resolver.ts')).toMatch(/class DocsTenantResolver implements/);
  });

  it('knows a tenant again whose id a formatter has taken out of its quotes', async () => {
    const tree = appOf(ESM);
    await apply(nestAdd({}), tree);
    await apply(claimMapper({ name: 'acme' }), tree);
    const formatted = tree.readText('src/docs/docs.module.ts').replace("'acme': {}", 'acme: {}');
    tree.overwrite('src/docs/docs.module.ts', formatted);
    await apply(claimMapper({ name: 'acme' }), tree);
    expect(tree.readText('src/docs/docs.module.ts')).toBe(formatted);
  });

  it('leaves a resolver of the app alone', async () => {
    const tree = appOf(ESM);
    await apply(nestAdd({}), tree);
    const module = tree.readText('src/docs/docs.module.ts');
    tree.overwrite(
      'src/docs/docs.module.ts',
      module.replace(
        'inject: [ConfigService],',
        'inject: [ConfigService],\n      tenantResolver: MyResolver,',
      ),
    );
    await apply(claimMapper({ name: 'acme' }), tree);
    expect(tree.readText('src/docs/docs.module.ts')).toContain("'acme': {},");
    expect(tree.readText('src/docs/docs.module.ts')).not.toContain('DocsTenantResolver');
    expect(tree.exists('src/docs/docs.tenant-resolver.ts')).toBe(false);
  });

  it('says what to do where the docs module is written in another way', async () => {
    const tree = appOf(ESM);
    await apply(nestAdd({}), tree);
    const mine =
      "import { Module } from '@nestjs/common';\n\n@Module({ providers: [] })\nexport class DocsModule {}\n";
    tree.overwrite('src/docs/docs.module.ts', mine);
    const { said } = await apply(claimMapper({ name: 'acme' }), tree);
    expect(tree.readText('src/docs/docs.module.ts')).not.toMatch(/tenant[sR]/);
    expect(said).toMatch(/add "acme"[^]*does not start/);
  });

  it('is a provider of the app where there is no docs module, and stays as it is', async () => {
    const tree = appOf(ESM);
    await apply(claimMapper({ name: '1and1' }), tree);
    expect(tree.readText('src/app.module.ts')).toMatch(/providers: \[Tenant1and1ClaimMapper\]/);
    tree.overwrite('src/docs/1and1.claim-mapper.ts', '// mine');
    const { said } = await apply(claimMapper({ name: '1and1' }), tree);
    expect(tree.readText('src/docs/1and1.claim-mapper.ts')).toBe('// mine');
    expect(said).toMatch(/was not changed/);
  });

  it('says what is left where the providers are written in another way', async () => {
    const text =
      "import { Module } from '@nestjs/common';\n@Module({ providers: [].concat(A) })\nexport class AppModule {}\n";
    const tree = appOf(ESM, { 'src/app.module.ts': text });
    const { said } = await apply(claimMapper({ name: 'acme' }), tree);
    expect(said).toMatch(/Add AcmeClaimMapper to the providers of src\/app\.module\.ts/);
    expect(tree.readText('src/app.module.ts')).toBe(text);
  });

  it('takes an id that looks like a number', async () => {
    const tree = appOf(ESM);
    await apply(claimMapper({ name: 42 }), tree);
    expect(tree.readText('src/docs/42.claim-mapper.ts')).toContain("@ClaimMapperFor('42')");
  });

  it.each(['Acme', '../acme', "a'b", '', 'constructor'])(
    'refuses "%s", which no tenant is called',
    async (name) => {
      await expect(apply(claimMapper({ name }), appOf(ESM))).rejects.toThrow(/not a valid tenant id/);
    },
  );
});
