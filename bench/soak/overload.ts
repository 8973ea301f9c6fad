import type { SoakArguments } from './arguments.js';
import type { Child } from '../child-calls.js';
import type { RecoveryFigures, SoakFigures } from './figures.js';
import type { LoadCalls, LoadFigures } from './load.js';
import type { ServerCalls } from './server.js';

const TIMES_CAPACITY = 5;
const OVERLOAD_SECONDS = 5;
const RECOVERY_SECONDS = 10;

/** More than the app handles at once, so that its limit is reached. */
const CONNECTIONS = 2_500;

/** Five times the capacity of the server, then the steady rate again, second by second. */
export async function runOverload(
  server: Child<ServerCalls>,
  load: Child<LoadCalls>,
  { rate }: SoakArguments,
  capacity: number,
): Promise<Pick<SoakFigures, 'overload' | 'recovery' | 'goodAnswers' | 'requests'>> {
  const { opening, flood } = await load.call('flood', {
    openedPerSecond: rate,
    loginsPerSecond: capacity * TIMES_CAPACITY,
    seconds: OVERLOAD_SECONDS,
    connections: CONNECTIONS,
  });
  const seconds: LoadFigures[] = [];
  while (seconds.length < RECOVERY_SECONDS) {
    seconds.push(await load.call('steady', { loginsPerSecond: rate, seconds: 1 }));
  }
  const { maxInFlight, eventLoopDelayP99Ms } = await server.call('sample');
  return {
    overload: {
      ...flood,
      opening,
      connections: CONNECTIONS,
      maxInFlight,
      serverEventLoopDelayP99Ms: eventLoopDelayP99Ms,
    },
    recovery: describeRecovery(flood, seconds),
    requests: [opening, flood, ...seconds].reduce((sum, { sent }) => sum + sent, 0),
    goodAnswers: [opening, flood, ...seconds].reduce(
      (sum, { counts }) => sum + counts.redirect + counts.user,
      0,
    ),
  };
}

function describeRecovery(flood: LoadFigures, seconds: readonly LoadFigures[]): RecoveryFigures {
  return {
    drainSeconds: flood.answeredSeconds - flood.sendingSeconds,
    windows: seconds.map(({ latencyMs, counts, errors }) => ({
      p99Ms: latencyMs.p99,
      turnedAway: counts['turned away'],
      errors,
    })),
  };
}
