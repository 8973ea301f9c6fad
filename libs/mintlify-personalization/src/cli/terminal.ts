import { styleText } from 'node:util';

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
}

/** One of the two outputs. */
export interface Output {
  write(text: string): unknown;
  /** Whether somebody looks at it. */
  readonly isTTY?: boolean;
}

/** What a colour says. */
export type Tone = 'good' | 'bad' | 'warning' | 'faint' | 'strong';

const STYLES = { good: 'green', bad: 'red', warning: 'yellow', faint: 'dim', strong: 'bold' } as const;

/** Colours a text, where somebody looks at the output and `NO_COLOR` is not set (https://no-color.org). */
export function paint({ env, stdout }: Terminal, tone: Tone, text: string): string {
  const isColoured = stdout.isTTY === true && (env.NO_COLOR ?? '') === '';
  return isColoured ? styleText(STYLES[tone], text, { validateStream: false }) : text;
}

/** Writes one line, or several. */
export function print({ stdout }: Terminal, text = ''): void {
  stdout.write(`${text}\n`);
}
