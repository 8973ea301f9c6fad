import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SUMS = ['injections', 'otherRequests', 'verifiedTokens', 'wrongTokens', 'unhandled', 'leaks'];

/** Sums the counts of the fault specs, and prints them at the end. */
export default class FaultsReporter {
  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'faults-'));
    // Set before the first worker starts, since workers get a copy of the environment.
    process.env.FAULT_COUNTS_FOLDER = this.folder;
  }

  onRunComplete(_contexts, { numTotalTestSuites, numFailedTests, numRuntimeErrorTestSuites }) {
    const counts = readdirSync(this.folder)
      .flatMap((file) => readFileSync(join(this.folder, file), 'utf8').trim().split('\n'))
      .map((line) => JSON.parse(line));
    rmSync(this.folder, { recursive: true });
    const kinds = new Set(counts.flatMap((count) => count.kinds)).size;
    const sums = Object.fromEntries(
      SUMS.map((name) => [name, counts.reduce((sum, count) => sum + count[name], 0).toLocaleString('en-US')]),
    );
    const lines = [
      '',
      `Faults: ${kinds} kinds, ${sums.injections} injections, along with ${sums.otherRequests} requests of other tenants`,
      `Tokens verified: ${sums.verifiedTokens}, wrong: ${sums.wrongTokens}`,
      `Unhandled rejections and exceptions: ${sums.unhandled}`,
      `Leaked timers and handles: ${sums.leaks}`,
    ];
    const isWhole = counts.length === numTotalTestSuites && numFailedTests + numRuntimeErrorTestSuites === 0;
    if (!isWhole) lines.push('Some specs failed, so these counts are incomplete.');
    process.stderr.write(`${lines.join('\n')}\n`);
  }
}
