import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import type { Outcome } from './connections.js';
import type { SoakRequest } from './visitors.js';

const MICROSECONDS = 1_000;

/** Milliseconds from when a request was due to the end of its response. */
export interface Latency {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** The type of a response; anything else is an error with a description. */
export type Kind = 'redirect' | 'user' | 'turned away';

/** The type of an outcome: a type of response, or the error. */
export function classify({ kind }: SoakRequest, outcome: Outcome): { kind: Kind } | { error: string } {
  if ('failure' in outcome) return { error: outcome.failure };
  const { status, headers } = outcome;
  if (kind === 'login' && status === 302) return { kind: 'redirect' };
  if (kind === 'user-info' && status === 200) return { kind: 'user' };
  if (status !== 503) return { error: `${kind} answered ${status}` };
  return /^[1-9]\d*$/.test(String(headers['retry-after']))
    ? { kind: 'turned away' }
    : { error: `${kind} answered 503 without Retry-After` };
}

/** Counts the outcomes of a period. */
export class Outcomes {
  readonly counts: Record<Kind, number> = { redirect: 0, user: 0, 'turned away': 0 };
  readonly errors: Record<string, number> = {};
  readonly #latency = createHistogram();

  add(outcome: { kind: Kind } | { error: string }, latencyMs: number): void {
    if ('error' in outcome) {
      this.errors[outcome.error] = (this.errors[outcome.error] ?? 0) + 1;
      return;
    }
    this.counts[outcome.kind] += 1;
    // Requests that were turned away at once would make the others look fast.
    if (outcome.kind !== 'turned away')
      this.#latency.record(Math.max(1, Math.round(latencyMs * MICROSECONDS)));
  }

  addLatencyTo(total: RecordableHistogram): void {
    total.add(this.#latency);
  }

  get latency(): Latency {
    return readLatency(this.#latency);
  }
}

/** All zero if nothing was recorded. */
export function readLatency(histogram: RecordableHistogram): Latency {
  if (histogram.count === 0) return { p50: 0, p95: 0, p99: 0, max: 0 };
  const at = (percentile: number): number => histogram.percentile(percentile) / MICROSECONDS;
  return { p50: at(50), p95: at(95), p99: at(99), max: histogram.max / MICROSECONDS };
}
