import { describe, expect, it } from '@jest/globals';
import { UsedSignatures } from '../../../../libs/mintlify-personalization/src/webhooks/used-signatures.js';

describe('UsedSignatures', () => {
  it('takes each signature once', () => {
    const used = new UsedSignatures();
    used.use('a', 1_000, 1_000);
    used.use('b', 1_000, 1_000);
    expect(() => used.use('a', 1_000, 1_000)).toThrow('was used before');
  });

  it('refuses more than it can keep, and forgets those that are no longer valid', () => {
    const used = new UsedSignatures();
    for (let index = 0; index < 100_000; index += 1) used.use(`s${index}`, 1_000, 1_000);
    expect(() => used.use('next', 1_000, 1_300)).toThrow(expect.objectContaining({ code: 'overloaded' }));
    expect(() => used.use('s0', 1_000, 1_300)).toThrow('was used before');
    expect(() => used.use('next', 1_301, 1_301)).not.toThrow();
  });
});
