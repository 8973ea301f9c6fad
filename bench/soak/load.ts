import { createHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import { answerParent, Child } from '../child-calls.js';
import { Connections, type Outcome } from './connections.js';
import type { JudgeCalls, Judgement, Claim } from './judge.js';
import { Leavers } from './leavers.js';
import { runOpenLoop, type Sending, type Sent } from './open-loop.js';
import { classify, Outcomes, readLatency, type Kind, type Latency } from './outcomes.js';
import type { Started } from './server.js';
import { httpRequestOf, requestOf, REQUESTS_PER_LOGIN } from './visitors.js';

const STEADY_CONNECTIONS = 64;

/** How long a steady request may wait for a connection before the run fails. */
const PATIENCE_SECONDS = 5;

const CLAIMS_AT_ONCE = 500;
const RESOLUTION_MS = 1;
const NANOSECONDS = 1_000_000;

/** The results of a period of load. */
export interface LoadFigures extends Sent {
  readonly counts: Readonly<Record<Kind, number>>;
  readonly errors: Readonly<Record<string, number>>;
  readonly latencyMs: Latency;
  /** The event-loop delay of the load process. If it is high, the load process was too slow. */
  readonly eventLoopDelayP99Ms: number;
}

/** A flood on connections that are opened before and closed after it. */
export interface FloodDemand {
  readonly connections: number;
  /** Logins per second while the connections are opened, one on each. */
  readonly openedPerSecond: number;
  readonly loginsPerSecond: number;
  readonly seconds: number;
}

/** The results of a flood, and of opening its connections. */
export interface FloodFigures {
  readonly opening: LoadFigures;
  readonly flood: LoadFigures;
}

/** The functions of the load process. */
export interface LoadCalls {
  start(server: Started): Promise<void>;
  /** As many logins as a few connections can take, each after the previous response. */
  saturate(seconds: number): Promise<LoadFigures>;
  steady(load: { loginsPerSecond: number; seconds: number }): Promise<LoadFigures>;
  /** On separate connections: see {@link FloodDemand}. */
  flood(load: FloodDemand): Promise<FloodFigures>;
  /** Latencies over all steady loads. */
  steadyLatency(): Latency;
  /** How many visitors disconnected before or right after their response. */
  left(): number;
  /** Resolves when all responses are checked. */
  judgement(): Promise<Judgement>;
}

class Load implements LoadCalls {
  readonly #judge = new Child<JudgeCalls>(new URL('judge.js', import.meta.url));
  readonly #steadyLatency = createHistogram();
  #claims: Claim[] = [];
  #number = 0;
  #server: Pick<Started, 'origin' | 'visitors'> = { origin: '', visitors: [] };
  #leavers: Leavers | undefined;
  #connections = new Connections('http://127.0.0.1', 0);

  async start(server: Started): Promise<void> {
    this.#server = server;
    this.#leavers = new Leavers(new URL(server.origin), server.leaver);
    this.#connections = new Connections(server.origin, STEADY_CONNECTIONS);
    await this.#judge.call('start', server.visitors);
  }

  saturate(seconds: number): Promise<LoadFigures> {
    return this.#run(this.#connections, Infinity, seconds, 0);
  }

  async steady({
    loginsPerSecond,
    seconds,
  }: {
    loginsPerSecond: number;
    seconds: number;
  }): Promise<LoadFigures> {
    const outcomes = new Outcomes();
    const over = new AbortController();
    const leaving = this.#leavers?.run(over.signal);
    const figures = await this.#run(this.#connections, loginsPerSecond, seconds, PATIENCE_SECONDS, outcomes);
    over.abort();
    await leaving;
    outcomes.addLatencyTo(this.#steadyLatency);
    return figures;
  }

  async flood({
    connections: count,
    openedPerSecond,
    loginsPerSecond,
    seconds,
  }: FloodDemand): Promise<FloodFigures> {
    const connections = new Connections(this.#server.origin, count);
    try {
      // Kept open, as a load balancer does: the rate of new connections depends on the operating system.
      const openingSeconds = count / (openedPerSecond * REQUESTS_PER_LOGIN);
      const opening = await this.#run(connections, openedPerSecond, openingSeconds, PATIENCE_SECONDS);
      return { opening, flood: await this.#run(connections, loginsPerSecond, seconds, 0) };
    } finally {
      await connections.close();
    }
  }

  steadyLatency(): Latency {
    return readLatency(this.#steadyLatency);
  }

  left(): number {
    return this.#leavers?.left ?? 0;
  }

  async judgement(): Promise<Judgement> {
    this.#handOver();
    return this.#judge.call('finish');
  }

  async #run(
    connections: Connections,
    loginsPerSecond: number,
    seconds: number,
    patienceSeconds: number,
    outcomes = new Outcomes(),
  ): Promise<LoadFigures> {
    const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    delay.enable();
    const sent = await runOpenLoop({
      connections,
      rate: loginsPerSecond * REQUESTS_PER_LOGIN,
      seconds,
      patienceSeconds,
      from: this.#number,
      requestOf: (number) => httpRequestOf(requestOf(number, this.#server.visitors)),
      onOutcome: (sending, outcome) => this.#take(sending, outcome, outcomes),
    });
    delay.disable();
    this.#number += sent.sent;
    const { counts, errors, latency: latencyMs } = outcomes;
    const eventLoopDelayP99Ms = Math.max(0, delay.percentile(99) / NANOSECONDS - RESOLUTION_MS);
    return { ...sent, counts, errors, latencyMs, eventLoopDelayP99Ms };
  }

  #take({ number, dueAt }: Sending, outcome: Outcome, outcomes: Outcomes): void {
    const answer = classify(requestOf(number, this.#server.visitors), outcome);
    outcomes.add(answer, performance.now() - dueAt);
    if ('failure' in outcome || 'error' in answer || answer.kind === 'turned away') return;
    const text = answer.kind === 'redirect' ? String(outcome.headers.location) : outcome.body;
    this.#claims.push({ number, text, receivedAtMs: Date.now() });
    if (this.#claims.length >= CLAIMS_AT_ONCE) this.#handOver();
  }

  /** Another process verifies signatures, so that this does not affect the measured latency. */
  #handOver(): void {
    const claims = this.#claims;
    this.#claims = [];
    // If the checking process has ended, the last call reports it.
    this.#judge.call('judge', claims).catch(() => undefined);
  }
}

const load = new Load();
answerParent<LoadCalls>({
  start: (server) => load.start(server),
  saturate: (seconds) => load.saturate(seconds),
  steady: (demand) => load.steady(demand),
  flood: (demand) => load.flood(demand),
  steadyLatency: () => load.steadyLatency(),
  left: () => load.left(),
  judgement: () => load.judgement(),
});
