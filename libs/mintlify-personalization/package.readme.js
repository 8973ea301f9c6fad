import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Makes the package's README of the repository's: without what only a clone can do or show, and with the names of the
 * repository's files instead of links that lead nowhere from a package.
 */
const text = await readFile(join(import.meta.dirname, '../../README.md'), 'utf8');

await writeFile(
  join(import.meta.dirname, 'README.md'),
  text
    .replaceAll(/<!-- repository -->.*?<!-- \/repository -->\n*/gs, '')
    .replaceAll(/\[([^\]]+)\]\((?!https?:|#)([^)]+)\)/g, (_, words, path) =>
      words === path ? `\`${path}\`` : `${words} (\`${path}\`)`,
    ),
);
