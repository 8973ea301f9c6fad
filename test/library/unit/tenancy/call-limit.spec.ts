import { describe, expect, it } from '@jest/globals';
import { CallLimit } from '../../../../libs/mintlify-personalization/src/tenancy/call-limit.js';
import { Held } from '../../../support/clock.support.js';
import { backgroundWork } from '../../../support/tenants.support.js';

const OVERLOADED = expect.objectContaining({
  code: 'overloaded',
  message: 'Two at once.',
}) as unknown as Error;

describe('A limit of calls', () => {
  const limit = (): CallLimit => new CallLimit(2, 'Two at once.');

  it('runs as many as it may, and refuses the next without running it', async () => {
    const calls = limit();
    const held = new Held<string>();
    const running = [calls.run(() => held.promise), calls.run(() => held.promise)];
    let isRun = false;
    expect(() => calls.run(() => (isRun = true))).toThrow(OVERLOADED);
    expect(isRun).toBe(false);
    held.resolve('done');
    expect([await running[0], await running[1]]).toEqual(['done', 'done']);
    expect(calls.run(() => 'next')).toBe('next');
  });

  it('never counts those that answer without a promise, or throw', () => {
    const calls = limit();
    const fail = (): never => {
      throw new RangeError('own');
    };
    for (let number = 0; number < 5; number += 1) {
      expect(calls.run(() => 'at once')).toBe('at once');
      expect(() => calls.run(fail)).toThrow(RangeError);
    }
  });

  it('lets the next ones run after some that failed', async () => {
    const calls = limit();
    for (let number = 0; number < 5; number += 1) {
      await expect(calls.run(() => Promise.reject(new RangeError('own')))).rejects.toThrow(RangeError);
      await backgroundWork();
    }
  });
});
