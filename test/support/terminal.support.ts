import { runCommandLine } from '../../libs/mintlify-personalization-command/src/cli.js';
import type { Terminal } from '../../libs/mintlify-personalization-command/src/terminal.js';

/** How a command ended, and what it said. */
export interface CommandResult {
  readonly exitCode: number;
  readonly output: string;
  readonly errors: string;
}

/** Where a command is called. */
export interface CommandSetting {
  readonly env?: Record<string, string>;
  readonly directory?: string;
  readonly input?: string | Uint8Array;
  /** Whether somebody looks at the outputs. */
  readonly isTTY?: boolean;
  readonly nowMs?: number;
}

/** Calls the command line in this process. */
export async function callCommand(
  words: readonly string[],
  { env = {}, directory = process.cwd(), input = '', isTTY = false, nowMs }: CommandSetting = {},
): Promise<CommandResult> {
  const written = { output: '', errors: '' };
  const terminal: Terminal = {
    env,
    directory,
    stdout: { isTTY, write: (text) => (written.output += text) },
    stderr: { isTTY: false, write: (text) => (written.errors += text) },
    readInput: () => Promise.resolve(Buffer.from(input)),
    now: () => nowMs ?? Date.now(),
  };
  const exitCode = await runCommandLine(words, terminal);
  return { exitCode, ...written };
}
