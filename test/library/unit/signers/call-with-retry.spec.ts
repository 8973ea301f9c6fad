import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { callWithRetry } from '../../../../libs/mintlify-personalization/src/signers/service/call-with-retry.js';
import { ServiceFailure } from '../../../../libs/mintlify-personalization/src/signers/service/service-failure.js';
import { errorOf } from '../../../support/modules.support.js';

const passing = new ServiceFailure('It is busy.', true);
const never = (): Promise<never> => new Promise(() => {});

describe('Two tries', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('are one where the first does it', async () => {
    const call = jest.fn(() => Promise.resolve('done'));
    await expect(callWithRetry('It', call, 800, new AbortController().signal)).resolves.toBe('done');
    expect(call).toHaveBeenCalledTimes(1);
  });

  it('lie a random while apart, of a tenth of a second at most', async () => {
    const call = jest.fn(() =>
      call.mock.calls.length === 1 ? Promise.reject(passing) : Promise.resolve('done'),
    );
    jest.spyOn(Math, 'random').mockReturnValueOnce(0.75);
    const calling = callWithRetry('It', call, 800, new AbortController().signal);
    await jest.advanceTimersByTimeAsync(74);
    expect(call).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(call).toHaveBeenCalledTimes(2);
    await expect(calling).resolves.toBe('done');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('that hang end within the two seconds that a caller waits by default', async () => {
    const call = jest.fn(never);
    const calling = errorOf(() => callWithRetry('It', call, 800, new AbortController().signal));
    await jest.advanceTimersByTimeAsync(1_700);
    expect(await calling).toMatchObject({ code: 'signer_timeout' });
    expect(call).toHaveBeenCalledTimes(2);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('each tell their call to stop when its time is over', async () => {
    const signals: AbortSignal[] = [];
    const calling = errorOf(() =>
      callWithRetry('It', (signal) => (signals.push(signal), never()), 800, new AbortController().signal),
    );
    await jest.advanceTimersByTimeAsync(799);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    await jest.advanceTimersByTimeAsync(1_000);
    await calling;
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  });

  it('do not tell a call to stop that was done: its connection is of use to the next', async () => {
    const signals: AbortSignal[] = [];
    await callWithRetry(
      'It',
      (signal) => (signals.push(signal), Promise.resolve('done')),
      800,
      new AbortController().signal,
    );
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  });

  it('leave nothing of themselves on the signal of their caller', async () => {
    const caller = new AbortController();
    const { add, remove } = {
      add: jest.spyOn(caller.signal, 'addEventListener'),
      remove: jest.spyOn(caller.signal, 'removeEventListener'),
    };
    const calling = errorOf(() => callWithRetry('It', () => Promise.reject(passing), 800, caller.signal));
    await jest.advanceTimersByTimeAsync(100);
    expect(await calling).toBe(passing);
    expect(add.mock.calls.length).toBeGreaterThan(0);
    expect(remove.mock.calls.map(([, listener]) => listener)).toEqual(
      add.mock.calls.map(([, listener]) => listener),
    );
  });

  it('end when the caller gives up between them', async () => {
    const caller = new AbortController();
    const call = jest.fn(() => Promise.reject(passing));
    jest.spyOn(Math, 'random').mockReturnValueOnce(1);
    const calling = errorOf(() => callWithRetry('It', call, 800, caller.signal));
    await jest.advanceTimersByTimeAsync(50);
    caller.abort();
    expect(await calling).toMatchObject({ code: 'signer_timeout' });
    expect(call).toHaveBeenCalledTimes(1);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('end when the caller gives up during one', async () => {
    const caller = new AbortController();
    const calling = errorOf(() => callWithRetry('It', never, 800, caller.signal));
    await jest.advanceTimersByTimeAsync(50);
    caller.abort();
    expect(await calling).toMatchObject({ code: 'signer_timeout' });
    expect(jest.getTimerCount()).toBe(0);
  });

  it('drop what a call that was left behind says later', async () => {
    const calling = errorOf(() =>
      callWithRetry(
        'It',
        () => new Promise((_, reject) => setTimeout(() => reject(new Error('too late')), 900)),
        800,
        new AbortController().signal,
      ),
    );
    await jest.advanceTimersByTimeAsync(3_000);
    expect(await calling).toMatchObject({ code: 'signer_timeout' });
  });
});
