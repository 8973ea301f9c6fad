import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** `npm start` without its build: these tests run what `npm run build` made. */
export class BackendProcess {
  readonly child: ChildProcess;
  output = '';
  errors = '';

  /** @param command what to run: by default what `npm start` runs in the end. */
  constructor(environment: Record<string, string>, command = [process.execPath, 'dist/main.js']) {
    const [file = '', ...args] = command;
    this.child = spawn(file, args, {
      env: {
        PORT: '0',
        DOCS_PORT: '0',
        PRIVATE_DOCS_PORT: '0',
        SESSION_DOCS_PORT: '0',
        OAUTH_DOCS_PORT: '0',
        CONSOLE_PORT: '0',
        CONSOLE_DOCS_PORT: '0',
        ...environment,
      },
    });
    this.child.stdout?.on('data', (chunk) => (this.output += String(chunk)));
    this.child.stderr?.on('data', (chunk) => (this.errors += String(chunk)));
  }

  /** Waits until the output matches. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.output);
      if (match) return match;
      if (this.child.exitCode !== null) throw new Error(`It ended before it said ${pattern}: ${this.errors}`);
      await Promise.race([once(this.child.stdout!, 'data'), once(this.child, 'close')]);
    }
  }

  /** Waits for the end and gives the exit code. */
  async ends(): Promise<number | null> {
    await once(this.child, 'close');
    return this.child.exitCode;
  }
}
