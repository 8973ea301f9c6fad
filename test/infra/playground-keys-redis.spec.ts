import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { Redis } from 'ioredis';
import {
  CLAIM_MAPPER,
  IdentityService,
  MintlifyPersonalizationModule,
  PlaygroundKeys,
} from 'nestjs-mintlify-personalization';
import { RedisKeyStore } from 'nestjs-mintlify-personalization/playground-keys';
import { reservePorts } from '../../src/start/reserve-ports.js';
import { SERVICES_ONLY, startModule } from '../support/modules.support.js';
import { KEY_HEADER, keyIssuer, KEYS_SECRET } from '../support/playground-keys.support.js';
import { startRedis, type RedisServer } from '../support/redis.support.js';

const ADA = { id: 'ada' };

describe('playground keys in Redis', () => {
  let server: RedisServer;
  let redis: Redis;

  beforeAll(async () => {
    const ports = await reservePorts([{ variable: 'REDIS', port: 0 }]);
    server = await startRedis(ports.get('REDIS') ?? 0);
    redis = new Redis(server.url);
  });
  afterAll(async () => {
    redis?.disconnect();
    await server?.close();
  });

  /** An app of its own, with a connection that it shares. */
  async function startApp() {
    const { Issuer, calls } = keyIssuer(Date.now);
    @Module({ providers: [Issuer, { provide: CLAIM_MAPPER, useValue: { map: () => ({}) } }] })
    class DocsModule {}
    const playgroundKeys = { store: new RedisKeyStore(redis), secret: KEYS_SECRET };
    const library = MintlifyPersonalizationModule.forRoot({ ...SERVICES_ONLY, playgroundKeys });
    const module = await startModule({ imports: [library, DocsModule] }, { now: Date.now });
    const keyFor = async () =>
      (await module.get(IdentityService).identify(ADA, {})).apiPlaygroundInputs?.header?.[KEY_HEADER];
    return { calls, keyFor, keys: module.get(PlaygroundKeys) };
  }

  it('are the same in two apps, revoked in both, encrypted, and deleted when they expire', async () => {
    const [one, other] = [await startApp(), await startApp()];
    expect([await one.keyFor(), await other.keyFor()]).toEqual(['key-1', 'key-1']);
    expect(other.calls.issue).not.toHaveBeenCalled();
    const [name = '', ...rest] = await redis.keys('*');
    expect([name, rest]).toEqual([expect.stringMatching(/^mintlify:playground-keys:[\w-]{43}$/), []]);
    expect(await redis.get(name)).not.toMatch(/key-1|ada/);
    expect(await redis.ttl(name)).toBeGreaterThan(3_500);
    await other.keys.revokeFor(ADA);
    expect(other.calls.revoke.mock.calls.map(([{ value }]) => value)).toEqual(['key-1']);
    expect(await one.keyFor()).toBe('key-2');
  });
});
