import { Command, Option } from 'commander';
import type { DocsMode } from '../../mintlify-personalization/src/ports/docs-site.js';
import { checkDocs } from './check-docs/check-docs.js';
import { printReport, type ReportFormat } from './check-docs/report-formats.js';
import { EXIT_CODE } from './command-error.js';
import { modeOption } from './docs-options.js';
import { SCHEMA_FILE } from './schema-command.js';
import type { Terminal } from './terminal.js';

interface CheckDocsArguments {
  readonly schema: string;
  readonly mode: DocsMode;
  readonly tenant?: string;
  readonly format: Exclude<ReportFormat, 'json'>;
  readonly json?: true;
  readonly readable?: true;
}

/** `check-docs`: compares a docs folder with what visitors may have. */
export function createCheckDocsCommand(terminal: Terminal, end: (exitCode: number) => void): Command {
  return new Command('check-docs')
    .description('find what visitors of a docs folder will not see, before they do')
    .argument('[folder]', 'the folder with docs.json', '.')
    .option('-s, --schema <file>', 'what visitors may have, written by the command schema', SCHEMA_FILE)
    .option('-t, --tenant <id>', 'docs of this tenant alone: what its claim mapper may give')
    .addOption(modeOption())
    .addOption(
      new Option('-f, --format <format>', 'github: annotations of GitHub Actions')
        .choices(['text', 'github', 'sarif'])
        .default('text'),
    )
    .option('--json', 'print one JSON object')
    .option('--readable', 'also list what anyone can read, whatever groups say')
    .addHelpText(
      'after',
      `
Ends with 1 when there is an error; warnings and notes are printed. Rules can be switched off, with a reason, in
mintlify-personalization.json beside docs.json: { "checkDocs": { "off": { "group-unused": "…" } } }.
It needs the package mintlify-docs-emulator.

Examples:
  mintlify-personalization check-docs docs
  mintlify-personalization check-docs docs --mode authentication --tenant acme
  mintlify-personalization check-docs docs --format sarif > check-docs.sarif`,
    )
    .action(async (folder: string, { schema, mode, tenant, format, json, readable }: CheckDocsArguments) => {
      const checked = await checkDocs(terminal, {
        folder,
        schema,
        mode,
        ...(tenant !== undefined && { tenant }),
      });
      const shown = { format: json === true ? ('json' as const) : format, showsReadable: readable === true };
      printReport(terminal, checked, shown);
      if (checked.findings.some(({ severity }) => severity === 'error')) end(EXIT_CODE.found);
    });
}
