import type { SoakArguments } from './arguments.js';
import type { HeapSlope } from './heap-slope.js';
import type { Judgement } from './judge.js';
import type { LoadFigures } from './load.js';
import type { Latency } from './outcomes.js';

export type Handles = Readonly<Record<string, number>>;

/** What one run found. */
export interface SoakFigures {
  readonly demand: SoakArguments;
  /** Logins a second of the closed loop. */
  readonly capacity: number;
  readonly steady: SteadyFigures;
  readonly overload: LoadFigures & {
    readonly connections: number;
    /** At the steady rate, a login on each connection. */
    readonly opening: LoadFigures;
    readonly maxInFlight: number;
    readonly serverEventLoopDelayP99Ms: number;
  };
  readonly recovery: RecoveryFigures;
  readonly judgement: Judgement;
  /** Redirects and users that were counted: all of them are to be judged. */
  readonly goodAnswers: number;
  /** Of all requests one each. */
  readonly requests: number;
  readonly auditEvents: number;
}

export interface SteadyFigures {
  readonly requests: number;
  readonly loginsPerSecond: number;
  readonly turnedAway: number;
  /** Visitors beside them who left before they were answered, or right after it. */
  readonly left: number;
  readonly errors: Readonly<Record<string, number>>;
  readonly latencyMs: Latency;
  /** Of each window, so that one bad moment of the machine does not stand for all. */
  readonly windowP99sMs: readonly number[];
  /** Medians of the windows' p99. */
  readonly serverEventLoopDelayP99Ms: number;
  readonly loadEventLoopDelayP99Ms: number;
  readonly maxInFlight: number;
  readonly heapBytes: { readonly start: number; readonly end: number };
  readonly slope: HeapSlope | undefined;
  readonly handles: { readonly start: Handles; readonly end: Handles };
}

export interface RecoveryFigures {
  /** From the end of the overload to its last answer. */
  readonly drainSeconds: number;
  /** One second each. */
  readonly windows: readonly {
    readonly p99Ms: number;
    readonly turnedAway: number;
    readonly errors: Readonly<Record<string, number>>;
  }[];
}

/** How many errors there were in all. */
export function countOf(errors: Readonly<Record<string, number>>): number {
  return Object.values(errors).reduce((sum, count) => sum + count, 0);
}
