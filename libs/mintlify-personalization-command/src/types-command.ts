import { Command } from 'commander';
import type { DocsMode } from '../../mintlify-personalization/src/ports/docs-site.js';
import { readVisitors } from './check-docs/visitors-file.js';
import { EXIT_CODE } from './command-error.js';
import { modeOption } from './docs-options.js';
import { readWritten, writeText } from './output-writer.js';
import { SCHEMA_FILE } from './schema-command.js';
import { print, type Terminal } from './terminal.js';
import { writeUserTypes } from './types/user-types.js';

interface TypesArguments {
  readonly schema: string;
  readonly mode: DocsMode;
  readonly tenant?: string;
  readonly out: string;
  readonly check?: true;
}

/** `types`: the type of `user` in MDX pages. */
export function createTypesCommand(terminal: Terminal, end: (exitCode: number) => void): Command {
  return new Command('types')
    .description('write the TypeScript type of user, for MDX pages that are type-checked')
    .option('-s, --schema <file>', 'what visitors may have, written by the command schema', SCHEMA_FILE)
    .option('-t, --tenant <id>', 'docs of this tenant alone: what its claim mapper may give')
    .addOption(modeOption())
    .option('-o, --out <file>', 'the file to write; - for the standard output', 'user.d.ts')
    .option('--check', 'write nothing, and end with 1 if the file differs')
    .addHelpText(
      'after',
      `
In public docs, visitors who are not logged in have an empty user, so every key of user may be missing. In private docs
(--mode authentication), only the keys that the schema does not require.

Examples:
  mintlify-personalization types
  mintlify-personalization types --schema docs/visitors.schema.json --out docs/user.d.ts --check
  mintlify-personalization types --mode authentication --tenant acme`,
    )
    .action(async ({ schema, mode, tenant, out, check }: TypesArguments) => {
      const { content } = await readVisitors(terminal, schema, tenant);
      const text = writeUserTypes(content, mode);
      if (out === '-') {
        terminal.stdout.write(text);
        return;
      }
      if (check !== true) {
        await writeText(terminal, out, text);
        print(terminal, ['good', '✓'], ` ${out} has the type of user.`);
        return;
      }
      if ((await readWritten(terminal, out)) === text) {
        print(terminal, ['good', '✓'], ` ${out} is up to date.`);
        return;
      }
      print(terminal, ['bad', '✗'], ` ${out} is not what ${schema} says. Run this without --check.`);
      end(EXIT_CODE.found);
    });
}
