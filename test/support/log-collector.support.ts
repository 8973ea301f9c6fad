import { inspect } from 'node:util';
import type { LoggerService } from '@nestjs/common';

/** A host app's logger that keeps every line of every level, with all that was handed to it. */
export class LogCollector implements LoggerService {
  readonly lines: string[] = [];

  /** Everything that was logged, as one text to search in. */
  get text(): string {
    return this.lines.join('\n');
  }

  log = (...parts: unknown[]): void => this.#keep('log', parts);
  error = (...parts: unknown[]): void => this.#keep('error', parts);
  warn = (...parts: unknown[]): void => this.#keep('warn', parts);
  debug = (...parts: unknown[]): void => this.#keep('debug', parts);
  verbose = (...parts: unknown[]): void => this.#keep('verbose', parts);
  fatal = (...parts: unknown[]): void => this.#keep('fatal', parts);

  #keep(level: string, parts: unknown[]): void {
    const words = parts.map((part) => (typeof part === 'string' ? part : inspect(part, { depth: 10 })));
    this.lines.push([level, ...words].join(' '));
  }
}
