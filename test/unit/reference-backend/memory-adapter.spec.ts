import { describe, expect, it } from '@jest/globals';
import { errors } from 'oidc-provider';
import { MemoryAdapter, MemoryStore } from '../../../src/oauth/memory-adapter.js';

describe('a code that the OAuth server keeps in memory', () => {
  it('is used by one of those who use it at once, and stays so that the others are noticed', async () => {
    const codes = new MemoryAdapter(new MemoryStore(), 'AuthorizationCode');
    await codes.upsert('code', { accountId: 'ada' }, 60);
    const uses = await Promise.allSettled(Array.from({ length: 3 }, () => codes.consume('code')));
    expect(uses.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    await expect(codes.consume('code')).rejects.toThrow(errors.InvalidGrant);
    expect(await codes.find('code')).toMatchObject({ accountId: 'ada', consumed: expect.any(Number) });
  });

  it('is not used when it is not there', async () => {
    const codes = new MemoryAdapter(new MemoryStore(), 'AuthorizationCode');
    await expect(codes.consume('code')).rejects.toThrow(errors.InvalidGrant);
  });
});
