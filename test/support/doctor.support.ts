import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from '@jest/globals';
import type { Finding } from '../../libs/mintlify-personalization-command/src/doctor/finding.js';
import { DOCS_PUBLIC_KEY } from './docs-arrival.support.js';
import type { CommandResult } from './terminal.support.js';

/**
 * The directory in which the doctor runs, anew for each test: `public.pem` is the docs' key, `other.pem` somebody
 * else's.
 */
export function useDoctorsDirectory(): () => string {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'mintlify-doctor-'));
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;
    await writeFile(join(directory, 'public.pem'), DOCS_PUBLIC_KEY.export({ format: 'pem', type: 'spki' }));
    await writeFile(join(directory, 'other.pem'), other.export({ format: 'pem', type: 'spki' }));
  });
  afterEach(() => rm(directory, { recursive: true }));
  return () => directory;
}

/** What the doctor said with `--json`. */
export function readFindings({ output }: CommandResult): Finding[] {
  return (JSON.parse(output) as { findings: Finding[] }).findings;
}
