import { PackageFault } from './processes.js';

/** Runs steps, prints one line for each, and goes on after a failure, so that one run reports all failures. */
export class Steps {
  #rows = [];

  /**
   * Runs one step.
   * @param task resolves with a note, in the place of the seconds that it took
   * @returns whether it succeeded
   */
  async run(name, task) {
    const since = performance.now();
    const row = { isGood: true, note: '' };
    try {
      row.note = (await task()) ?? `${((performance.now() - since) / 1_000).toFixed(1)} s`;
    } catch (error) {
      row.isGood = false;
      row.note = error instanceof PackageFault ? error.message : error.stack;
    }
    this.#rows.push(row);
    process.stdout.write(`${row.isGood ? '✓' : '✗'} ${name.padEnd(58)} ${row.note}\n`);
    return row.isGood;
  }

  /** Prints the number of steps and of failures; the process ends with 1 if there are any. */
  finish() {
    const failures = this.#rows.filter(({ isGood }) => !isGood).length;
    process.stdout.write(`\n${this.#rows.length} checks, ${failures} failed.\n`);
    if (failures > 0) process.exitCode = 1;
  }
}
