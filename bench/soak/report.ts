import { countOf, type Handles, type SoakFigures } from './figures.js';
import { findRecoverySeconds, type Verdict } from './verdict.js';

const MEGABYTE = 2 ** 20;

/** Formats the results of a run as text. */
export function describeRun(figures: SoakFigures, { failures, remarks }: Verdict): string {
  const { demand, capacity, steady, overload, recovery, judgement } = figures;
  const { latencyMs, slope } = steady;
  const seconds = findRecoverySeconds(steady, recovery);
  const rows: [string, string][] = [
    [
      'Steady load',
      `${whole(demand.rate)} logins per second for ${whole(demand.seconds)} s on ${demand.platform}`,
    ],
    ['  reached', `${whole(steady.loginsPerSecond)} logins per second, ${whole(steady.requests)} requests`],
    [
      '  errors',
      `${whole(countOf(steady.errors))}, turned away ${whole(steady.turnedAway)}; ${whole(steady.left)} other visitors disconnected early`,
    ],
    [
      '  latency from due time',
      `p50 ${ms(latencyMs.p50)}, p95 ${ms(latencyMs.p95)}, p99 ${ms(latencyMs.p99)}, max ${ms(latencyMs.max)}`,
    ],
    [
      '  event-loop delay, p99',
      `${ms(steady.serverEventLoopDelayP99Ms)}; of the load process ${ms(steady.loadEventLoopDelayP99Ms)}`,
    ],
    ['  max in flight', whole(steady.maxInFlight)],
    [
      '  heap after collection',
      `${megabytes(steady.heapBytes.start)} at start, ${megabytes(steady.heapBytes.end)} at end`,
    ],
    [
      '  heap slope',
      slope === undefined
        ? 'none'
        : `${whole(slope.bytesPerThousandRequests)} bytes per 1,000 requests, over ${whole(slope.requests)}`,
    ],
    ['Handles', `${handles(steady.handles.start)} at start, ${handles(steady.handles.end)} at end`],
    ['Capacity', `${whole(capacity)} logins per second, closed loop`],
    [
      'Overload',
      `${whole(overload.due)} requests due in ${whole(overload.sendingSeconds)} s, ${whole(overload.sent)} sent on ${whole(overload.connections)} connections`,
    ],
    [
      '  responses',
      `${whole(overload.counts.redirect + overload.counts.user)} good, ${whole(overload.counts['turned away'])} 503 with Retry-After, ${whole(countOf(overload.errors))} others`,
    ],
    ['  max in flight', whole(overload.maxInFlight)],
    [
      'Recovery',
      seconds === undefined
        ? 'none'
        : `after ${seconds.toFixed(1)} s; p99 per second ${recovery.windows.map(({ p99Ms }) => ms(p99Ms)).join(', ')}`,
    ],
    ['Audit events', `${whole(figures.auditEvents)} of ${whole(figures.requests)} requests`],
    [
      'Checked',
      `${whole(judgement.judged)} of ${whole(figures.goodAnswers)} responses, ${whole(countOf(judgement.faults))} wrong`,
    ],
  ];
  return [
    ...rows.map(([name, value]) => `${name.padEnd(26)}${value}`),
    '',
    ...remarks,
    ...(failures.length === 0 ? ['Passed.'] : ['Failed:', ...failures.map((failure) => `  ${failure}`)]),
  ].join('\n');
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}

function megabytes(bytes: number): string {
  return `${(bytes / MEGABYTE).toFixed(2)} MB`;
}

function handles(counts: Handles): string {
  return Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(' + ');
}
