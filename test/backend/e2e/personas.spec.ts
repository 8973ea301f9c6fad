import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';

/** Each call is a process that starts the backend with its embedded Postgres. */
const CALLS_TIMEOUT_MS = 120_000;
const COMMAND = 'libs/mintlify-personalization-command/dist/main.js';
const urlOf = (file: string): string => JSON.stringify(pathToFileURL(resolve(file)).href);

/** The backend as it is, with another role for Ada. */
const CHANGED_APP = `
import { eq } from 'drizzle-orm';
import { DATABASE } from ${urlOf('dist/database/database.module.js')};
import { accounts } from ${urlOf('dist/database/database-schema.js')};
import { createPersonasApp } from ${urlOf('dist/start/personas-app.js')};

export async function createApp() {
  const app = await createPersonasApp();
  await app.init();
  await app.get(DATABASE, { strict: false }).update(accounts).set({ roles: ['viewer'] }).where(eq(accounts.id, 'ada'));
  return app;
}
`;

let directory = '';

beforeAll(async () => {
  // Inside the repository, so that the app finds its packages.
  directory = await mkdtemp(join(import.meta.dirname, 'personas-'));
  await writeFile(join(directory, 'changed.mjs'), CHANGED_APP);
});
afterAll(() => rm(directory, { recursive: true }));

async function personas(...words: string[]): Promise<{ code: number; stdout: string }> {
  const app = `${relative('.', join(directory, 'changed.mjs'))}#createApp`;
  const call = promisify(execFile)(process.execPath, [COMMAND, 'personas', '--app', app, ...words]);
  const { code, stdout } = (await call.catch((error: unknown) => error)) as { code?: number; stdout: string };
  return { code: code ?? 0, stdout };
}

it(
  'the check of what visitors see goes red for a changed role, and green after --update',
  async () => {
    const committed = await readFile('personas/personas.json', 'utf8');
    const red = await personas('--check');
    expect(red.code).toBe(1);
    const ada = 'Ada, administrator of Acme';
    expect(red.stdout.split('\n')).toEqual(
      expect.arrayContaining([
        `${ada} is no longer in the group admin.`,
        `${ada} is in the group viewer now.`,
        `${ada} no longer sees /administrators in the sidebar, and can open it by its URL.`,
      ]),
    );
    expect(await readFile('personas/personas.json', 'utf8')).toBe(committed);
    const out = relative('.', join(directory, 'seen'));
    await personas('--out', out, '--update');
    expect(await personas('--out', out, '--check')).toMatchObject({ code: 0 });
  },
  CALLS_TIMEOUT_MS,
);
