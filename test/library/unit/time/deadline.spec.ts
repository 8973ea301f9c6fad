import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { withDeadline } from '../../../../libs/mintlify-personalization/src/time/deadline.js';
import { Held } from '../../../support/clock.support.js';

class TooSlow extends Error {}
const tooSlow = (timeoutMs: number): Error => new TooSlow(`over ${timeoutMs} ms`);

/** Which error a task ends in. */
async function kindOf(answer: unknown): Promise<string> {
  try {
    await answer;
  } catch (error) {
    return (error as Error).constructor.name;
  }
  return 'none';
}

describe('A task with a deadline', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const run = <T>(task: Parameters<typeof withDeadline<T>>[0]) => withDeadline(task, 100, tooSlow);

  it('that answers without a promise gives its value at once, and costs no timer', () => {
    expect(run(() => 5)).toBe(5);
    expect(run(() => undefined)).toBeUndefined();
    expect(run(() => null)).toBeNull();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('that throws does so at once', () => {
    expect(() =>
      run(() => {
        throw new RangeError('own');
      }),
    ).toThrow(RangeError);
    expect(jest.getTimerCount()).toBe(0);
  });

  it.each<[string, () => PromiseLike<number>]>([
    ['a promise', () => Promise.resolve(5)],
    // oxlint-disable-next-line unicorn/no-thenable -- as the query builders of some databases are
    ['a thenable', () => ({ then: (resolve: (n: number) => void) => resolve(5) }) as PromiseLike<number>],
  ])('that answers in time with %s gives its value, and leaves no timer', async (_, task) => {
    const answer = run(task);
    expect(answer).toBeInstanceOf(Promise);
    expect(await answer).toBe(5);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('that fails in time fails with its own error, and leaves no timer', async () => {
    await expect(run(() => Promise.reject(new RangeError('own')))).rejects.toThrow(RangeError);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('is given up at the deadline, and no sooner; its signal is aborted with the error', async () => {
    const outcome = jest.fn();
    let signal: AbortSignal | undefined;
    const answer = run((deadline) => {
      ({ signal } = deadline);
      return new Promise(() => undefined);
    }) as Promise<unknown>;
    const ended = answer.catch(outcome);
    await jest.advanceTimersByTimeAsync(99);
    expect([outcome.mock.calls, signal?.aborted]).toEqual([[], false]);
    await jest.advanceTimersByTimeAsync(1);
    await ended;
    expect(outcome.mock.calls).toEqual([[new TooSlow('over 100 ms')]]);
    expect([signal?.aborted, signal?.reason as unknown]).toEqual([true, outcome.mock.calls[0]?.[0]]);
  });

  it('that reads its signal after the deadline finds it aborted', async () => {
    let deadline: Parameters<Parameters<typeof withDeadline>[0]>[0] | undefined;
    const answer = run((given) => {
      deadline = given;
      return new Promise(() => undefined);
    }) as Promise<unknown>;
    const ended = kindOf(answer);
    await jest.advanceTimersByTimeAsync(100);
    expect(await ended).toBe('TooSlow');
    expect(deadline?.signal.aborted).toBe(true);
  });

  it.each(['resolve', 'reject'] as const)('that %ss after the deadline is not heard', async (settle) => {
    const held = new Held<number>();
    const ended = kindOf(run(() => held.promise));
    await jest.advanceTimersByTimeAsync(100);
    expect(await ended).toBe('TooSlow');
    if (settle === 'resolve') held.resolve(5);
    else held.reject(new RangeError('late'));
    await jest.advanceTimersByTimeAsync(1);
  });

  it('may read no signal at all, and is given the same one whenever it does', async () => {
    await run(({ signal }) => Promise.resolve(signal));
    void run((deadline) => expect(deadline.signal).toBe(deadline.signal));
  });
});
