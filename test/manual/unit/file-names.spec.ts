import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';

/** The roles that Nest gives a file, and the two of a handshake: `noun.role.ts`. All other names have hyphens. */
const ROLES =
  /\.(?:module|controller|guard|filter|interceptor|service|decorator|dto|registry|middleware|strategy|pipe|definition|handshake)$/;

const files = execFileSync('git', ['ls-files', 'libs/*/src/**', 'src/**'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => /\.tsx?$/.test(file));

it('files are named noun.role.ts by their role in Nest, and with hyphens otherwise', () => {
  const odd = files.filter((file) => {
    const name = file
      .replace(/^.*\//, '')
      .replace(/\.tsx?$/, '')
      .replace(ROLES, '');
    return !/^[a-z\d]+(?:-[a-z\d]+)*$/.test(name);
  });
  expect(odd).toEqual([]);
});

it('a package exports only what its index and the files of its subpaths export', () => {
  const libraries = ['libs/mintlify-personalization', 'libs/mintlify-docs-emulator'];
  const open = libraries.flatMap((library) => {
    const { exports } = JSON.parse(readFileSync(`${library}/package.json`, 'utf8')) as {
      exports: Record<string, string | { default: string }>;
    };
    return Object.keys(exports).filter(
      (subpath) => subpath.includes('*') || /\/(?:src|dist)\//.test(subpath),
    );
  });
  expect(open).toEqual([]);
});
