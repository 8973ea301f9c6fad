import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Makes the package's README from the repository's: without what only a clone can do, and with links and pictures that
 * lead into the repository. Before a release the manifest names no repository: then links name the file, and pictures
 * are left out.
 */
const root = join(import.meta.dirname, '../..');
const text = await readFile(join(root, 'README.md'), 'utf8');
const { repository } = JSON.parse(await readFile(join(import.meta.dirname, 'package.json'), 'utf8'));
const address = repository?.url.replace(/^git\+/, '').replace(/\.git$/, '');

function linkTo(label, path) {
  if (address !== undefined) return `[${label}](${address}/blob/HEAD/${path})`;
  return label === path ? `\`${path}\`` : `${label} (\`${path}\`)`;
}

function showPicture(tag, path) {
  return address === undefined ? '' : tag.replace(path, `${address}/raw/HEAD/${path}`);
}

await writeFile(
  join(import.meta.dirname, 'README.md'),
  text
    .replaceAll(/<!-- repository -->.*?<!-- \/repository -->\n*/gs, '')
    .replaceAll(/<img src="(?!https?:)([^"]+)"[^>]*>\n*/g, showPicture)
    .replaceAll(/\[([^\]]+)\]\((?!https?:|#)([^)]+)\)/g, (_, label, path) => linkTo(label, path)),
);
