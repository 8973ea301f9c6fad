import { describe, expect, it } from '@jest/globals';
import { fitHeapSlope } from '../../../bench/soak/heap-slope.js';

const THOUSAND = 1_000;

/** Forty samples, 5,000 requests apart. */
function samplesOf(heapAfter: (requests: number) => number): { requests: number; heapBytes: number }[] {
  return Array.from({ length: 40 }, (_, index) => {
    const requests = (index + 1) * 5 * THOUSAND;
    return { requests, heapBytes: heapAfter(requests) };
  });
}

describe('the heap slope', () => {
  it('is what each thousand requests leave behind', () => {
    const slope = fitHeapSlope(samplesOf((requests) => 20_000_000 + requests * 64));
    expect(slope?.bytesPerThousandRequests).toBeCloseTo(64 * THOUSAND);
    expect(slope?.requests).toBe(145 * THOUSAND);
  });

  it('does not see the warm-up', () => {
    const slope = fitHeapSlope(samplesOf((requests) => Math.min(20_000_000, 10_000_000 + requests * 200)));
    expect(slope?.bytesPerThousandRequests).toBeCloseTo(0);
  });

  it('is flat where the heap goes up and down', () => {
    const slope = fitHeapSlope(samplesOf((requests) => 20_000_000 + ((requests / 5_000) % 2) * 1_000));
    expect(Math.abs(slope?.bytesPerThousandRequests ?? Infinity)).toBeLessThan(5);
  });

  it.each([[[]], [[{ requests: 1, heapBytes: 1 }]], [samplesOf(() => 1).slice(0, 1)]])(
    'is unknown where there is nothing to draw a line through',
    (samples) => {
      expect(fitHeapSlope(samples)).toBeUndefined();
    },
  );
});
