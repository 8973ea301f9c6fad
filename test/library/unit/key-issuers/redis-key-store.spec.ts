import { afterEach, describe, expect, it, jest } from '@jest/globals';
import {
  RedisKeyStore,
  type RedisKeyClient,
} from '../../../../libs/mintlify-personalization/src/key-issuers/redis-key-store.js';

const NOW_MS = 1_800_000_000_500;

afterEach(() => void jest.restoreAllMocks());

describe('RedisKeyStore', () => {
  const kept = new Map<string, [value: string, seconds: number]>();
  const get = (key: string) => Promise.resolve(kept.get(key)?.[0] ?? null);
  const set = (key: string, seconds: number, value: string) =>
    Promise.resolve(kept.set(key, [value, seconds]));

  it.each<[string, RedisKeyClient]>([
    ['ioredis', { get, setex: set }],
    ['redis', { get, setEx: set }],
  ])('keeps records until they expire, with a client of %s', async (_, client) => {
    kept.clear();
    jest.spyOn(Date, 'now').mockReturnValue(NOW_MS);
    const store = new RedisKeyStore(client);
    expect(await store.read('id')).toBeUndefined();
    await store.write('id', 'record', NOW_MS / 1_000 + 59.2);
    expect(await store.read('id')).toBe('record');
    // Redis takes no time that is over.
    await store.write('late', 'record', 1);
    expect([...kept]).toEqual([
      ['mintlify:playground-keys:id', ['record', 60]],
      ['mintlify:playground-keys:late', ['record', 1]],
    ]);
    await new RedisKeyStore(client, { prefix: 'acme:' }).write('id', 'other', NOW_MS / 1_000 + 1);
    expect(kept.get('acme:id')).toEqual(['other', 1]);
  });
});
