import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A docs folder made for one test. */
export interface SampleFolder {
  path: string;
  remove(): Promise<void>;
}

/**
 * Writes a docs folder into the system's folder for temporary files.
 *
 * @param files text by path inside the folder; `docs.json` is added where it is not given.
 */
export async function makeFolder(files: Record<string, string>): Promise<SampleFolder> {
  const path = await mkdtemp(join(tmpdir(), 'docs-emulator-'));
  const settings = { name: 'Test docs', navigation: { pages: ['index'] } };
  for (const [name, text] of Object.entries({ 'docs.json': JSON.stringify(settings), ...files })) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), text);
  }
  return { path, remove: () => rm(path, { recursive: true }) };
}
