import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { runOpenLoop, type OpenLoop, type Sending } from '../../../bench/soak/open-loop.js';

/** So many connections, whose answers each take so long. */
class SlowConnections {
  inFlight = 0;

  constructor(
    private readonly count: number,
    private readonly answerMs: number,
  ) {}

  get isBusy(): boolean {
    return this.inFlight >= this.count;
  }

  send: OpenLoop['connections']['send'] = (_request, onOutcome) => {
    this.inFlight += 1;
    setTimeout(() => {
      this.inFlight -= 1;
      onOutcome({ status: 302, headers: {}, body: '' });
    }, this.answerMs);
  };
}

describe('an open loop', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  async function run(
    connections: SlowConnections,
    demand: Pick<OpenLoop, 'rate' | 'seconds' | 'patienceSeconds'>,
  ): Promise<{ sent: Awaited<ReturnType<typeof runOpenLoop>>; latenciesMs: number[]; numbers: number[] }> {
    const latenciesMs: number[] = [];
    const numbers: number[] = [];
    const onOutcome = ({ dueAt, number }: Sending): void => {
      latenciesMs.push(Math.round(performance.now() - dueAt));
      numbers.push(number);
    };
    const requestOf = (): { path: string; headers: Record<string, string> } => ({ path: '/', headers: {} });
    const running = runOpenLoop({ connections, ...demand, from: 7, requestOf, onOutcome });
    await jest.advanceTimersByTimeAsync(60_000);
    return { sent: await running, latenciesMs, numbers };
  }

  it('sends at its rate, however slow the answers are', async () => {
    const { sent, numbers } = await run(new SlowConnections(1_000, 5_000), {
      rate: 100,
      seconds: 2,
      patienceSeconds: 0,
    });
    expect(sent).toMatchObject({ due: 200, sent: 200 });
    expect(Math.round(sent.sendingSeconds)).toBe(2);
    expect(numbers).toEqual(Array.from({ length: 200 }, (_, index) => index + 7));
  });

  it('counts the wait for a connection from when the request was due', async () => {
    const { latenciesMs } = await run(new SlowConnections(1, 100), {
      rate: 20,
      seconds: 1,
      patienceSeconds: 10,
    });
    // Due every 50 ms, answered every 100 ms: each waits 50 ms more than the one before it.
    expect(latenciesMs).toHaveLength(20);
    expect(latenciesMs[0]).toBeLessThan(110);
    expect(latenciesMs.at(-1)).toBeGreaterThan(1_000);
  });

  it('never sends what could not be sent in time, and says so', async () => {
    const { sent } = await run(new SlowConnections(1, 100), { rate: 100, seconds: 1, patienceSeconds: 0 });
    expect(sent.due).toBe(100);
    expect(sent.sent).toBeLessThan(12);
  });

  it('is a closed loop without a rate', async () => {
    const { sent, latenciesMs } = await run(new SlowConnections(2, 100), {
      rate: Infinity,
      seconds: 1,
      patienceSeconds: 0,
    });
    expect(sent.due).toBe(sent.sent);
    expect(sent.sent).toBeGreaterThan(15);
    expect(Math.max(...latenciesMs)).toBeLessThan(110);
  });
});
