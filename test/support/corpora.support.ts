import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Reads a file of the corpora: inputs that others collected, kept outside this repository.
 *
 * @param path inside the folder that the environment variable CORPORA_DIR names
 */
export function readCorpus(path: string): string {
  const folder = process.env.CORPORA_DIR;
  if (folder === undefined || folder === '') {
    throw new Error(
      `CORPORA_DIR is not set. Set it to a folder that holds ${path}: see "Corpora" in CONTRIBUTING.md ` +
        'for where each file comes from.',
    );
  }
  try {
    return readFileSync(join(folder, path), 'utf8');
  } catch (cause) {
    throw new Error(`The corpus ${path} is not in the folder that CORPORA_DIR names.`, { cause });
  }
}
