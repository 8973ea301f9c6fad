#!/usr/bin/env node
import { buffer } from 'node:stream/consumers';
import { runCommandLine } from './cli.js';

// Who reads the output may stop before its end: `… | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

async function main(): Promise<void> {
  process.exitCode = await runCommandLine(process.argv.slice(2), {
    env: process.env,
    directory: process.cwd(),
    stdout: process.stdout,
    stderr: process.stderr,
    readInput: () => buffer(process.stdin),
    now: () => Date.now(),
  });
}

void main();
