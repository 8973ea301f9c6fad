import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CommandError } from './command-error.js';
import type { Terminal } from './terminal.js';

/** Reads a file, or the standard input where the name is `-`. */
export async function readText(terminal: Terminal, file: string): Promise<string> {
  if (file === '-') return decode(await terminal.readInput());
  try {
    return decode(await readFile(resolve(terminal.directory, file)));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandError(
      `${nameFile(file)} cannot be read (${code ?? 'unknown error'}). Is the path right?`,
      {
        cause: error,
      },
    );
  }
}

/** What is no path may be what should stand in the file: a key, a token, a user. */
function nameFile(file: string): string {
  return file.length > 120 || /[\r\n{]|-----|^eyJ/.test(file) ? 'The file' : file;
}

/** UTF-8, or UTF-16 as PowerShell writes it; without the byte order mark of either. */
function decode(bytes: Uint8Array): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}

/** Reads JSON. What is no JSON is told by its place, and not quoted: it may be a secret. */
export async function readJson(terminal: Terminal, file: string): Promise<unknown> {
  const text = await readText(terminal, file);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // oxlint-disable-next-line preserve-caught-error -- a parser's message quotes what it read
    throw new CommandError(`${file === '-' ? 'The input' : file} is not JSON. Check commas and quotes.`);
  }
}
