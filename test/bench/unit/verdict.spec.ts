import { describe, expect, it } from '@jest/globals';
import type { SoakFigures } from '../../../bench/soak/figures.js';
import { judgeRun } from '../../../bench/soak/verdict.js';

const LOAD = {
  due: 1_000,
  sent: 1_000,
  sendingSeconds: 1,
  answeredSeconds: 1.5,
  counts: { redirect: 900, user: 90, 'turned away': 10 },
  errors: {},
  latencyMs: { p50: 1, p95: 2, p99: 3, max: 4 },
  eventLoopDelayP99Ms: 1,
};
const NORMAL = { p99Ms: 3, turnedAway: 0, errors: {} };

const GOOD: SoakFigures = {
  demand: { seconds: 600, rate: 1_000, platform: 'express', isJson: false },
  capacity: 5_000,
  steady: {
    requests: 660_000,
    loginsPerSecond: 1_000,
    turnedAway: 0,
    left: 0,
    errors: {},
    latencyMs: LOAD.latencyMs,
    windowP99sMs: [3, 3, 4],
    serverEventLoopDelayP99Ms: 1,
    loadEventLoopDelayP99Ms: 1,
    maxInFlight: 20,
    heapBytes: { start: 20_000_000, end: 20_100_000 },
    slope: { bytesPerThousandRequests: 100, requests: 495_000 },
    handles: { start: { TCPSocketWrap: 64 }, end: { TCPSocketWrap: 64 } },
  },
  overload: { ...LOAD, connections: 2_500, opening: LOAD, maxInFlight: 1_000, serverEventLoopDelayP99Ms: 9 },
  recovery: {
    drainSeconds: 0.5,
    windows: [{ ...NORMAL, p99Ms: 90 }, NORMAL, NORMAL, NORMAL, NORMAL, NORMAL],
  },
  judgement: { judged: 661_000, faults: {} },
  goodAnswers: 661_000,
  requests: 661_010,
  auditEvents: 661_010,
};

const { steady, overload, recovery } = GOOD;
const LATE = { ...NORMAL, p99Ms: 90 };

describe('the verdict on a run', () => {
  it('is that it passed, when nothing was wrong', () => {
    expect(judgeRun(GOOD)).toEqual({ failures: [], remarks: [] });
  });

  it.each<[string, Partial<SoakFigures>]>([
    ['The steady load: 2 × ECONNRESET', { steady: { ...steady, errors: { ECONNRESET: 2 } } }],
    ['The steady load: 3 requests were turned away.', { steady: { ...steady, turnedAway: 3 } }],
    ['Only 900 logins per second were reached', { steady: { ...steady, loginsPerSecond: 900 } }],
    [
      'The responses: 1 × A token has no exp.',
      { judgement: { judged: 661_000, faults: { 'A token has no exp.': 1 } } },
    ],
    ['Only 660999 of 661000 responses were checked', { judgement: { judged: 660_999, faults: {} } }],
    ['There are 661009 audit events for 661010 requests.', { auditEvents: 661_009 }],
    [
      'Before the overload: 1 × ECONNREFUSED',
      { overload: { ...overload, opening: { ...LOAD, errors: { ECONNREFUSED: 1 } } } },
    ],
    [
      'The overload: 1 × login answered 500',
      { overload: { ...overload, errors: { 'login answered 500': 1 } } },
    ],
    [
      'no request was turned away',
      { overload: { ...overload, counts: { redirect: 990, user: 10, 'turned away': 0 } } },
    ],
    [
      'Handles grew: TCPSocketWrap from 64 to 65.',
      { steady: { ...steady, handles: { start: { TCPSocketWrap: 64 }, end: { TCPSocketWrap: 65 } } } },
    ],
    [
      'Handles grew: Timeout from 0 to 1.',
      { steady: { ...steady, handles: { start: {}, end: { Timeout: 1 } } } },
    ],
    [
      'more than 1 KB per 1,000 requests',
      { steady: { ...steady, slope: { bytesPerThousandRequests: 1_025, requests: 250_000 } } },
    ],
    [
      'did not recover from the overload within 5 seconds',
      { recovery: { drainSeconds: 0, windows: [LATE, LATE, LATE, LATE, LATE, LATE, NORMAL] } },
    ],
    ['did not recover from the overload within 5 seconds', { recovery: { ...recovery, drainSeconds: 4.5 } }],
    ['did not recover from the overload within 5 seconds', { recovery: { ...recovery, windows: [LATE] } }],
    [
      'still turned away',
      { recovery: { ...recovery, windows: [...recovery.windows, { ...NORMAL, turnedAway: 1 }] } },
    ],
    [
      'The recovery: 1 × ECONNRESET',
      { recovery: { ...recovery, windows: [NORMAL, { ...NORMAL, errors: { ECONNRESET: 1 } }] } },
    ],
  ])('names what was wrong: %s', (failure, change) => {
    const { failures } = judgeRun({ ...GOOD, ...change });
    expect(failures).toEqual([expect.stringContaining(failure)]);
  });

  it('says that a short run tells nothing of the heap', () => {
    const slope = { bytesPerThousandRequests: 100_000, requests: 249_999 };
    const { failures, remarks } = judgeRun({ ...GOOD, steady: { ...steady, slope } });
    expect(failures).toEqual([]);
    expect(remarks).toEqual([expect.stringContaining('The heap slope is not checked')]);
  });

  it('takes a machine that was restless all along for what it is', () => {
    const windowP99sMs = [3, 3, 95];
    const restless = { drainSeconds: 0, windows: Array.from({ length: 10 }, () => LATE) };
    expect(judgeRun({ ...GOOD, steady: { ...steady, windowP99sMs }, recovery: restless }).failures).toEqual(
      [],
    );
  });
});
