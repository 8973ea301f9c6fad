import { linearRegression } from 'simple-statistics';

/** The heap size after a collection, by the number of answered requests. */
export interface HeapSample {
  readonly requests: number;
  readonly heapBytes: number;
}

/** How the heap grows after the warm-up. */
export interface HeapSlope {
  /** The slope of the best-fitting line (least squares). */
  readonly bytesPerThousandRequests: number;
  /** Requests between the first sample after the warm-up and the last one. */
  readonly requests: number;
}

/** The share of samples that are warm-up, while caches fill and code is compiled. */
const WARM_UP = 0.25;

/** `undefined` with fewer than two samples after the warm-up. */
export function fitHeapSlope(samples: readonly HeapSample[]): HeapSlope | undefined {
  const warm = samples.slice(Math.ceil(samples.length * WARM_UP));
  const [first] = warm;
  const last = warm.at(-1);
  if (first === undefined || last === undefined || last.requests === first.requests) return undefined;
  const { m } = linearRegression(warm.map(({ requests, heapBytes }) => [requests / 1_000, heapBytes]));
  return { bytesPerThousandRequests: m, requests: last.requests - first.requests };
}
