import { setTimeout as wait } from 'node:timers/promises';
import { readArguments, type SoakArguments } from './arguments.js';
import { Child } from '../child-calls.js';
import type { Handles, SoakFigures } from './figures.js';
import type { LoadCalls, LoadFigures } from './load.js';
import { runOverload } from './overload.js';
import { describeRun } from './report.js';
import type { ServerSample } from './server-sample.js';
import type { ServerCalls } from './server.js';
import { runSteadyLoad } from './steady-load.js';
import { judgeRun } from './verdict.js';

/** Seconds of closed loop. The best second is the capacity, since other work on the machine can only slow it down. */
const CAPACITY_SECONDS = 5;

/** How long closed connections may take to disappear from the server. */
const SETTLING_SECONDS = 10;

/** `npm run soak` prints figures and a verdict, or only one JSON object with `--json`. */
async function run(demand: SoakArguments): Promise<void> {
  const server = new Child<ServerCalls>(new URL('server.js', import.meta.url), ['--expose-gc']);
  const load = new Child<LoadCalls>(new URL('load.js', import.meta.url));
  try {
    const figures = await measure(server, load, demand);
    const verdict = judgeRun(figures);
    const output = demand.isJson ? JSON.stringify({ ...figures, ...verdict }) : describeRun(figures, verdict);
    process.stdout.write(`${output}\n`);
    if (verdict.failures.length > 0) process.exitCode = 1;
  } finally {
    load.stop();
    server.stop();
  }
}

async function measure(
  server: Child<ServerCalls>,
  load: Child<LoadCalls>,
  demand: SoakArguments,
): Promise<SoakFigures> {
  await load.call('start', await server.call('start', demand.platform));
  const saturated: LoadFigures[] = [];
  while (saturated.length < CAPACITY_SECONDS) saturated.push(await load.call('saturate', 1));
  const capacity = Math.max(
    ...saturated.map(({ counts, answeredSeconds }) => counts.redirect / answeredSeconds),
  );
  if (capacity < demand.rate) {
    throw new Error(
      `This machine serves only ${Math.round(capacity)} logins per second now. Use a lower --rate.`,
    );
  }
  const { handles: start } = await server.call('sample');
  const { goodAnswers, ...steady } = await runSteadyLoad(server, load, demand);
  const overloaded = await runOverload(server, load, demand, capacity);
  const { handles: end, auditEvents } = await settle(server, start);
  return {
    demand,
    capacity,
    steady: { ...steady, handles: { start, end } },
    ...overloaded,
    auditEvents,
    requests: saturated.reduce((sum, { sent }) => sum + sent, steady.requests + overloaded.requests),
    judgement: await load.call('judgement'),
    goodAnswers: saturated.reduce(
      (sum, { counts }) => sum + counts.redirect + counts.user,
      goodAnswers + overloaded.goodAnswers,
    ),
  };
}

/** A sample of the server once it has no more handles than at the start, or after the timeout. */
async function settle(server: Child<ServerCalls>, start: Handles): Promise<ServerSample> {
  for (let second = 0; ; second += 1) {
    const sample = await server.call('sample');
    const hasGrown = Object.entries(sample.handles).some(([name, count]) => count > (start[name] ?? 0));
    if (!hasGrown || second === SETTLING_SECONDS) return sample;
    await wait(1_000);
  }
}

try {
  await run(readArguments(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
