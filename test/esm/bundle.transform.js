import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import { build } from 'esbuild';

/*
 * For CommonJS packages that require Nest, whose packages are ES modules: Node 20.19 can do that, Jest only from Node 24.9
 * on. The files of this folder export such a package anew; here it is bundled into them, as an ES module that imports Nest.
 */

const { resolve } = createRequire(import.meta.url);

/** Another version of the package is another bundle. */
export function getCacheKeyAsync(source) {
  const [, name] = /from '([^']+)'/.exec(source);
  const manifest = resolve(name).replace(/\/dist\/.*/, '/package.json');
  const parts = [source, readFileSync(manifest), readFileSync(import.meta.filename)];
  return parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');
}

/** The bundle in the place of the file. */
export async function processAsync(source) {
  const { outputFiles } = await build({
    stdin: { contents: source, loader: 'ts', resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    keepNames: true,
    plugins: [importOthers],
  });
  return { code: outputFiles[0].text };
}

/** A `require` of Nest or of Node becomes an `import`, which a bundle does not do by itself. */
const importOthers = {
  name: 'import-others',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
      const isOther =
        /^@nestjs\/(?:common|core)$/.test(path) || builtinModules.includes(path.replace(/^node:/, ''));
      if (!isOther) return undefined;
      return kind === 'require-call' ? { path, namespace: 'imported' } : { path, external: true };
    });
    onLoad({ filter: /.*/, namespace: 'imported' }, ({ path }) => ({ contents: `export * from '${path}';` }));
  },
};
