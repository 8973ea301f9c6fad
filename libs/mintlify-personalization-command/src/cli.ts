import { Command, CommanderError } from 'commander';
import { MintlifyPersonalizationError } from '../../mintlify-personalization/src/errors.js';
import { escapeControls } from '../../mintlify-personalization/src/user/escape-controls.js';
import { CommandError, EXIT_CODE } from './command-error.js';
import { createAllowPreviewCommand } from './allow-preview-command.js';
import { createCheckDocsCommand } from './check-docs-command.js';
import { createDecodeCommand } from './decode-command.js';
import { createDoctorCommand } from './doctor-command.js';
import { createKeygenCommand } from './keygen-command.js';
import { createPersonasCommand } from './personas-command.js';
import { createSchemaCommand } from './schema-command.js';
import { createSignCommand } from './sign-command.js';
import { printError, type Terminal } from './terminal.js';
import { createTypesCommand } from './types-command.js';
import { createValidateCommand } from './validate-command.js';

/**
 * Runs the command line.
 *
 * @param words what stands after the command's name
 * @returns the exit code: 0 all is well, 1 something wrong was found, 2 it could not be done
 */
export async function runCommandLine(words: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode: number = EXIT_CODE.good;
  const end = (code: number): void => void (exitCode = code);
  const program = new Command('mintlify-personalization')
    .description('keys, tokens and handshakes of Mintlify docs, from the command line')
    .addHelpText(
      'after',
      `
Examples:
  mintlify-personalization keygen --out docs.pem
  mintlify-personalization validate user.json
  mintlify-personalization sign user.json --key-file docs.pem --docs-url https://docs.foo.com --url
  mintlify-personalization decode < location.txt
  mintlify-personalization doctor --docs-url https://docs.foo.com --login-url https://foo.com/docs-login
  mintlify-personalization schema --app dist/app.module.js
  mintlify-personalization types
  mintlify-personalization check-docs docs
  mintlify-personalization personas --app dist/app.module.js --docs docs
  mintlify-personalization allow-preview --host acme-git-fix.mintlify.app --for 2h --docs-url https://docs.foo.com`,
    )
    .showHelpAfterError('(--help says more.)');
  const commands = [
    createKeygenCommand(terminal),
    createSignCommand(terminal),
    createDecodeCommand(terminal, end),
    createValidateCommand(terminal, end),
    createDoctorCommand(terminal, end),
    createSchemaCommand(terminal, end),
    createTypesCommand(terminal, end),
    createCheckDocsCommand(terminal, end),
    createPersonasCommand(terminal, end),
    createAllowPreviewCommand(terminal),
  ];
  for (const command of commands) program.addCommand(command);
  for (const command of [program, ...commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      // What is quoted as an unknown option may be a key, which begins with dashes, too.
      outputError: (text, write) => write(escapeLines(text.replaceAll(/'[^']{40,}'/g, "'…'"))),
    });
  }
  try {
    await program.parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    return describeFailure(error, terminal);
  }
}

/** No stack, and no message of an error that is not ours: it may quote what it could not read. */
function describeFailure(error: unknown, terminal: Terminal): number {
  // It has said why, or shown the help.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODE.good : EXIT_CODE.failed;
  const isOurs = error instanceof CommandError || error instanceof MintlifyPersonalizationError;
  const name = error instanceof Error ? error.name : 'an error';
  printError(terminal, isOurs ? error.message : `This should not have happened (${name}). Please report it.`);
  return EXIT_CODE.failed;
}

/** Each line by itself: the help for an error has several. */
function escapeLines(text: string): string {
  return text.split('\n').map(escapeControls).join('\n');
}
