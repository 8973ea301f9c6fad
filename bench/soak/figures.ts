import type { SoakArguments } from './arguments.js';
import type { HeapSlope } from './heap-slope.js';
import type { Judgement } from './judge.js';
import type { LoadFigures } from './load.js';
import type { Latency } from './outcomes.js';

export type Handles = Readonly<Record<string, number>>;

/** The results of one run. */
export interface SoakFigures {
  readonly demand: SoakArguments;
  /** Logins per second in the closed loop. */
  readonly capacity: number;
  readonly steady: SteadyFigures;
  readonly overload: LoadFigures & {
    readonly connections: number;
    /** Logins at the steady rate, one on each connection. */
    readonly opening: LoadFigures;
    readonly maxInFlight: number;
    readonly serverEventLoopDelayP99Ms: number;
  };
  readonly recovery: RecoveryFigures;
  readonly judgement: Judgement;
  /** The redirects and users that were counted. All of them must be checked. */
  readonly goodAnswers: number;
  /** One event per request. */
  readonly requests: number;
  readonly auditEvents: number;
}

export interface SteadyFigures {
  readonly requests: number;
  readonly loginsPerSecond: number;
  readonly turnedAway: number;
  /** Additional visitors who disconnected before or right after their response. */
  readonly left: number;
  readonly errors: Readonly<Record<string, number>>;
  readonly latencyMs: Latency;
  /** One value per window, so that one bad moment of the machine does not decide the result. */
  readonly windowP99sMs: readonly number[];
  /** The median of the windows' p99. */
  readonly serverEventLoopDelayP99Ms: number;
  readonly loadEventLoopDelayP99Ms: number;
  readonly maxInFlight: number;
  readonly heapBytes: { readonly start: number; readonly end: number };
  readonly slope: HeapSlope | undefined;
  readonly handles: { readonly start: Handles; readonly end: Handles };
}

export interface RecoveryFigures {
  /** From the end of the overload to its last response. */
  readonly drainSeconds: number;
  /** Windows of one second. */
  readonly windows: readonly {
    readonly p99Ms: number;
    readonly turnedAway: number;
    readonly errors: Readonly<Record<string, number>>;
  }[];
}

/** The total number of errors. */
export function countOf(errors: Readonly<Record<string, number>>): number {
  return Object.values(errors).reduce((sum, count) => sum + count, 0);
}
