import { describe, expect, it } from '@jest/globals';
import { MemoryAdapter, MemoryStore } from '../../../src/oauth/memory-adapter.js';
import { errors } from '../../../src/oauth/oidc-provider.js';

describe('an authorization code in memory', () => {
  it('can be used once, and is kept so that further uses are detected', async () => {
    const codes = new MemoryAdapter(new MemoryStore(), 'AuthorizationCode');
    await codes.upsert('code', { accountId: 'ada' }, 60);
    const uses = await Promise.allSettled(Array.from({ length: 3 }, () => codes.consume('code')));
    expect(uses.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    await expect(codes.consume('code')).rejects.toThrow(errors.InvalidGrant);
    expect(await codes.find('code')).toMatchObject({ accountId: 'ada', consumed: expect.any(Number) });
  });

  it('cannot be used if it does not exist', async () => {
    const codes = new MemoryAdapter(new MemoryStore(), 'AuthorizationCode');
    await expect(codes.consume('code')).rejects.toThrow(errors.InvalidGrant);
  });
});
