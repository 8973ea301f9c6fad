import { spawn } from 'node:child_process';

/** A failure of a package test. */
export class PackageFault extends Error {}

/** Runs a program to its end. Resolves with its output, even if it fails. */
export function run(command, args, { cwd, env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env } });
    const result = { code: 0, stdout: '', stderr: '' };
    child.stdout.on('data', (text) => (result.stdout += text));
    child.stderr.on('data', (text) => (result.stderr += text));
    child.once('error', reject);
    child.once('close', (code) => resolve({ ...result, code }));
  });
}

/** The same for a program that must succeed. */
export async function runWell(command, args, options) {
  const { code, stdout, stderr } = await run(command, args, options);
  if (code === 0) return stdout;
  const said = `${stdout}\n${stderr}`.trim().split('\n').slice(-12).join('\n');
  throw new PackageFault(`${command} ${args.join(' ')} ended with ${code}:\n${said}`);
}
