import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** The scripts and style sheets of a docs folder, as paths inside the docs. Every page has them. */
export interface SiteAssets {
  scripts: string[];
  styles: string[];
}

const MAX_ASSETS = 100;
const MAX_FOLDERS = 5_000;

/**
 * Lists the `.js` and `.css` files of a docs folder, as Mintlify adds them to every page. Hidden folders,
 * `node_modules`, `snippets` and symbolic links are left out.
 *
 * @param isIgnored tells which files are left out too, by their paths inside the docs folder.
 * @example
 * await listAssets('/srv/docs'); // { scripts: ['/custom.js'], styles: ['/style.css'] }
 */
export async function listAssets(
  directory: string,
  isIgnored: (file: string) => boolean = () => false,
): Promise<SiteAssets> {
  const found: SiteAssets = { scripts: [], styles: [] };
  const folders: string[][] = [[]];
  for (let index = 0; index < Math.min(folders.length, MAX_FOLDERS); index += 1) {
    const inside = folders[index] ?? [];
    const entries = await readdir(join(directory, ...inside), { withFileTypes: true }).catch(() => []);
    for (const entry of entries.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
      if (entry.name.startsWith('.')) continue;
      const parts = [...inside, entry.name];
      if (entry.isDirectory() && isAssetFolder(entry.name)) folders.push(parts);
      else if (entry.isFile() && !isIgnored(parts.join('/'))) {
        const list = { '.js': found.scripts, '.css': found.styles }[extname(entry.name)];
        if (list && list.length < MAX_ASSETS) list.push(`/${parts.map(encodeURIComponent).join('/')}`);
      }
    }
  }
  return found;
}

function isAssetFolder(name: string): boolean {
  return !/^(?:node_modules|_?snippets)$/.test(name);
}
