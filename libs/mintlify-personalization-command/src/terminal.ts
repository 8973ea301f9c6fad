import { styleText } from 'node:util';
import { escapeControls } from '../../mintlify-personalization/src/user/escape-controls.js';

/** Where a command reads and writes. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder in which the command was called. */
  readonly directory: string;
  readonly stdout: Output;
  readonly stderr: Output;
  /** All of the standard input. */
  readInput(): Promise<Uint8Array>;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Called before an app starts in this process: it may leave timers and connections behind. */
  readonly onAppStart?: () => void;
}

/** One of the two outputs. */
export interface Output {
  write(text: string): unknown;
  /** Whether somebody looks at it. */
  readonly isTTY?: boolean;
}

/** What a color says. */
export type Tone = 'good' | 'bad' | 'warning' | 'faint' | 'strong';

const STYLES = { good: 'green', bad: 'red', warning: 'yellow', faint: 'dim', strong: 'bold' } as const;

/** A piece of a line: a text, or one with a color. */
export type Piece = string | readonly [tone: Tone, text: string];

/** Colors a text, where somebody looks at the output and `NO_COLOR` is not set (https://no-color.org). */
export function paint({ env, stdout }: Terminal, tone: Tone, text: string): string {
  const isColored = stdout.isTTY === true && (env.NO_COLOR ?? '') === '';
  return isColored ? styleText(STYLES[tone], text, { validateStream: false }) : text;
}

/**
 * Writes one line. What comes from outside (a token, an answer, a file) may stand in any piece: control characters are
 * escaped, line breaks too, so it can neither steer the terminal nor look like a line of the command's own.
 */
export function print(terminal: Terminal, ...pieces: readonly Piece[]): void {
  const texts = pieces.map((piece) =>
    typeof piece === 'string' ? escapeControls(piece) : paint(terminal, piece[0], escapeControls(piece[1])),
  );
  terminal.stdout.write(`${texts.join('')}\n`);
}

/** Writes several lines, as {@link print} does. */
export function printLines(terminal: Terminal, text: string): void {
  for (const line of text.split('\n')) print(terminal, line);
}

/** Writes one line to the standard error, as {@link print} does. */
export function printError({ stderr }: Terminal, text: string): void {
  stderr.write(`${escapeControls(text)}\n`);
}
