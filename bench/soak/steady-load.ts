import { median } from 'simple-statistics';
import type { SoakArguments } from './arguments.js';
import type { Child } from '../child-calls.js';
import type { SteadyFigures } from './figures.js';
import { fitHeapSlope, type HeapSample } from './heap-slope.js';
import type { LoadCalls, LoadFigures } from './load.js';
import type { ServerSample } from './server-sample.js';
import type { ServerCalls } from './server.js';

const MIN_WINDOW_SECONDS = 3;
const MIN_WINDOWS = 4;
const MAX_WINDOWS = 40;

/** The results of a steady load, without the handles, which are known only at the end. */
export type SteadyRun = Omit<SteadyFigures, 'handles'> & { readonly goodAnswers: number };

/**
 * A steady load in windows. Between two windows all responses arrive and the heap is collected. So the heap only holds what
 * stays behind, and no forced collection affects the latency.
 */
export async function runSteadyLoad(
  server: Child<ServerCalls>,
  load: Child<LoadCalls>,
  { seconds, rate }: SoakArguments,
): Promise<SteadyRun> {
  const windows: LoadFigures[] = [];
  const samples: ServerSample[] = [];
  const heap: HeapSample[] = [];
  const start = await server.call('sample');
  const count = countWindows(seconds);
  let requests = 0;
  for (let index = 0; index < count; index += 1) {
    const window = await load.call('steady', { loginsPerSecond: rate, seconds: seconds / count });
    const sample = await server.call('sample');
    requests += window.sent;
    windows.push(window);
    samples.push(sample);
    heap.push({ requests, heapBytes: sample.heapBytes });
  }
  const sumOf = (read: (window: LoadFigures) => number): number =>
    windows.reduce((sum, window) => sum + read(window), 0);
  const redirects = sumOf(({ counts }) => counts.redirect);
  return {
    requests,
    loginsPerSecond: redirects / sumOf(({ sendingSeconds }) => sendingSeconds),
    turnedAway: sumOf(({ counts }) => counts['turned away']),
    left: await load.call('left'),
    errors: sumErrors(windows),
    latencyMs: await load.call('steadyLatency'),
    windowP99sMs: windows.map(({ latencyMs }) => latencyMs.p99),
    serverEventLoopDelayP99Ms: median(samples.map(({ eventLoopDelayP99Ms }) => eventLoopDelayP99Ms)),
    loadEventLoopDelayP99Ms: median(windows.map(({ eventLoopDelayP99Ms }) => eventLoopDelayP99Ms)),
    maxInFlight: Math.max(...samples.map(({ maxInFlight }) => maxInFlight)),
    heapBytes: { start: start.heapBytes, end: samples.at(-1)?.heapBytes ?? start.heapBytes },
    slope: fitHeapSlope(heap),
    goodAnswers: redirects + sumOf(({ counts }) => counts.user),
  };
}

function countWindows(seconds: number): number {
  return Math.min(MAX_WINDOWS, Math.max(MIN_WINDOWS, Math.floor(seconds / MIN_WINDOW_SECONDS)));
}

function sumErrors(windows: readonly LoadFigures[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const { errors, due, sent } of windows) {
    for (const [error, count] of Object.entries(errors)) sum[error] = (sum[error] ?? 0) + count;
    if (sent < due) sum['never sent'] = (sum['never sent'] ?? 0) + due - sent;
  }
  return sum;
}
