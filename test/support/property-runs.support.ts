import { expect } from '@jest/globals';
import { defaultReportMessage, type RunDetails } from 'fast-check';
import { recordTally } from './tally.support.js';

/** What is read of how a property went: the parts that say nothing of its inputs' type. */
type Report = Pick<RunDetails<unknown>, 'failed' | 'numRuns' | 'errorInstance'>;

/** What a property is run with. */
export interface PropertyRuns {
  readonly numRuns: number;
  readonly reporter: (report: Report) => void;
  readonly seed?: number;
  readonly endOnFailure?: boolean;
}

/**
 * How often a property of what parses or builds a string is tried: as often as the spec says in `npm test`, and as
 * often as the environment variable PROPERTY_RUNS says where it is set. `npm run test:corpora` sets it, runs every unit
 * spec that imports this file, and counts the runs. Properties of other things say `{ numRuns }` themselves.
 *
 * With PROPERTY_SEED the values are the same ones each time, and one that fails is not made smaller: that it fails is
 * all that mutation testing asks.
 */
export function propertyRuns(defaultRuns: number): PropertyRuns {
  const { PROPERTY_RUNS, PROPERTY_SEED } = process.env;
  return {
    numRuns: Number(PROPERTY_RUNS ?? defaultRuns),
    reporter: reportRuns,
    ...(PROPERTY_SEED !== undefined && { seed: Number(PROPERTY_SEED), endOnFailure: true }),
  };
}

/** As fast-check's own reporter, which throws when a run failed. */
function reportRuns(report: Report): void {
  recordTally({ property: expect.getState().currentTestName ?? '', runs: report.numRuns });
  if (!report.failed) return;
  throw new Error(defaultReportMessage(report as RunDetails<unknown>), { cause: report.errorInstance });
}
