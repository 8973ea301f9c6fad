import { Command } from 'commander';
import { EXIT_CODE } from './command-error.js';
import { readWritten, writeText } from './output-writer.js';
import { readAppVisitors } from './schema/app-visitors.js';
import { print, printError, type Terminal } from './terminal.js';

interface SchemaArguments {
  readonly app: string;
  readonly out: string;
  readonly check?: true;
}

/** @internal Where `schema` writes, and `check-docs` and `types` read. */
export const SCHEMA_FILE = 'visitors.schema.json';

/** `schema`: what the claim mappers of an app may give, as a file. */
export function createSchemaCommand(terminal: Terminal, end: (exitCode: number) => void): Command {
  return new Command('schema')
    .description('write what the claim mappers of an app may give, from their visitor schemas')
    .requiredOption(
      '-a, --app <file>',
      'compiled file of a module, such as dist/app.module.js, or FILE#EXPORT',
    )
    .option('-o, --out <file>', 'the file to write; - for the standard output', SCHEMA_FILE)
    .option('--check', 'write nothing, and end with 1 if the file differs')
    .addHelpText(
      'after',
      `
Loads the file and reads the metadata of its modules. Nothing is instantiated: no database, no server, no factory.
If the module is made by a function, name the file of the module that provides the claim mappers.

Examples:
  mintlify-personalization schema --app dist/app.module.js
  mintlify-personalization schema --app dist/docs/docs.module.js --out docs/visitors.schema.json --check`,
    )
    .action(async ({ app, out, check }: SchemaArguments) => {
      const { description, problems } = await readAppVisitors(terminal, app);
      for (const problem of problems) printError(terminal, `Warning: ${problem}`);
      const text = `${JSON.stringify(description, null, 2)}\n`;
      if (out === '-') {
        terminal.stdout.write(text);
        return;
      }
      if (check === true) {
        if ((await readWritten(terminal, out)) === text) {
          print(terminal, ['good', '✓'], ` ${out} is up to date.`);
          return;
        }
        print(
          terminal,
          ['bad', '✗'],
          ` ${out} is not what the claim mappers declare. Run this without --check.`,
        );
        return end(EXIT_CODE.found);
      }
      await writeText(terminal, out, text);
      print(terminal, ['good', '✓'], ` ${out} has ${count(Object.keys(description.tenants).length)}.`);
    });
}

function count(tenants: number): string {
  if (tenants === 0) return 'no tenant with a mapper of its own';
  return tenants === 1
    ? 'one tenant with a mapper of its own'
    : `${tenants} tenants with mappers of their own`;
}
