import { describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import {
  CLAIM_MAPPER,
  IdentityService,
  MintlifyPersonalizationModule,
  PlaygroundKeys,
  type AuditEvent,
  type PlaygroundKey,
  type PlaygroundKeysOptions,
} from 'nestjs-mintlify-personalization';
import { auditCollector } from '../../../support/audit.support.js';
import { Held } from '../../../support/clock.support.js';
import { LogCollector } from '../../../support/log-collector.support.js';
import {
  errorOf,
  NOW_SECONDS,
  SERVICES_ONLY,
  startModule,
  StoppedClock,
} from '../../../support/modules.support.js';
import {
  KEY_HEADER,
  keyIssuer,
  keyOf,
  KEYS_SECRET,
  SharedKeyStore,
} from '../../../support/playground-keys.support.js';

const ADA = { id: 'ada' };
const GRACE = { id: 'grace' };

/** Starts the library with an issuer, whose keys last an hour. */
async function startKeys(playgroundKeys: PlaygroundKeysOptions = {}, issuer = { lifetimeSeconds: 3_600 }) {
  const clock = new StoppedClock();
  const logger = new LogCollector();
  const { auditSink, events } = auditCollector();
  const { Issuer, calls } = keyIssuer(() => clock.now(), issuer);
  @Module({
    providers: [
      Issuer,
      { provide: CLAIM_MAPPER, useValue: { map: ({ id }: typeof ADA) => ({ content: { id } }) } },
    ],
  })
  class DocsModule {}
  const library = MintlifyPersonalizationModule.forRoot({ ...SERVICES_ONLY, auditSink, playgroundKeys });
  const module = await startModule({ imports: [library, DocsModule] }, clock, logger);
  const identity = module.get(IdentityService);
  const keyFor = async (visitor: object) => {
    const { apiPlaygroundInputs } = await identity.identify(visitor, {});
    return apiPlaygroundInputs?.header?.[KEY_HEADER];
  };
  return { clock, logger, calls, events, identity, keys: module.get(PlaygroundKeys), keyFor };
}

const outcomes = (events: readonly AuditEvent[]) => events.map(({ type, outcome }) => `${type} ${outcome}`);

describe('PlaygroundKeys', () => {
  it('gives a visitor the same key until shortly before it expires, and another visitor another one', async () => {
    const { clock, calls, keyFor, events } = await startKeys();
    expect([await keyFor(ADA), await keyFor(ADA), await keyFor(GRACE)]).toEqual(['key-1', 'key-1', 'key-2']);
    clock.nowMs += 3_539_000;
    expect(await keyFor(ADA)).toBe('key-1');
    clock.nowMs += 1_000;
    expect(await keyFor(ADA)).toBe('key-3');
    expect(calls.issue).toHaveBeenCalledTimes(3);
    expect(outcomes(events)).toEqual(Array.from({ length: 3 }, () => 'playground_keys.issued ok'));
    expect(JSON.stringify(events)).not.toMatch(/key-\d|ada/);
  });

  it('uses a key that lasts a minute for half of it', async () => {
    const { clock, keyFor } = await startKeys({}, { lifetimeSeconds: 60 });
    expect(await keyFor(ADA)).toBe('key-1');
    clock.nowMs += 29_000;
    expect(await keyFor(ADA)).toBe('key-1');
    clock.nowMs += 1_000;
    expect(await keyFor(ADA)).toBe('key-2');
  });

  it('lets the docs forget the user when the key expires, unless it is told not to', async () => {
    const { identity } = await startKeys();
    expect((await identity.identify(ADA, {})).expiresAt).toBe(NOW_SECONDS + 3_600);
    const { identity: other } = await startKeys({ limitExpiresAt: false });
    expect((await other.identify(ADA, {})).expiresAt).toBe(NOW_SECONDS + 1_209_600);
  });

  it('issues one key for a visitor who opens ten pages at once', async () => {
    const { calls, keyFor } = await startKeys();
    const key = keyOf('slow', NOW_SECONDS + 600);
    const issued = new Held<PlaygroundKey>();
    calls.issue.mockReturnValueOnce(issued.promise);
    const pages = Promise.all(Array.from({ length: 10 }, () => keyFor(ADA)));
    issued.resolve(key);
    expect(new Set(await pages)).toEqual(new Set(['slow']));
    expect(calls.issue).toHaveBeenCalledTimes(1);
  });

  it('gives no key if it is told to leave it out, and issues none', async () => {
    const { calls, identity } = await startKeys();
    const user = await identity.identify(ADA, {}, { playgroundKeys: false });
    expect(user.apiPlaygroundInputs).toBeUndefined();
    expect(calls.issue).not.toHaveBeenCalled();
  });

  it('gives the docs without a key to a visitor who gets none', async () => {
    const { calls, keyFor, events } = await startKeys();
    calls.issue.mockReturnValue(undefined);
    expect(await keyFor(ADA)).toBeUndefined();
    expect(events).toEqual([]);
  });

  it.each<[string, () => unknown]>([
    ['throws', () => Promise.reject(new Error('secret-value'))],
    ['returns a wrong key', () => ({ in: 'header', name: 'X', value: 'secret-value', expiresAt: 1 })],
    ['never answers', () => new Promise(() => undefined)],
  ])('gives the docs without a key, and says so, if the issuer %s', async (_, issue) => {
    const { calls, logger, keyFor, events } = await startKeys({ timeoutMs: 20 });
    calls.issue.mockImplementation(issue as never);
    expect(await keyFor(ADA)).toBeUndefined();
    expect(events).toMatchObject([
      { type: 'playground_keys.failed', outcome: expect.stringMatching(/^playground_key_(failed|timeout)$/) },
    ]);
    expect(logger.text).toContain('gets the docs without the keys');
    expect(logger.text).not.toContain('secret-value');
  });

  it('refuses the visitor if failures are refused', async () => {
    const { calls, keyFor } = await startKeys({ onFailure: 'refuse', timeoutMs: 20 });
    calls.issue.mockRejectedValueOnce(new Error('secret-value'));
    expect(await errorOf(() => keyFor(ADA))).toMatchObject({ code: 'playground_key_failed' });
    calls.issue.mockReturnValueOnce(new Promise(() => undefined));
    expect(await errorOf(() => keyFor(ADA))).toMatchObject({ code: 'playground_key_timeout' });
  });

  it('issues no key that could not be revoked: for a principal without an id', async () => {
    const { calls, logger, keyFor } = await startKeys();
    expect(await keyFor({ name: 'Ada' })).toBeUndefined();
    expect(calls.issue).not.toHaveBeenCalled();
    expect(logger.text).toContain('audit.subject returns no id');
  });
});

describe('PlaygroundKeys.revokeFor', () => {
  it('revokes the keys of the visitor, the replaced ones too, and no others', async () => {
    const { clock, calls, keys, keyFor, events } = await startKeys();
    await keyFor(ADA);
    clock.nowMs += 3_541_000;
    await keyFor(GRACE);
    await keyFor(ADA);
    await keys.revokeFor(ADA, {});
    expect(calls.revoke.mock.calls.map(([{ value }]) => value)).toEqual(['key-3', 'key-1']);
    expect(outcomes(events).at(-1)).toBe('playground_keys.revoked ok');
    expect(await keyFor(GRACE)).toBe('key-2');
    clock.nowMs += 1;
    expect(await keyFor(ADA)).toBe('key-4');
  });

  it('does nothing for a visitor without keys', async () => {
    const { calls, keys, events } = await startKeys();
    await keys.revokeFor(ADA);
    expect(calls.revoke).not.toHaveBeenCalled();
    expect(events).toEqual([]);
  });

  it('says if a key may still work, after it has tried the others', async () => {
    const { calls, keys, keyFor, events } = await startKeys();
    const [first, second] = [
      keyOf('one', NOW_SECONDS + 60),
      { ...keyOf('two', NOW_SECONDS + 60), name: 'Y' },
    ];
    calls.issue.mockReturnValueOnce([first, second]);
    await keyFor(ADA);
    calls.revoke.mockRejectedValueOnce(new Error('secret-value'));
    expect(await errorOf(() => keys.revokeFor(ADA))).toMatchObject({ code: 'playground_key_failed' });
    expect(calls.revoke).toHaveBeenCalledTimes(2);
    expect(outcomes(events).at(-1)).toBe('playground_keys.revoked playground_key_failed');
  });

  it('refuses to revoke for no one', async () => {
    const { keys } = await startKeys();
    expect(await errorOf(() => keys.revokeFor(undefined))).toMatchObject({ code: 'unauthenticated' });
  });

  it('revokes a key that is still being issued while the visitor logs out', async () => {
    const { calls, keys, keyFor } = await startKeys();
    const issued = new Held<PlaygroundKey>();
    calls.issue.mockReturnValueOnce(issued.promise);
    const page = keyFor(ADA);
    await keys.revokeFor(ADA);
    issued.resolve(keyOf('late', NOW_SECONDS + 600));
    expect(await page).toBeUndefined();
    expect(calls.revoke.mock.calls.map(([{ value }]) => value)).toEqual(['late']);
  });

  it('revokes a key that comes after the deadline', async () => {
    const { calls, keyFor } = await startKeys({ timeoutMs: 20 });
    const issued = new Held<PlaygroundKey>();
    calls.issue.mockReturnValueOnce(issued.promise);
    expect(await keyFor(ADA)).toBeUndefined();
    const revoked = new Held<string>();
    calls.revoke.mockImplementation(({ value }) => revoked.resolve(value));
    issued.resolve(keyOf('late', NOW_SECONDS + 600));
    expect(await revoked.promise).toBe('late');
  });
});

describe('PlaygroundKeys with a store', () => {
  it('shares the keys of a visitor among apps, and revokes them for all', async () => {
    const store = new SharedKeyStore();
    const options = { store, secret: KEYS_SECRET };
    const [one, other] = [await startKeys(options), await startKeys(options)];
    expect([await one.keyFor(ADA), await other.keyFor(ADA)]).toEqual(['key-1', 'key-1']);
    expect(other.calls.issue).not.toHaveBeenCalled();
    await other.keys.revokeFor(ADA);
    expect(other.calls.revoke.mock.calls.map(([{ value }]) => value)).toEqual(['key-1']);
    one.clock.nowMs += 1;
    expect(await one.keyFor(ADA)).toBe('key-2');
    expect(store.written.join('\n')).not.toMatch(/key-\d|ada/);
  });

  it('revokes a key that the store does not take', async () => {
    const store = new SharedKeyStore();
    store.write = () => Promise.reject(new Error('secret-value'));
    const { calls, keyFor } = await startKeys({ store, secret: KEYS_SECRET });
    expect(await keyFor(ADA)).toBeUndefined();
    expect(calls.revoke.mock.calls.map(([{ value }]) => value)).toEqual(['key-1']);
  });

  it('forgets the visitors who came longest ago when there are too many', async () => {
    const { calls, keyFor } = await startKeys({ maxVisitors: 1 });
    await keyFor(ADA);
    await keyFor(GRACE);
    await keyFor(GRACE);
    expect(calls.issue).toHaveBeenCalledTimes(2);
    await keyFor(ADA);
    expect(calls.issue).toHaveBeenCalledTimes(3);
  });
});
