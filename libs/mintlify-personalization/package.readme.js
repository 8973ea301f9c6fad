import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Makes the package's README of the repository's: without what only a clone can do or show, and with links into the
 * repository. Where the manifest names none, as before a release, files are named instead.
 */
const root = join(import.meta.dirname, '../..');
const text = await readFile(join(root, 'README.md'), 'utf8');
const { repository } = JSON.parse(await readFile(join(import.meta.dirname, 'package.json'), 'utf8'));
const address = repository?.url.replace(/^git\+/, '').replace(/\.git$/, '');

function linkTo(words, path) {
  if (address !== undefined) return `[${words}](${address}/blob/HEAD/${path})`;
  return words === path ? `\`${path}\`` : `${words} (\`${path}\`)`;
}

await writeFile(
  join(import.meta.dirname, 'README.md'),
  text
    .replaceAll(/<!-- repository -->.*?<!-- \/repository -->\n*/gs, '')
    .replaceAll(/\[([^\]]+)\]\((?!https?:|#)([^)]+)\)/g, (_, words, path) => linkTo(words, path)),
);
