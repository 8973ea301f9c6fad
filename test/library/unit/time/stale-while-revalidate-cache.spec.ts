import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  StaleWhileRevalidateCache,
  type RevalidationOptions,
} from '../../../../libs/mintlify-personalization/src/time/stale-while-revalidate-cache.js';
import { HandMovedClock, Held } from '../../../support/clock.support.js';
import { collectGarbage } from '../../../support/heap.support.js';

interface Value {
  readonly name: string;
}

/** Lets what was promised arrive. */
const arrival = (): Promise<void> => new Promise(setImmediate);

describe('A stale-while-revalidate cache', () => {
  let age: HandMovedClock;
  let version: number;
  const load = jest.fn<RevalidationOptions<Value>['load']>();
  const onFailure = jest.fn();

  beforeEach(() => {
    age = new HandMovedClock();
    version = 0;
    onFailure.mockReset();
    load.mockReset();
    load.mockImplementation((key) => Promise.resolve({ name: `${key} ${(version += 1)}` }));
  });

  const cache = (options: Partial<RevalidationOptions<Value>> = {}): StaleWhileRevalidateCache<Value> =>
    new StaleWhileRevalidateCache(
      { load, maxAgeMs: 60_000, retryMs: 5_000, maxSize: 100, sizeOf: () => 1, onFailure, ...options },
      age,
    );

  it('has a value at hand once it was loaded, without a promise', async () => {
    const values = cache();
    const [one, other] = [values.get('a'), values.get('a')];
    expect(one).toBeInstanceOf(Promise);
    expect(await one).toBe(await other);
    expect(values.get('a')).toEqual({ name: 'a 1' });
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('uses a value of any age where no age is too old', async () => {
    const values = cache();
    await values.get('a');
    load.mockRejectedValue(new Error('away'));
    age.pass(1_000_000);
    expect(values.get('a')).toEqual({ name: 'a 1' });
    await arrival();
    expect(onFailure.mock.calls).toEqual([['a', new Error('away')]]);
    expect(values.get('a')).toEqual({ name: 'a 1' });
  });

  it('refreshes at once where it is told to, and joins what is on its way', async () => {
    const values = cache();
    await values.get('a');
    const held = new Held<Value>();
    load.mockReturnValueOnce(held.promise);
    age.pass(60);
    expect(values.get('a')).toEqual({ name: 'a 1' });
    const refreshed = values.refresh('a');
    held.resolve({ name: 'newer' });
    expect(await refreshed).toEqual({ name: 'newer' });
    expect(await values.refresh('a')).toEqual({ name: 'a 2' });
    expect(values.get('a')).toEqual({ name: 'a 2' });
    expect(load.mock.calls.map(([, isKnown]) => isKnown)).toEqual([false, true, true]);
  });

  it('fails where it is told to refresh and cannot, and goes on with what it knows', async () => {
    const values = cache();
    await values.get('a');
    load.mockRejectedValueOnce(new Error('away'));
    await expect(values.refresh('a')).rejects.toThrow('away');
    expect(values.get('a')).toEqual({ name: 'a 1' });
  });

  it('forgets at once what is gone', async () => {
    const values = cache({ isGone: (error) => (error as Error).message === 'gone' });
    await values.get('a');
    load.mockRejectedValueOnce(new Error('gone'));
    age.pass(60);
    expect(values.get('a')).toEqual({ name: 'a 1' });
    await arrival();
    expect(await values.get('a')).toEqual({ name: 'a 2' });
  });

  it('hands out what is too large, and does not keep it', async () => {
    const values = cache({ sizeOf: ({ name }) => (name === 'a 2' ? 101 : 100) });
    for (const name of ['a 1', 'a 1', 'a 2', 'a 3']) {
      if (name !== 'a 1') values.delete('a');
      expect(await values.get('a')).toEqual({ name });
    }
    expect(await values.get('a')).toEqual({ name: 'a 3' });
    expect(load).toHaveBeenCalledTimes(3);
  });

  it('keeps as much as it may, of what was asked for last', async () => {
    const values = cache({ sizeOf: (_, key) => key.length, maxSize: 10 });
    for (const key of ['four', 'five5', 'four', 'three']) await values.get(key);
    load.mockClear();
    for (const key of ['four', 'three', 'five5']) await values.get(key);
    expect(load.mock.calls.map(([key]) => key)).toEqual(['five5']);
  });

  it.each<[string, (values: StaleWhileRevalidateCache<Value>) => void]>([
    ['it', (values) => values.delete('a')],
    ['everything', (values) => values.clear()],
  ])(
    'keeps nothing of a load that was on its way when %s was forgotten, and tells it so',
    async (_, forget) => {
      const values = cache();
      const held = new Held<Value>();
      load.mockReturnValueOnce(held.promise);
      const early = values.get('a');
      const signal = load.mock.calls[0]?.[2];
      expect(signal?.aborted).toBe(false);
      forget(values);
      expect(signal?.aborted).toBe(true);
      held.resolve({ name: 'outdated' });
      expect(await early).toEqual({ name: 'outdated' });
      expect(await values.get('a')).toEqual({ name: 'a 1' });
    },
  );

  it('lets go of what is too old and is asked for no more, when another is loaded', async () => {
    const values = cache({ maxStaleMs: 120_000 });
    const loaded = await Promise.all(['a', 'b', 'c'].map(async (key) => new WeakRef(await values.get(key))));
    const kept = async (): Promise<number> => {
      await arrival();
      collectGarbage();
      return loaded.filter((value) => value.deref() !== undefined).length;
    };
    load.mockClear();
    age.pass(120);
    await values.get('d');
    expect(await kept()).toBe(3);
    age.pass(60);
    await values.get('e');
    expect(await kept()).toBe(0);
  });
});
