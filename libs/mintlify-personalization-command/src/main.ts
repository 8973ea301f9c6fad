#!/usr/bin/env node
import { buffer } from 'node:stream/consumers';
import { runCommandLine } from './cli.js';

// Who reads the output may stop before its end: `… | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

/** How long an app may take to end what it left open. */
const APP_END_MS = 2_000;

async function main(): Promise<void> {
  let hasApp = false;
  process.exitCode = await runCommandLine(process.argv.slice(2), {
    env: process.env,
    directory: process.cwd(),
    stdout: process.stdout,
    stderr: process.stderr,
    readInput: () => buffer(process.stdin),
    now: () => Date.now(),
    onAppStart: () => {
      hasApp = true;
    },
  });
  // The timer itself keeps nothing running.
  if (hasApp) setTimeout(() => process.exit(), APP_END_MS).unref();
}

void main();
