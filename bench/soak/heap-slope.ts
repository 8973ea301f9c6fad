import { linearRegression } from 'simple-statistics';

/** The heap after a collection, by the number of requests that had been answered. */
export interface HeapSample {
  readonly requests: number;
  readonly heapBytes: number;
}

/** How the heap goes on once it is warm. */
export interface HeapSlope {
  /** Of the line that fits best (least squares). */
  readonly bytesPerThousandRequests: number;
  /** Requests from the first sample that counts to the last. */
  readonly requests: number;
}

/** The part of the samples that does not count: caches fill and code is compiled. */
const WARM_UP = 0.25;

/** `undefined` where there are not two samples left to draw a line through. */
export function fitHeapSlope(samples: readonly HeapSample[]): HeapSlope | undefined {
  const warm = samples.slice(Math.ceil(samples.length * WARM_UP));
  const [first] = warm;
  const last = warm.at(-1);
  if (first === undefined || last === undefined || last.requests === first.requests) return undefined;
  const { m } = linearRegression(warm.map(({ requests, heapBytes }) => [requests / 1_000, heapBytes]));
  return { bytesPerThousandRequests: m, requests: last.requests - first.requests };
}
