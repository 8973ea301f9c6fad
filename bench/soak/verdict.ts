import { median } from 'simple-statistics';
import {
  countOf,
  type Handles,
  type RecoveryFigures,
  type SoakFigures,
  type SteadyFigures,
} from './figures.js';

const MAX_BYTES_PER_THOUSAND_REQUESTS = 1_024;

/** With fewer requests, late compilation and caching by the engine would outweigh a leak. */
export const REQUESTS_FOR_A_SLOPE = 250_000;

const MAX_RECOVERY_SECONDS = 5;

/** Recovered means a p99 of at most three times the undisturbed p99, or that of the worst undisturbed window. */
const NEAR = 3;

/** The share of the requested rate that must be reached for valid figures. */
const MIN_RATE_SHARE = 0.95;

/** The failures of a run, and remarks on checks that it was too short for. */
export interface Verdict {
  readonly failures: readonly string[];
  readonly remarks: readonly string[];
}

export function judgeRun(figures: SoakFigures): Verdict {
  const { steady, overload, recovery, judgement, goodAnswers, demand } = figures;
  const remarks: string[] = [];
  const failures = [
    ...errorsOf('The steady load', steady.errors),
    ...(steady.turnedAway > 0 ? [`The steady load: ${steady.turnedAway} requests were turned away.`] : []),
    ...(steady.loginsPerSecond < demand.rate * MIN_RATE_SHARE
      ? [`Only ${Math.round(steady.loginsPerSecond)} logins per second were reached. Use a lower --rate.`]
      : []),
    ...errorsOf('The responses', judgement.faults),
    ...(judgement.judged === goodAnswers
      ? []
      : [`Only ${judgement.judged} of ${goodAnswers} responses were checked: the others may be wrong.`]),
    ...(figures.auditEvents === figures.requests
      ? []
      : [`There are ${figures.auditEvents} audit events for ${figures.requests} requests.`]),
    ...errorsOf('Before the overload', overload.opening.errors),
    ...errorsOf('The overload', overload.errors),
    ...(overload.counts['turned away'] === 0
      ? ['The overload: no request was turned away, so the limit did not work.']
      : []),
    ...findGrownHandles(steady.handles.start, steady.handles.end),
    ...findRecoveryFailures(steady, recovery),
  ];
  const { slope } = steady;
  if (slope === undefined || slope.requests < REQUESTS_FOR_A_SLOPE) {
    remarks.push(
      `The heap slope is not checked: that takes ${REQUESTS_FOR_A_SLOPE.toLocaleString('en-US')} requests after ` +
        `the warm-up, and there were ${(slope?.requests ?? 0).toLocaleString('en-US')}.`,
    );
  } else if (slope.bytesPerThousandRequests > MAX_BYTES_PER_THOUSAND_REQUESTS) {
    failures.push('The heap grows by more than 1 KB per 1,000 requests.');
  }
  return { failures, remarks };
}

/** Seconds from the end of the overload to recovery; `undefined` if there was none. */
export function findRecoverySeconds(steady: SteadyFigures, recovery: RecoveryFigures): number | undefined {
  const maxP99Ms = Math.max(NEAR * median([...steady.windowP99sMs]), ...steady.windowP99sMs);
  const index = recovery.windows.findIndex(({ p99Ms, turnedAway }) => turnedAway === 0 && p99Ms <= maxP99Ms);
  return index === -1 ? undefined : recovery.drainSeconds + index;
}

function findRecoveryFailures(steady: SteadyFigures, recovery: RecoveryFigures): string[] {
  const seconds = findRecoverySeconds(steady, recovery);
  const failures = recovery.windows.flatMap(({ errors }) => errorsOf('The recovery', errors));
  if (seconds === undefined || seconds > MAX_RECOVERY_SECONDS) {
    failures.push(`The server did not recover from the overload within ${MAX_RECOVERY_SECONDS} seconds.`);
  }
  const late = recovery.windows.slice(MAX_RECOVERY_SECONDS).filter(({ turnedAway }) => turnedAway > 0);
  if (late.length > 0) failures.push('Requests were still turned away after the overload.');
  return failures;
}

function findGrownHandles(start: Handles, end: Handles): string[] {
  return Object.entries(end)
    .filter(([name, count]) => count > (start[name] ?? 0))
    .map(([name, count]) => `Handles grew: ${name} from ${start[name] ?? 0} to ${count}.`);
}

function errorsOf(where: string, errors: Readonly<Record<string, number>>): string[] {
  return countOf(errors) === 0
    ? []
    : Object.entries(errors).map(([what, count]) => `${where}: ${count} × ${what}`);
}
