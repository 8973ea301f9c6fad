import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CheckFinding } from '../../libs/mintlify-personalization-command/src/check-docs/check-finding.js';
import { callCommand, type CommandResult } from './terminal.support.js';

/** What the visitors of the manual may have. */
export const MANUAL_VISITORS = {
  groups: ['admin'],
  content: {
    type: 'object',
    properties: {
      firstName: { type: 'string' },
      plan: { type: 'string' },
      company: { type: 'string' },
      apiKey: { type: 'string' },
    },
    additionalProperties: false,
  },
  apiPlaygroundInputs: { type: 'object', properties: {}, additionalProperties: false },
  tenants: {},
};

/** A folder with docs in `docs` and a schema beside it, for one test. */
export interface CheckedFolder extends AsyncDisposable {
  readonly path: string;
  /** Writes files, by path inside the folder of the docs. */
  write(files: Readonly<Record<string, string>>): Promise<void>;
  read(file: string): Promise<string>;
  check(...words: string[]): Promise<CommandResult>;
  /** The findings of `--json`. */
  findings(...words: string[]): Promise<CheckFinding[]>;
}

/** A small docs folder, or a copy of the manual. */
export async function makeCheckedFolder(
  files: Readonly<Record<string, string>> | 'manual',
  visitors: object = MANUAL_VISITORS,
): Promise<CheckedFolder> {
  const path = await mkdtemp(join(tmpdir(), 'check-docs-'));
  const docs = join(path, 'docs');
  if (files === 'manual') await cp('docs', docs, { recursive: true });
  await writeFile(join(path, 'visitors.schema.json'), JSON.stringify(visitors, null, 2));
  const folder: CheckedFolder = {
    path,
    async write(written) {
      for (const [file, text] of Object.entries(written)) {
        await mkdir(dirname(join(docs, file)), { recursive: true });
        await writeFile(join(docs, file), text);
      }
    },
    read: (file) => readFile(join(docs, file), 'utf8'),
    check: (...words) => callCommand(['check-docs', 'docs', ...words], { directory: path }),
    async findings(...words) {
      const { output } = await folder.check('--json', ...words);
      return (JSON.parse(output) as { findings: CheckFinding[] }).findings;
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true }),
  };
  if (files !== 'manual') await folder.write(files);
  return folder;
}

/** docs.json with these pages. */
export function configOf(...pages: unknown[]): string {
  return JSON.stringify({ name: 'Docs', navigation: { pages } }, null, 2);
}
