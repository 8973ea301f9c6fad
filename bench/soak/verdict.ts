import { median } from 'simple-statistics';
import {
  countOf,
  type Handles,
  type RecoveryFigures,
  type SoakFigures,
  type SteadyFigures,
} from './figures.js';

const MAX_BYTES_PER_THOUSAND_REQUESTS = 1_024;

/** With fewer, what the engine compiles and caches late outweighs what a request could leave behind. */
export const REQUESTS_FOR_A_SLOPE = 250_000;

const MAX_RECOVERY_SECONDS = 5;

/** Near the undisturbed p99: three times it, or what the worst undisturbed window showed. */
const NEAR = 3;

/** The part of the asked rate that must have been reached for the figures to be about it. */
const MIN_RATE_SHARE = 0.95;

/** What a run is found guilty of, and what it was too short to be judged by. */
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
      ? [`Only ${Math.round(steady.loginsPerSecond)} logins a second were reached: give a lower --rate.`]
      : []),
    ...errorsOf('The answers', judgement.faults),
    ...(judgement.judged === goodAnswers
      ? []
      : [`Of ${goodAnswers} answers ${judgement.judged} were judged: the others may be wrong.`]),
    ...(figures.auditEvents === figures.requests
      ? []
      : [`Of ${figures.requests} requests there are ${figures.auditEvents} audit events.`]),
    ...errorsOf('Before the overload', overload.opening.errors),
    ...errorsOf('The overload', overload.errors),
    ...(overload.counts['turned away'] === 0
      ? ['The overload: no request was turned away, so all of it was taken on.']
      : []),
    ...findGrownHandles(steady.handles.start, steady.handles.end),
    ...findRecoveryFailures(steady, recovery),
  ];
  const { slope } = steady;
  if (slope === undefined || slope.requests < REQUESTS_FOR_A_SLOPE) {
    remarks.push(
      `The heap slope is not judged: that takes ${REQUESTS_FOR_A_SLOPE.toLocaleString('en-US')} requests after ` +
        `the warm-up, and there were ${(slope?.requests ?? 0).toLocaleString('en-US')}.`,
    );
  } else if (slope.bytesPerThousandRequests > MAX_BYTES_PER_THOUSAND_REQUESTS) {
    failures.push('The heap grows by more than 1 KB per 1,000 requests.');
  }
  return { failures, remarks };
}

/** Seconds from the end of the overload until all was normal; `undefined`: it never was. */
export function findRecoverySeconds(steady: SteadyFigures, recovery: RecoveryFigures): number | undefined {
  const maxP99Ms = Math.max(NEAR * median([...steady.windowP99sMs]), ...steady.windowP99sMs);
  const index = recovery.windows.findIndex(({ p99Ms, turnedAway }) => turnedAway === 0 && p99Ms <= maxP99Ms);
  return index === -1 ? undefined : recovery.drainSeconds + index;
}

function findRecoveryFailures(steady: SteadyFigures, recovery: RecoveryFigures): string[] {
  const seconds = findRecoverySeconds(steady, recovery);
  const failures = recovery.windows.flatMap(({ errors }) => errorsOf('The recovery', errors));
  if (seconds === undefined || seconds > MAX_RECOVERY_SECONDS) {
    failures.push(`After the overload it was not normal within ${MAX_RECOVERY_SECONDS} seconds.`);
  }
  const late = recovery.windows.slice(MAX_RECOVERY_SECONDS).filter(({ turnedAway }) => turnedAway > 0);
  if (late.length > 0) failures.push('After the overload requests were still turned away.');
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
