import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CommandError } from './command-error.js';
import type { Terminal } from './terminal.js';

/**
 * Writes a file.
 *
 * @throws CommandError if that is not possible
 */
export async function writeText({ directory }: Terminal, file: string, text: string): Promise<void> {
  try {
    await writeFile(resolve(directory, file), text);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new CommandError(`${file} cannot be written (${code ?? 'unknown error'}). Is the path right?`, {
      cause,
    });
  }
}

/** Like {@link writeText}, and makes the folders that are missing. */
export async function writeTextInFolder(terminal: Terminal, file: string, text: string): Promise<void> {
  await mkdir(dirname(resolve(terminal.directory, file)), { recursive: true }).catch(() => undefined);
  await writeText(terminal, file, text);
}

/** What a file that this command wrote holds; `undefined` if it cannot be read. Line ends of Git on Windows are none. */
export async function readWritten({ directory }: Terminal, file: string): Promise<string | undefined> {
  const text = await readFile(resolve(directory, file), 'utf8').catch(() => undefined);
  return text?.replaceAll('\r\n', '\n');
}
