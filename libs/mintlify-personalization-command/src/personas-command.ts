import { posix, relative, resolve } from 'node:path';
import { Command } from 'commander';
import type { DocsMode } from '../../mintlify-personalization/src/ports/docs-site.js';
import { CommandError, EXIT_CODE } from './command-error.js';
import { modeOption } from './docs-options.js';
import { readWritten, writeTextInFolder } from './output-writer.js';
import { listDifferences } from './personas/persona-differences.js';
import type { PersonasDocument } from './personas/persona-document.js';
import { writeMarkdown } from './personas/persona-markdown.js';
import { seeDocs } from './personas/see-docs.js';
import { print, type Terminal } from './terminal.js';

interface PersonasArguments {
  readonly app?: string;
  readonly docs: string;
  readonly personas: string;
  readonly out: string;
  readonly mode: DocsMode;
  readonly check?: true;
}

/** `personas`: what named visitors see of the docs, as files that are reviewed. */
export function createPersonasCommand(terminal: Terminal, end: (exitCode: number) => void): Command {
  return new Command('personas')
    .description('write what named visitors see of the docs, by the claim mappers of an app')
    .option('-a, --app <file>', 'compiled file of a module, such as dist/app.module.js, or FILE#EXPORT')
    .option('-d, --docs <folder>', 'the folder with docs.json', 'docs')
    .option('-p, --personas <file>', 'the personas: JSON, or the default export of a script', 'personas.json')
    .option('-o, --out <folder>', 'the folder of personas.md and personas.json that this writes', 'personas')
    .addOption(modeOption())
    .option('--check', 'write nothing; say what changed, and end with 1 if something did')
    .option('--update', 'write the files, as without an option')
    .addHelpText(
      'after',
      `
Personas are names, each with a principal (what your guard puts on request.user), a user, or null for no login:
  { "anonymous": null, "admin": { "principal": { "accountId": "ada" } }, "viewer": { "groups": ["viewer"] } }

For principals, the app starts without listening, with its database and environment, and is closed again. The export
may be a module, or a function that makes a module or the app. Values of the API playground are never written. --mode is
that of personas that the app does not map. It needs the package mintlify-docs-emulator.

Examples:
  mintlify-personalization personas --app dist/app.module.js --docs docs
  mintlify-personalization personas --app dist/create-app.js#createApp --check`,
    )
    .action(async ({ check, out, ...run }: PersonasArguments) => {
      assertOutside(terminal, out, run.docs);
      const document = await seeDocs(terminal, run);
      const files = {
        [posix.join(out, 'personas.json')]: `${JSON.stringify(document, null, 2)}\n`,
        [posix.join(out, 'personas.md')]: writeMarkdown(document),
      };
      const stale: string[] = [];
      for (const [file, text] of Object.entries(files)) {
        if ((await readWritten(terminal, file)) !== text) stale.push(file);
      }
      if (stale.length === 0) {
        print(terminal, ['good', '✓'], ` ${Object.keys(files).join(' and ')} are up to date.`);
        return;
      }
      await printDifferences(terminal, posix.join(out, 'personas.json'), document);
      if (check === true) {
        print(
          terminal,
          ['bad', '✗'],
          ` ${stale.join(' and ')} must change. If that is right, run this with --update.`,
        );
        return end(EXIT_CODE.found);
      }
      for (const [file, text] of Object.entries(files)) await writeTextInFolder(terminal, file, text);
      print(terminal, ['good', '✓'], ` Wrote ${stale.join(' and ')}.`);
    });
}

/** Mintlify publishes every Markdown file of the docs folder. */
function assertOutside({ directory }: Terminal, out: string, docs: string): void {
  const path = relative(resolve(directory, docs), resolve(directory, out));
  if (/^\.\.(?:[\\/]|$)/.test(path) || resolve(path) === path) return;
  throw new CommandError(
    `${out} is inside the docs folder ${docs}, so its files would be pages of the docs. Name another folder with --out.`,
  );
}

async function printDifferences(terminal: Terminal, file: string, document: PersonasDocument): Promise<void> {
  const before = parseDocument(await readWritten(terminal, file));
  if (before === undefined) return print(terminal, `${file} is missing, or nothing that this command wrote.`);
  for (const difference of listDifferences(before, document)) print(terminal, difference);
}

function parseDocument(text: string | undefined): PersonasDocument | undefined {
  try {
    const { personas } = JSON.parse(text ?? '') as Partial<PersonasDocument>;
    const records = Object.values(personas ?? {});
    const isWhole = records.every(({ pages, texts, faults }) =>
      [pages, texts, faults].every((part) => Object(part) === part),
    );
    return personas !== undefined && isWhole ? { personas } : undefined;
  } catch {
    return undefined;
  }
}
