import { Argument, Command } from 'commander';
import { InvalidMintlifyUserError } from '../../mintlify-personalization/src/errors.js';
import { EXIT_CODE } from './command-error.js';
import { readJson } from './input-reader.js';
import { print, type Terminal } from './terminal.js';
import { createUserValidator } from './user-values.js';

/** `validate`: whether the docs will take a user. */
export function createValidateCommand(terminal: Terminal, end: (exitCode: number) => void): Command {
  return new Command('validate')
    .description('check a user, as JSON, against the User format and the limits')
    .addArgument(new Argument('<file>', 'JSON file, or - for the standard input'))
    .addHelpText(
      'after',
      `
Ends with 1 when the user breaks a rule.

Examples:
  mintlify-personalization validate user.json
  echo '{"groups":["admin"]}' | mintlify-personalization validate -`,
    )
    .action(async (file: string) => {
      const user = await readJson(terminal, file);
      try {
        createUserValidator(terminal).validate(user);
      } catch (error) {
        if (!(error instanceof InvalidMintlifyUserError)) throw error;
        for (const { path, message } of error.violations) {
          print(terminal, ['bad', '✗'], ` ${path}: ${message}`);
        }
        return end(EXIT_CODE.found);
      }
      print(terminal, ['good', '✓'], ' The docs take this user.');
    });
}
