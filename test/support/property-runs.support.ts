import { expect } from '@jest/globals';
import { defaultReportMessage, type RunDetails } from 'fast-check';
import { recordTally } from './tally.support.js';

/** What is read of how a property went: the parts that say nothing of its inputs' type. */
type Report = Pick<RunDetails<unknown>, 'failed' | 'numRuns' | 'errorInstance'>;

/** What a property is run with. */
export interface PropertyRuns {
  readonly numRuns: number;
  readonly reporter: (report: Report) => void;
}

/**
 * How often a property of what parses or builds a string is tried: as often as the spec says in `npm test`, and as
 * often as the environment variable PROPERTY_RUNS says where it is set. `npm run test:corpora` sets it, runs every unit
 * spec that imports this file, and counts the runs. Properties of other things say `{ numRuns }` themselves.
 */
export function propertyRuns(byDefault: number): PropertyRuns {
  return { numRuns: Number(process.env['PROPERTY_RUNS'] ?? byDefault), reporter: reportRuns };
}

/** As fast-check's own reporter, which throws when a run failed. */
function reportRuns(report: Report): void {
  recordTally({ property: expect.getState().currentTestName ?? '', runs: report.numRuns });
  if (!report.failed) return;
  throw new Error(defaultReportMessage(report as RunDetails<unknown>), { cause: report.errorInstance });
}
